"""The ways of dividing clients that a study can declare: their names, and where the names of their groups come from."""

from __future__ import annotations

from data_contracts.vocabulary.field import ALL, TEAM_AND_COHORT, AgeBand, Labelled, SolutionKind, TeamType

BROAD, AND = "_broad", "+"


class Dimension(Labelled):
    """One way of dividing clients; a client is in one group of it, or in none."""

    TEAM_TYPE = "team_type", "soort team"
    TEAM = "team", "wijkteam"
    COHORT = "cohort", "jaar van instroom"
    AGE_BAND = "age_band", "leeftijd"
    HOUSEHOLD = "household", "huishouden"
    TARGET_GROUP = "target_group", "doelgroep"
    AREA = "area", "wijk"
    REFERRED_BY = "referred_by", "verwijzer"
    PROVIDER = "provider", "aanbieder"
    SOLUTION_KIND = "solution_kind", "soort oplossing"


_D = Dimension
# Of a person, not of the work: dividing by it needs a ground, and it is stored only where the study divides by it.
OF_PEOPLE = (_D.AGE_BAND, _D.HOUSEHOLD, _D.TARGET_GROUP, _D.AREA, _D.REFERRED_BY, _D.PROVIDER)
# What stands before help begins, so that an effect can differ by it; a provider or a solution follows from the help.
KNOWN_AT_START = tuple(
    str(one) for one in (_D.TEAM_TYPE, _D.AGE_BAND, _D.HOUSEHOLD, _D.TARGET_GROUP, _D.AREA, _D.REFERRED_BY)
)
# Their groups have names that a delivery brings; of all others the names are codes of ours.
NAMED_OUTSIDE = (_D.HOUSEHOLD, _D.TARGET_GROUP, _D.AREA, _D.REFERRED_BY, _D.PROVIDER)
# Columns of the table of clients that serve slices only: an age is used by the comparisons too.
ONLY_FOR_SLICES = (_D.HOUSEHOLD, _D.TARGET_GROUP, _D.AREA, _D.REFERRED_BY)
# What a client is grouped by beside team, type of team and year of intake.
GROUPED_BY = tuple(str(one) for one in (*OF_PEOPLE, _D.SOLUTION_KIND))
BROADER = tuple(f"{one}{BROAD}" for one in OF_PEOPLE)
_CODES = {_D.AGE_BAND: AgeBand, _D.TEAM_TYPE: TeamType, _D.SOLUTION_KIND: SolutionKind}

_LABELS = Dimension.labels()


def parts_of(name: str) -> tuple[str, ...]:
    """The two slices of a pair; of any other slice itself."""
    return tuple(name.split(AND))


def base_of(name: str) -> str:
    """The slice that a slice of broader groups is made of; of any other itself."""
    return name.removesuffix(BROAD)


def is_named_outside(name: str) -> bool:
    """Whether a delivery brings the names of its groups."""
    return parts_of(name)[0] in NAMED_OUTSIDE


def slice_label(name: str) -> str:
    """What a reader calls a slice."""
    if name == ALL:
        return "iedereen"
    labels = [_LABELS[base_of(part)] + (" (ruim)" if part.endswith(BROAD) else "") for part in parts_of(name)]
    return " en ".join(labels)


def group_label(name: str, value: str) -> str:
    """What a reader calls a group of a slice."""
    if name == ALL:
        return "alle cliënten"
    values = value.rsplit(TEAM_AND_COHORT, maxsplit=len(parts_of(name)) - 1)
    return " en ".join(_one(part, own) for part, own in zip(parts_of(name), values, strict=True))


def _one(name: str, value: str) -> str:
    codes = next((found for dimension, found in _CODES.items() if dimension == name), None)
    shown = next((one.label for one in codes if one.value == value), value) if codes else value
    return f"{slice_label(name)} {shown}" if name in (_D.COHORT, _D.AGE_BAND, _D.TEAM_TYPE) else str(shown)
