"""Our columns in one kind of file: by name where that is certain, asked where two would do or none is known."""

from __future__ import annotations

import re

from data_contracts.mapping.fields import DATES, FIELDS
from data_contracts.vocabulary.field import DOMAINS, LifeDomain
from data_contracts.vocabulary.names import folded
from pipelines.init.codes_found import is_score_column, may_be_scores
from pipelines.init.dates_found import looks_like_dates
from pipelines.init.domains_found import domains_of, only_numbered, says_client, says_goal
from pipelines.init.kinds import slug
from pipelines.init.names import FIELD_NAMES
from pipelines.init.one_kind import Reading
from pipelines.init.questions import Question
from pipelines.init.tables_found import GENERIC, is_amount, is_scaled, rank
from pipelines.init.words import COLUMN_LABELS

NONE = "geen"
TOGETHER = "samenvoegen"
LEAVE_OUT = "weglaten"
ENOUGH_ROWS = 10
HABIT = 0.05
_ENTERED = ("ingevuld", "invoer", "registratie", "aangemaakt", "mutatie", "gewijzigd", "ingevoerd")


_END_WORDS = re.compile(r"eind|afsluit|afgesloten|uitstroom|beeindig|stop|tot\b")


def place_columns(reading: Reading) -> None:
    """Give every column of ours that the table knows its column in the file."""
    found = {
        ours: [name for name in names if reading.grid.filled(name)] or (names if FIELDS[reading.table][ours] else [])
        for ours, names in reading.fields(reading.table).items()
        if ours not in reading.grid.made
    }
    for ours, required in FIELDS[reading.table].items():
        if ours in reading.grid.made:
            continue
        if reading.table == "assessments" and ours in ("life_domain", "score") and not _is_long(found):
            continue
        name = _column(reading, ours, found.get(ours, []), required=required)
        if name and name not in reading.columns.values():
            reading.columns[ours] = name
    if reading.table == "assessments" and "score" not in reading.columns:
        _place_scores(reading)
    day = reading.columns.get("assessed_on", "")
    if day and "repeat" in reading.shape and reading.grid.filled(day) < (1 - HABIT) * reading.grid.height:
        what = "er staan meer metingen per cliënt naast elkaar, maar niet elke meting heeft een datum."
        reading.aside = f"{what} Vraag een uitdraai met een datum bij elke meting."
    if reading.table == "assessments" and any(word in folded(day) for word in _ENTERED):
        reading.entry["date_kind"] = "entered"


def _is_long(found: dict[str, list[str]]) -> bool:
    return "life_domain" in found and "score" in found


def _column(reading: Reading, ours: str, candidates: list[str], *, required: bool) -> str | None:
    """The column of one field; asked when it is required and unknown, or when several would do."""
    words = COLUMN_LABELS.get(ours, ours)
    certain = candidates[0] if candidates and not _in_doubt(reading, ours, candidates) else None
    if certain and ours == "assessed_on" and (others := _other_days(reading, certain)):
        candidates, certain = [certain, *others], None
    if ours == "rater_key" and certain and not _are_codes(reading, certain):
        return None
    if ours == "amount_eur" and not candidates:
        candidates = [name for name in _possible(reading, ours) if is_amount(name)]
    if ours == "ended_on" and not candidates:
        days = [
            name for name in _possible(reading, ours) if looks_like_dates(reading.grid.columns[name], reading.today)
        ]
        candidates = [name for name in days if _END_WORDS.search(folded(name))]
    if certain is None and not candidates and not required:
        return None
    choices = candidates or _possible(reading, ours)
    question = Question(
        reading.name("kolom", ours),
        f"Welke kolom van {reading.kind.label} is {words}?"
        + ("" if candidates else " Geen van de namen kennen wij daarvoor."),
        {**dict.fromkeys([*choices, *(n for n in reading.grid.names if n not in choices)], ""), NONE: "die is er niet"},
        certain=certain,
    )
    if certain is None:
        question = Question(question.name, question.text, {**dict.fromkeys(choices, ""), NONE: "die is er niet"})
    said = reading.talk.text(question)
    if said == NONE and required:
        reading.aside = f"er is geen kolom die {words} is. Vraag een uitdraai met die kolom."
    return None if said in (None, NONE) else str(said)


def _in_doubt(reading: Reading, ours: str, candidates: list[str]) -> bool:
    """Whether several columns would do: of a date, two that are not the same day; of a key, two that differ."""
    if len(candidates) < 2:
        return False
    first, second = candidates[0], candidates[1]
    if reading.grid.columns[first] == reading.grid.columns[second]:
        return False
    known = FIELD_NAMES[reading.table][ours]
    if ours not in DATES:
        return ours == "client_key" and rank(first, known) == rank(second, known)
    specific = folded(first) not in GENERIC
    return not specific or folded(re.sub(r" \(\d\)$", "", second)) not in GENERIC


def _other_days(reading: Reading, name: str) -> list[str]:
    """Other columns of dates, where a column called just 'Datum' or 'Peildatum' may be another day than we look for.

    One day on every row is the day of the extract. Without such columns the column itself is asked about.
    """
    generic = folded(name) in GENERIC
    days = reading.grid.counts(name)
    same = len(days) == 1 and reading.grid.filled(name) >= ENOUGH_ROWS
    others = [
        one for one in reading.leftovers if one != name and looks_like_dates(reading.grid.columns[one], reading.today)
    ]
    others = [one for one in others if reading.grid.columns[one] != reading.grid.columns[name]]
    return (others or [NONE]) if same else (others if generic else [])


