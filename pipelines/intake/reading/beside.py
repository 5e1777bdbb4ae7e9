"""People's data beside the cells: in the names of a file and its sheets, in properties, comments and labels."""

from __future__ import annotations

import re

from data_contracts.vocabulary.identifiers import find_identifier, identifier_in_name
from pipelines.intake.reading.sheets import Opened, Unreadable

_DO = "Dit mag niet binnenkomen. Haal het weg, of laat de sleutelhouder het bestand opnieuw maken."
# Who made or saved a file is no client; what the document is about may be one.
_MAKER = "de maker van het document"
# A comment in a workbook begins with the name of who wrote it and a colon.
_AUTHOR = re.compile(r"^[^\d\n:]{1,60}:[ \t]*(?:\r?\n|$)")


def refuse_people_beside(opened: Opened) -> None:
    """Raise Unreadable where something about a person stands outside the cells; says what and where, not whom."""
    kind = identifier_in_name(opened.name.rpartition("/")[2])
    if kind:
        raise Unreadable(f"de naam van het bestand lijkt {kind} te bevatten.", "Geef het bestand een andere naam.")
    for number, sheet in enumerate(opened.sheets, 1):
        kind = identifier_in_name(sheet.name)
        if kind:
            raise Unreadable(f"de naam van blad {number} lijkt {kind} te bevatten.", "Geef het blad een andere naam.")
    for where in dict.fromkeys(aside.where for aside in opened.asides):
        texts = [_AUTHOR.sub("", aside.text) for aside in opened.asides if aside.where == where]
        found = find_identifier(texts, are_labels=where != _MAKER)
        if found and not (where == _MAKER and found.kind == "een e-mailadres"):
            raise Unreadable(f"{where} lijkt {found.kind} te bevatten.", _DO)
