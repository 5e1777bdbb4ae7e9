"""The bill of what the software is built of, and its licences, hold what the locks hold."""

from __future__ import annotations

import re

from tools.sbom import LICENCES, LOCKS, bill, licence_of, locked

LOCK = """duckdb==2.0.0 \\
    --hash=sha256:{0} \\
    --hash=sha256:{1}
    # via wijkbaat (pyproject.toml)
numpy==2.4.6 ; python_full_version >= '3.11' \\
    --hash=sha256:{1}
    # via
    #   wijkbaat (pyproject.toml)
    #   duckdb
""".format("a" * 64, "b" * 64)


def names_in(place: str) -> list[str]:
    return re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==", LOCKS[place].read_text(encoding="utf-8"), re.MULTILINE)


def test_a_package_has_its_version_hashes_and_who_asks_for_it() -> None:
    found = bill(locked(LOCK), "0.1.0")
    assert [one["purl"] for one in found["components"]] == ["pkg:pypi/duckdb@2.0.0", "pkg:pypi/numpy@2.4.6"]
    assert [len(one["externalReferences"][0]["hashes"]) for one in found["components"]] == [2, 1]
    assert found["dependencies"] == [
        {"ref": "wijkbaat", "dependsOn": ["pkg:pypi/duckdb@2.0.0", "pkg:pypi/numpy@2.4.6"]},
        {"ref": "pkg:pypi/duckdb@2.0.0", "dependsOn": ["pkg:pypi/numpy@2.4.6"]},
        {"ref": "pkg:pypi/numpy@2.4.6", "dependsOn": []},
    ]


def test_every_package_of_the_lock_stands_once_in_the_bill() -> None:
    text = LOCKS["product"].read_text(encoding="utf-8")
    found = bill(locked(text), "0.1.0")
    assert sorted(one["name"] for one in found["components"]) == sorted(names_in("product"))
    reached = {ref for one in found["dependencies"] for ref in one["dependsOn"]}
    assert reached == {one["bom-ref"] for one in found["components"]}
    assert found == bill(locked(text), "0.1.0")


def test_the_page_of_licences_names_every_locked_package() -> None:
    listed = re.findall(r"^\| ([\w.-]+) \| [\w.+]+ \| (?:product|tools) \|", LICENCES.read_text(encoding="utf-8"), re.M)
    assert sorted(listed) == sorted(names_in("tools")), "run make licences"


def test_a_licence_is_what_the_package_says() -> None:
    assert licence_of("pandas") in ("BSD-3-Clause", "BSD License")
    assert licence_of("no-such-package") == "not installed here"