def _are_codes(reading: Reading, name: str) -> bool:
    """Whether a column holds codes of workers; names of people stay outside."""
    texts = list(reading.grid.counts(name))
    return bool(texts) and all(re.fullmatch(r"\S*\d\S*", text) for text in texts)


def _possible(reading: Reading, ours: str) -> list[str]:
    """The columns whose content could be what is asked for."""
    left = [name for name in reading.leftovers if reading.grid.filled(name)]
    if ours == "amount_eur":
        return [name for name in left if not is_scaled(name)]
    if ours in DATES:
        return [name for name in left if looks_like_dates(reading.grid.columns[name], reading.today)] or left
    if ours in ("client_key", "client_key_new"):
        several = [name for name in left if len(reading.grid.counts(name)) > 5]
        return [name for name in several if not looks_like_dates(reading.grid.columns[name], reading.today)] or left
    return left


def _place_scores(reading: Reading) -> None:
    """The columns of life domains; two of one domain are asked about, never joined or dropped in silence."""
    left = reading.leftovers
    named = domains_of(left, reading.labels) or _by_number(reading, only_numbered(left))
    sure = {name: domain for name, domain in named.items() if is_score_column(reading.grid.counts(name))}
    found = dict(sure)
    for name, domain in named.items():
        # Another column holds the scores of this domain: 'Wonen' with koop and huur beside 'Huisvesting'.
        if name not in sure and domain not in sure.values() and _holds_scores(reading, name, domain):
            found[name] = domain
    for name in _between(reading, left, sure):
        of_it = _by_place(reading, name, set(found.values()))
        if of_it:
            found[name] = of_it
    by_domain: dict[LifeDomain, list[str]] = {}
    for name, domain in found.items():
        by_domain.setdefault(domain, []).append(name)
    for domain, names in by_domain.items():
        if len(names) > 1:
            by_domain[domain] = _one_of(reading, domain, names)
    reading.scores = {domain.value: names for domain, names in by_domain.items() if names}
    if not reading.scores and not reading.aside:
        what = "er zijn geen scores te vinden: geen kolom per leefgebied, en geen kolommen Leefgebied en Score."
        reading.aside = f"{what} Vraag een uitdraai met een van die twee."


def _between(reading: Reading, left: list[str], sure: dict[str, LifeDomain]) -> list[str]:
    """Columns of an unknown name that hold levels only and stand between two life domains: they are hardly else."""
    inner = range(1, len(left) - 1)
    unknown = [left[at] for at in inner if left[at] not in sure and left[at - 1] in sure and left[at + 1] in sure]
    unknown = [name for name in unknown if not says_goal(name) and not says_client(name)]
    levels = {str(level) for level in range(1, 6)}
    return [name for name in unknown if reading.grid.filled(name) and set(reading.grid.counts(name)) <= levels]


def _by_place(reading: Reading, name: str, known: set[LifeDomain]) -> LifeDomain | None:
    said = reading.asked(
        "leefgebied",
        f"Kolom '{name}' van {reading.kind.label} staat tussen leefgebieden en bevat scores, maar haar naam kennen "
        "wij niet. Welk leefgebied is het?",
        {one.value: one.label for one in LifeDomain if one not in known} | {LEAVE_OUT: "deze kolom wordt niet gelezen"},
        of=slug(name),
    )
    return next((one for one in LifeDomain if one.value == said), None)


def _holds_scores(reading: Reading, name: str, domain: LifeDomain) -> bool:
    """Whether a column that is called after a domain is its score; few words are asked about one by one later."""
    if may_be_scores(reading.grid.counts(name)):
        return True
    said = reading.asked(
        "leefgebied",
        f"Kolom '{name}' van {reading.kind.label} heet naar een leefgebied, maar er staan geen scores in. Wat nu?",
        {LEAVE_OUT: "deze kolom wordt niet gelezen", "score": "het zijn scores; regels met iets anders gaan apart"},
        of=domain.value.replace("_", "-"),
    )
    return said == "score"


def _one_of(reading: Reading, domain: LifeDomain, names: list[str]) -> list[str]:
    both = sum(all(cells) for cells in zip(*(reading.grid.columns[name] for name in names), strict=True))
    shown = " en ".join(f"'{name}'" for name in names)
    filled = f"in {both} regels zijn zij allebei gevuld" if both else "zij zijn nooit allebei gevuld"
    choices = {name: "alleen deze kolom is de score; de andere wordt niet gelezen" for name in names}
    said = reading.asked(
        "leefgebied",
        f"In {reading.kind.label} kunnen {shown} allebei het leefgebied {domain.label} zijn; {filled}. "
        "Wat is de score?",
        {**choices, TOGETHER: "het is één leefgebied; per regel telt de kolom die gevuld is"},
        of=domain.value.replace("_", "-"),
    )
    return names if said == TOGETHER else [said] if said else names[:1]


def _by_number(reading: Reading, names: list[str]) -> dict[str, LifeDomain]:
    """Columns ZRM1 .. ZRM13 in the order of an edition, when somebody says so."""
    if not names:
        return {}
    editions = [edition for edition, domains in DOMAINS.items() if len(domains) == len(names)]
    said = reading.asked(
        "volgorde",
        f"De kolommen {names[0]} tot en met {names[-1]} van {reading.kind.label} hebben alleen een nummer. "
        "Staan zij in de volgorde van een editie?",
        {edition.value: edition.label for edition in editions} | {NONE: "nee, of dat weet niemand"},
    )
    order = next((DOMAINS[edition] for edition in editions if edition.value == said), ())
    return dict(zip(names, order, strict=False))
