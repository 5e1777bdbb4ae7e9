"""Deliveries of real shapes in other clothes: other names, dates, letters, header rows, suffixes, totals and codes."""

from __future__ import annotations

import pytest

from tests.intake.init.delivered import DOMAINS_2013, assessments, csv, init, truth, wide
from tests.intake.init.shapes import changed, in_long_form, with_column, workbook

OF = assessments(23)
ROWS = wide(OF)


def renamed(*names: str) -> list[list[str]]:
    """The rows with other names for client, team and day."""
    return [[*names, *DOMAINS_2013], *ROWS[1:]]


def beside(*suffixes: str) -> bytes:
    """One row per client, with the columns of both moments beside each other."""
    names = ["Datum afname", *DOMAINS_2013]
    header = ["Cliëntnummer", "Wijkteam", *(form.format(name) for form in suffixes for name in names)]
    rows = [
        [one.client, one.team, *(cell for a in (one, two) for cell in (f"{a.day:%d-%m-%Y}", *map(str, a.scores)))]
        for one, two in zip(OF[::2], OF[1::2], strict=True)
    ]
    return csv([header, *rows])


def scored(form: str) -> list[list[str]]:
    """The rows with every score written otherwise."""
    return [ROWS[0], *([*row[:3], *(form.format(score) for score in row[3:])] for row in ROWS[1:])]


TITLE = [["Uitvoer registratie"], ["Periode: 2022 en 2023"], [""]]
VARIANTS: dict[str, tuple[str, bytes]] = {
    "pseudoniem and gebiedsteam": ("ZRM-export.csv", csv(renamed("Pseudoniem", "Gebiedsteam", "Datum beoordeling"))),
    "capitals and underscores": ("zrm.csv", csv(renamed("CLIENT_ID", "WIJKTEAM", "DATUM_AFNAME"))),
    "team before client": ("zrm.csv", csv([[r[1], r[0], *r[2:]] for r in ROWS])),
    "ISO days with a time": ("zrm.csv", csv(wide(OF, "%Y-%m-%dT00:00:00"))),
    "days with points": ("zrm.csv", csv(wide(OF, "%d.%m.%Y"))),
    "days in one number": ("zrm.csv", csv(wide(OF, "%Y%m%d"))),
    "days with a slash": ("zrm.csv", csv(wide(OF, "%d/%m/%Y"))),
    "old Windows letters": ("zrm.csv", csv(ROWS).decode().encode("cp1252")),
    "old DOS letters": ("zrm.csv", csv(ROWS).decode().encode("cp850")),
    "UTF-16 the other way": ("zrm.txt", b"\xfe\xff" + csv(ROWS, "\t").decode().encode("utf-16-be")),
    "header on line four": ("zrm.xlsx", workbook({"Blad1": [*TITLE, *ROWS]})),
    "header on line four of text": ("zrm.csv", csv([*TITLE, *ROWS])),
    "explanation before the data": ("zrm.xlsx", workbook({"Uitleg": [["Lees dit eerst"]], "Data": ROWS})),
    "explanation behind the data": ("zrm.xlsx", workbook({"Data": ROWS, "Uitleg": [["Lees dit"], ["en dit"]]})),
    "T0 and T1 in front": ("zrm.csv", beside("T0 {}", "T1 {}")),
    "t0 and t1 in brackets": ("zrm.csv", beside("{} (T0)", "{} (T1)")),
    "1e and 2e meting": ("zrm.csv", beside("{} 1e meting", "{} 2e meting")),
    "voormeting and nameting": ("zrm.csv", beside("{} voormeting", "{} nameting")),
    "T1 and T2 with a dash": ("zrm.csv", beside("{}-T1", "{}-T2")),
    "a grand total": ("zrm.csv", csv([*ROWS, ["Eindtotaal", "", "", *["90"] * 11]])),
    "an average": ("zrm.csv", csv([*ROWS, ["Gemiddeld", "", "", *["3,1"] * 11]])),
    "all together": ("zrm.csv", csv([*ROWS, ["Alle cliënten", "", "", *["90"] * 11]])),
    "zero": ("zrm.csv", csv(changed(ROWS, "ADL", lambda at, score: "0" if at % 5 == 0 else score))),
    "nine": ("zrm.csv", csv(changed(ROWS, "Verslaving", lambda at, score: "9" if at % 7 == 0 else score))),
    "ninety-nine": ("zrm.csv", csv(changed(ROWS, "ADL", lambda at, score: "99" if at % 7 == 0 else score))),
    "scores with a decimal comma": ("zrm.csv", csv(scored("{},0"))),
    "scores with a decimal point": ("zrm.csv", csv(scored("{}.00"))),
    "half scores": ("zrm.csv", csv(changed(ROWS, "ADL", lambda at, score: "2,5" if at % 6 == 0 else score))),
    "long with other names": (
        "zrm.csv",
        csv([["Client", "Team", "Meetdatum", "Domein", "Waarde"], *in_long_form(OF)[1:]]),
    ),
    "a guid in front": ("zrm.csv", csv([[f"GUID{at}" if at else "Registratie ID", *r] for at, r in enumerate(ROWS)])),
    "an empty column": ("zrm.csv", csv(with_column(ROWS, "Toelichting", lambda _: ""))),
}
# What these hold is for a person to say, or is refused (DOS letters are taken for those of Windows).
NOT_UNASKED = {"zero", "nine", "ninety-nine", "half scores", "all together", "old DOS letters"}


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_variant_is_read_right_asked_about_or_refused_with_a_way_on(variant: str) -> None:
    name, content = VARIANTS[variant]
    found = init({name: content})
    if found.zrm is not None:
        assert found.zrm == truth(OF), found
    else:
        assert found.questions or "Antwoord" in found.refused or "Vraag" in found.refused or "laat" in found.refused, (
            found
        )
        assert variant in NOT_UNASKED, found
