"""`make site`: the documentation as a site, for readers who have no repository; built without a network.

The pages are those of the repository. A link between two of them stays a link; one to code, or to a file that the site
does not have, becomes the path of that file.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONFIG, STYLE = ROOT / "zensical.toml", ROOT / "tools" / "site.css"
PAGES, SITE = ROOT / "build" / "pages", ROOT / "build" / "site"  # as zensical.toml says
HOME, START = "README.md", "index.md"
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?://|#|mailto:)([^)#\s]+)(#[^)\s]*)?\)")
_OUTSIDE = re.compile(r'<(?:script|img|iframe|link)[^>]+(?:src|href)="(https?:)?//[^"]+"')


def main() -> None:
    """Gather the pages and build them; ends with an error where a page would ask something of another machine."""
    names = page_names()
    shutil.rmtree(PAGES, ignore_errors=True)
    for name in names:
        target = PAGES / in_site(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(with_links_of_site(name, (ROOT / name).read_text(encoding="utf-8"), names), encoding="utf-8")
    shutil.copy(STYLE, PAGES)
    subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "-f", str(CONFIG)], check=True, cwd=ROOT
    )
    asked = sorted(
        str(page.relative_to(SITE)) for page in SITE.rglob("*.html") if _OUTSIDE.search(page.read_text("utf-8"))
    )
    if asked:
        raise SystemExit(f"These pages load something from another machine: {', '.join(asked)}")


def page_names() -> list[str]:
    """Every page of the repository that the site has, by its path there."""
    return sorted(str(path.relative_to(ROOT)) for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def in_site(name: str) -> str:
    """Where a page lies among the pages of the site."""
    if name == HOME:
        return START
    short = name.removeprefix("docs/")
    return short.replace("README.md", START)


def with_links_of_site(name: str, text: str, names: list[str]) -> str:
    """The page with links that hold in the site."""

    def linked(found: re.Match[str]) -> str:
        words, target, anchor = found[1], found[2], found[3] or ""
        place = os.path.normpath(Path(name).parent / target)
        place = f"{place}/README.md" if f"{place}/README.md" in names else place
        if place not in names:
            return words if place in words else f"{words} (`{place}`)"
        return f"[{words}]({os.path.relpath(in_site(place), Path(in_site(name)).parent)}{anchor})"

    return _LINK.sub(linked, text)


if __name__ == "__main__":
    main()
