"""What to say where nothing was delivered yet, and what to do then."""

from __future__ import annotations

from pathlib import Path

from pipelines.study.directory import is_invented


def no_delivery(study: Path, source: Path, home: Path) -> str:
    """That nothing lies in `source`, and where a first delivery comes from."""
    return f"Er staat geen levering in '{source}'. {_first(study, source, home)}"


def _first(study: Path, source: Path, home: Path) -> str:
    if is_invented(study):
        return (
            f"Deze gemeente is verzonnen, en haar levering ook. Doe eerst: wijkbaat simulate {study} --home {home}. "
            "Draai daarna opnieuw."
        )
    if (study / "deliveries").is_dir():
        return f"Deze studie brengt haar leveringen zelf mee. Zo leest u die: wijkbaat run {study} --home {home}"
    return f"Zet er een map met bestanden neer, bijvoorbeeld '{source / '2026-k1'}', of geef --deliveries op."
