"""How a tree stands in a workbook: which sheets, which columns, and which field each column is."""

from __future__ import annotations

from data_contracts.vocabulary import logic as words
from data_contracts.vocabulary.field import Labelled, Law, LifeDomain
from data_contracts.workbook.sheets import Column, Sheet
from indicators.results_logic.tree.measures import MEASURE_NAMES


def _labels(vocabulary: type[Labelled]) -> dict[str, str]:
    return {member.value: member.label for member in vocabulary}


def _measure(*prefix: str) -> tuple[Column, ...]:
    moments, here = words.MOMENT_NAMES, (*prefix, "measure")
    return (
        Column("maat", (*here, "name"), names=MEASURE_NAMES, hint="leeg bij een waarneming of verhaal"),
        Column("over", (*here, "subject"), names=words.SUBJECT_NAMES),
        Column("leefgebied", (*here, "life_domain"), names=_labels(LifeDomain)),
        Column("van moment", (*here, "moment_from"), names=moments, hint="of m6, m12, k2", is_open=True),
        Column("tot moment", (*here, "moment_to"), names=moments, hint="of m6, m12, k2", is_open=True),
        Column(
            "wat",
            (*here, "what"),
            hint="soort gebeurtenis, product, oplossing of deel van het dossier; de codes staan op blad Uitleg",
        ),
        Column("wet", (*here, "law"), names=_labels(Law)),
        Column("geteld in", (*here, "counted_in"), hint="eenheid, zoals uur"),
        Column("van periode", (*here, "period_from"), hint="zoals 2022"),
        Column("tot periode", (*here, "period_to"), hint="zoals 2024"),
        Column("kostensoort", (*here, "cost_kind")),
        Column("alleen nieuwe aanpak", (*here, "only_new_approach"), "flag"),
        Column("ontwerp", (*here, "design"), names=words.DESIGN_NAMES),
        Column("grootheid", (*here, "measure")),
        Column("eenheid", (*here, "counted_as"), names=words.UNIT_NAMES),
    )


LINK = Column("verband", ("link",), required=True, ids_of="Verbanden")

SHEETS = (
    Sheet(
        "Boom",
        (),
        (
            Column("id", ("id",), required=True, hint="kleine letters, cijfers en streepjes"),
            Column("titel", ("title",), required=True),
            Column("vastgesteld op", ("adopted", "date"), "date"),
            Column("vastgesteld door", ("adopted", "by"), "list"),
            Column("sessie", ("adopted", "session")),
        ),
    ),
    Sheet(
        "Knopen",
        ("nodes",),
        (
            Column("id", ("id",), required=True),
            Column("niveau", ("level",), names=_labels(words.TreeLevel), required=True),
            Column("titel", ("title",), required=True),
            Column("wie merkt dit", ("noticed_by",), "list"),
            Column("buiten onze invloed", ("outside_our_influence",), "list"),
            Column("toelichting", ("note",)),
        ),
    ),
    Sheet(
        "Verbanden",
        ("links",),
        (
            Column("id", ("id",), required=True),
            Column("van", ("from",), required=True, hint="id van de knoop die lager staat", ids_of="Knopen"),
            Column("naar", ("to",), required=True, hint="id van de knoop één niveau hoger", ids_of="Knopen"),
            Column("aanname", ("assumption",), required=True),
            Column("waarom denken we dat", ("why_we_think_so",)),
            Column("maanden vertraging", ("delay_months",), "whole"),
            Column("toets", ("test", "status"), names=_labels(words.TestStatus)),
            Column("sinds", ("test", "since"), "date"),
            Column("volgende blik", ("test", "next_look"), "date"),
            Column("wanneer twijfelen", ("test", "doubt_when")),
        ),
    ),
    Sheet(
        "Bewijs",
        ("links", "evidence"),
        (
            LINK,
            Column("soort", ("kind",), names=_labels(words.EvidenceKind), required=True),
            Column("richting", ("direction",), names=_labels(words.EvidenceDirection), required=True),
            Column("sterkte", ("strength",), names=_labels(words.EvidenceStrength), required=True),
            Column("bron", ("source",)),
            Column("jaar", ("year",), "whole"),
            Column("lijkt op ons", ("resembles_us",), names=words.RESEMBLES_NAMES),
            Column("run", ("run",)),
        ),
        owner=LINK,
    ),
    Sheet(
        "Andere verklaringen",
        ("links", "rivals"),
        (LINK, Column("verklaring", ("explanation",), required=True), *_measure()),
        owner=LINK,
    ),
    Sheet(
        "Besluiten",
        ("links", "decisions"),
        (
            LINK,
            Column("datum", ("date",), "date", required=True),
            Column("sessie", ("session",), required=True),
            Column("besluit", ("decision",), required=True),
            Column("door", ("by",), "list", required=True),
            Column("nieuwe stand", ("status",), names=_labels(words.TestStatus)),
        ),
        owner=LINK,
    ),
    Sheet(
        "Indicatoren",
        ("indicators",),
        (
            Column("id", ("id",), required=True),
            Column("knoop", ("node",), required=True, hint="id van de knoop", ids_of="Knopen"),
            Column("vraag", ("question",), required=True),
            Column("soort", ("kind",), names=_labels(words.IndicatorKind)),
            *_measure(),
            Column("verwachte richting", ("expectation", "direction"), names=_labels(words.Direction)),
            Column("verwachting", ("expectation", "text"), hint="waarom, en wat u eerst verwacht"),
            Column("na maanden", ("expectation", "after_months"), "whole"),
            Column("kleinste verschil dat telt", ("expectation", "smallest_difference"), "number"),
            Column("vroeg signaal na maanden", ("early_signal", "visible_after_months"), "whole"),
            Column("hierop sturen", ("steering",), "flag"),
            Column("uitsplitsen", ("disaggregate",), "list", names=words.SLICE_NAMES),
            Column("valkuil", ("pitfall",)),
            Column("bekend als", ("known_as",)),
            Column("bestaat al", ("already_exists",), "flag"),
        ),
    ),
)
EXPLANATION, CHOICES = "Uitleg", "Keuzes"
