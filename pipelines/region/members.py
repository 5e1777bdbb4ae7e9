"""The municipalities of a region as they lie on this machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data_contracts.errors import Finding, StudyError
from data_contracts.region import Member, Region
from data_contracts.study import Study
from data_contracts.yaml_file import read_model
from pipelines.storage.home import Home


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality: `name` is the directory of its study, by which the region calls it."""

    name: str
    study: Path
    home: Home | None
    release: Path | None
    features: dict[str, str]
    euros_of: int | None

    @property
    def place(self) -> Path:
        """Where its release is: the one it handed over, or its home."""
        if self.release is not None:
            return self.release
        assert self.home is not None  # noqa: S101  the model asks for one of the two
        return self.home.root

    def says(self) -> Study:
        """Its study.yaml."""
        with self.named():
            return read_model(self.study / "study.yaml", Study)

    @contextmanager
    def named(self) -> Iterator[None]:
        """What is wrong in here names the municipality: a region has many files of one name."""
        try:
            yield
        except StudyError as error:
            raise StudyError(f"{self.name}: {error}") from None


@dataclass(frozen=True, slots=True)
class RegionFiles:
    """region.yaml, read and checked, with every place made absolute."""

    file: Path
    policy: Region
    municipalities: tuple[Municipality, ...]

    @property
    def here(self) -> tuple[Municipality, ...]:
        """Those that run on this machine."""
        return tuple(one for one in self.municipalities if one.home is not None)


def read_region(file: Path) -> RegionFiles:
    """Read a region; StudyError where it is wrong or two municipalities would share a place."""
    policy = read_model(file, Region)
    root = file.resolve().parent
    found = tuple(_municipality(root, one) for one in policy.municipalities)
    _require_apart(file, found)
    return RegionFiles(file, policy, found)


def chosen(region: RegionFiles, names: Sequence[str] | None) -> list[Municipality]:
    """The municipalities that run here, or those of them that were named; StudyError for one that does not."""
    here = {one.name: one for one in region.here}
    strange = [name for name in names or () if name not in here]
    if strange:
        raise StudyError(f"'{strange[0]}' draait hier niet. Bekend in {region.file.name}: {', '.join(here) or 'geen'}.")
    return [here[name] for name in names] if names else list(here.values())


def _municipality(root: Path, member: Member) -> Municipality:
    study = (root / member.study).resolve()
    home = Home((root / member.home).resolve()) if member.home else None
    release = (root / member.release).resolve() if member.release else None
    return Municipality(study.name, study, home, release, member.features, member.euros_of)


def _require_apart(file: Path, found: tuple[Municipality, ...]) -> None:
    """One home is one study is one instance: also where two ways of writing lead to one place, or one into another."""
    findings = []
    for at, one in enumerate(found):
        for other in found[:at]:
            if one.name == other.name:
                what = f"twee studies heten '{one.name}'; een gemeente heet hier naar de map van haar studie."
                findings.append(Finding(file.name, None, what, "Geef een van beide mappen een andere naam."))
            if one.home and other.home and _overlap(one.home.root, other.home.root):
                what = f"de homes van '{other.name}' en '{one.name}' liggen in elkaar."
                findings.append(Finding(file.name, None, what, "Geef elke gemeente een eigen map als home."))
    if findings:
        raise StudyError(findings)


def _overlap(one: Path, other: Path) -> bool:
    return one == other or one in other.parents or other in one.parents
