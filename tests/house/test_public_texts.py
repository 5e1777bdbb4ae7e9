"""The text for the Algoritmeregister has the fields of its standard, in that order, and fits."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "openbaar.md"
# Publicatiestandaard 1.0 (MinBZK/Algoritmeregister, frontend/standard-config/v1_0.json): title, longest text, required.
FIELDS = {
    "Naam": (100, True),
    "Korte omschrijving": (350, True),
    "Organisatie": (100, True),
    "Thema": (None, False),
    "Status": (None, True),
    "Begindatum": (None, False),
    "Einddatum": (7, False),
    "Contactgegevens": (500, True),
    "Link naar publiekspagina": (500, False),
    "Publicatiecategorie": (None, True),
    "Link naar bronregistratie": (500, False),
    "Doel en impact": (2500, False),
    "Afwegingen": (2500, False),
    "Menselijke tussenkomst": (2500, False),
    "Risicobeheer": (2500, False),
    "Wettelijke basis": (2500, False),
    "Verwijzingen wettelijke basis": (None, False),
    "Link naar verwerkingsregister": (500, False),
    "Impacttoetsen": (None, False),
    "Toelichting op impacttoetsen": (2500, False),
    "Gegevens": (2500, False),
    "Verwijzingen gegevensbronnen": (None, False),
    "Technische werking": (5000, False),
    "Leverancier": (200, False),
    "Link naar broncode": (500, False),
    "Taal": (None, True),
    "Versie publicatiestandaard": (None, False),
    "Bron-ID": (100, False),
    "Zoektermen": (2500, False),
}
LEFT_OUT = {"Einddatum", "Link naar bronregistratie", "Bron-ID"}


def test_the_text_for_the_register_has_its_fields_in_their_order_and_fits() -> None:
    part = PAGE.read_text(encoding="utf-8").split("## Voor het Algoritmeregister")[1].split("\n## ")[0]
    found = re.findall(r"^- \*\*(.+?)\*\*( \\\*)?: ((?:.+\n(?:  .+\n)*))", part, re.MULTILINE)
    assert [name for name, _, _ in found] == [name for name in FIELDS if name not in LEFT_OUT]
    for name, star, text in found:
        longest, is_required = FIELDS[name]
        assert bool(star) is is_required, name
        assert longest is None or len(" ".join(text.split())) <= longest, name
    assert all(f"*{name}*" in part for name in LEFT_OUT)
