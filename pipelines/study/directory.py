"""Is what was named the directory of a study, and if not, what to do instead."""

from __future__ import annotations

from pathlib import Path

from data_contracts.errors import StudyError

FILES = ("study.yaml", "mapping.yaml")


SIMULATION = "simulation.yaml"


def is_invented(study: Path) -> bool:
    """Whether the study says what municipality is to be invented for it."""
    return (study / SIMULATION).is_file()


def require_directory(study: Path) -> None:
    """StudyError where there is no such directory."""
    if study.is_dir():
        return
    if study.exists():
        raise StudyError(f"{study}: dit is een bestand. Geef de map van de studie op, bijvoorbeeld studies/rijnstad.")
    seen_from = "" if study.is_absolute() else f", gezien vanaf de map waar u nu bent ('{Path.cwd()}')"
    raise StudyError(
        f"{study}: deze map bestaat niet. Geef de map van een studie op{seen_from}. Hebt u nog geen studie? "
        "wijkbaat init maakt er een van uw bestanden."
    )


def require_study(study: Path) -> None:
    """StudyError where the directory is not there, or holds none of a study's files."""
    require_directory(study)
    if not any((study / name).is_file() for name in FILES):
        raise StudyError(
            f"{study}: in deze map staat geen studie ({' en '.join(FILES)}). Noem een andere map, of maak een studie "
            "van uw bestanden met wijkbaat init."
        )
