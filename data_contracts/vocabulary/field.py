"""The words of the field: codes in English, labels in Dutch. Names found in files become codes in names.py.

Dutch labels live here and nowhere else.
Sources: ZRM-Handleiding 2013 and 2017 (names and order of the domains), Wmo 2015. The Participatieladder: ladder.py.
"""

from __future__ import annotations

from enum import StrEnum


class Labelled(StrEnum):
    """A code with the Dutch label that a reader sees."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Labelled:
        """A member whose value is the code; with the code alone Python finds the member."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def labels(cls) -> dict[str, str]:
        """The label of each code, in their order."""
        return {one.value: one.label for one in cls}


# Closed lists of the est_ and out_ tables; ALL is everybody in a slice, or no life domain.
ALL = "all"
TEAM_AND_COHORT = " | "  # between team and cohort in a slice_value of 'team+cohort'
DAYS_PER_MONTH = 365.25 / 12
REPLICATE_DAYS = 30  # the ZRM looks back about so long: what is scored again within them is no change
SUBJECTS = ("zrm", "zrm_youth", "zrm_household", "ladder", "experienced", "events", "provisions", "hours", "solutions")
# Given by somebody on a scale, so that there is one at the start too; the other subjects are counted.
SCORES = frozenset({"zrm", "zrm_youth", "zrm_household", "ladder", "experienced"})
# A ZRM by professionals; people and life domains of one are never counted with those of another.
MATRICES = ("zrm", "zrm_youth", "zrm_household")
DESIGNS = ("before_after", "comparison", "staggered", "series", "monitoring")
PER = ("client", "client_year")


class LifeDomain(Labelled):
    """A life domain (leefgebied) of any ZRM, in the order of the columns; the last eight are of households."""

    FINANCES = "finances", "Financiën"
    DAYTIME_ACTIVITIES = "daytime_activities", "Dagbesteding"
    WORK_EDUCATION = "work_education", "Werk & opleiding"
    TIME_USE = "time_use", "Tijdsbesteding"
    HOUSING = "housing", "Huisvesting"
    DOMESTIC_RELATIONS = "domestic_relations", "Huiselijke relaties"
    MENTAL_HEALTH = "mental_health", "Geestelijke gezondheid"
    PHYSICAL_HEALTH = "physical_health", "Lichamelijke gezondheid"
    ADDICTION = "addiction", "Verslaving"
    SUBSTANCE_USE = "substance_use", "Middelengebruik"
    ADL = "adl", "ADL (algemene dagelijkse levensverrichtingen)"
    BASIC_ADL = "basic_adl", "Basale ADL"
    INSTRUMENTAL_ADL = "instrumental_adl", "Instrumentele ADL"
    SOCIAL_NETWORK = "social_network", "Sociaal netwerk"
    COMMUNITY_PARTICIPATION = "community_participation", "Maatschappelijke participatie"
    JUSTICE = "justice", "Justitie"
    HOUSEHOLD_ORGANISATION = "household_organisation", "Organisatie van het huishouden"
    SOCIAL_ENVIRONMENT = "social_environment", "Sociale omgeving"
    FAMILY_STRUCTURE = "family_structure", "Gezinsstructuur"
    PHYSICAL_CARE = "physical_care", "Lichamelijke verzorging van kinderen"
    EMOTIONAL_SUPPORT = "emotional_support", "Emotionele ondersteuning van kinderen"
    SOCIALISATION = "socialisation", "Socialisering van kinderen"
    CHILDCARE = "childcare", "Opvang van kinderen"
    SCHOOLING = "schooling", "Scholing van kinderen"


class Instrument(Labelled):
    """A ZRM for one kind of person and rater. Two instruments are never compared, nor counted together.

    Mijn ZRM is filled in by the client, who sees other things than the professional does; a household is one unit.
    """

    ADULT = "zrm", "ZRM"
    YOUTH = "zrm_youth", "ZRM-Jongeren"
    HOUSEHOLD = "zrm_household", "ZRM-Huishoudens"
    SELF = "mijn_zrm", "Mijn ZRM"


class Edition(Labelled):
    """An edition of an instrument. Only the domains in COMPARABLE_ACROSS_EDITIONS mean the same in another edition."""

    ZRM_2010 = "zrm_2010", "ZRM 2010"
    ZRM_2013 = "zrm_2013", "ZRM 2013"
    ZRM_2017 = "zrm_2017", "ZRM 2017"
    YOUTH_2020 = "zrm_youth_2020", "ZRM-Jongeren 2020"
    HOUSEHOLD_2020 = "zrm_household_2020", "ZRM-Huishoudens 2020"
    SELF_2016 = "mijn_zrm_2016", "Mijn ZRM 2016"


EDITIONS: dict[Instrument, tuple[Edition, ...]] = {
    Instrument.ADULT: (Edition.ZRM_2010, Edition.ZRM_2013, Edition.ZRM_2017),
    Instrument.YOUTH: (Edition.YOUTH_2020,),
    Instrument.HOUSEHOLD: (Edition.HOUSEHOLD_2020,),
    Instrument.SELF: (Edition.SELF_2016,),
}

_D = LifeDomain
DOMAINS: dict[Edition, tuple[LifeDomain, ...]] = {
    edition: (
        _D.FINANCES,
        _D.DAYTIME_ACTIVITIES,
        _D.HOUSING,
        _D.DOMESTIC_RELATIONS,
        _D.MENTAL_HEALTH,
        _D.PHYSICAL_HEALTH,
        _D.ADDICTION,
        _D.ADL,
        _D.SOCIAL_NETWORK,
        _D.COMMUNITY_PARTICIPATION,
        _D.JUSTICE,
    )
    for edition in (Edition.ZRM_2010, Edition.ZRM_2013)
} | {
    edition: (
        _D.FINANCES,
        _D.WORK_EDUCATION,
        _D.TIME_USE,
        _D.HOUSING,
        _D.DOMESTIC_RELATIONS,
        _D.MENTAL_HEALTH,
        _D.PHYSICAL_HEALTH,
        _D.ADDICTION if edition == Edition.SELF_2016 else _D.SUBSTANCE_USE,
        _D.BASIC_ADL,
        _D.INSTRUMENTAL_ADL,
        _D.SOCIAL_NETWORK,
        _D.COMMUNITY_PARTICIPATION,
        _D.JUSTICE,
    )
    for edition in (Edition.ZRM_2017, Edition.YOUTH_2020, Edition.SELF_2016)
}
DOMAINS[Edition.HOUSEHOLD_2020] = (
    _D.FINANCES,
    _D.HOUSING,
    _D.HOUSEHOLD_ORGANISATION,
    _D.DOMESTIC_RELATIONS,
    _D.SOCIAL_ENVIRONMENT,
    _D.FAMILY_STRUCTURE,
    _D.PHYSICAL_CARE,
    _D.EMOTIONAL_SUPPORT,
    _D.SOCIALISATION,
    _D.CHILDCARE,
    _D.SCHOOLING,
)

# Domains that mean the same in every adult edition; only these are compared across editions (ZRM-Handleiding 2017).
COMPARABLE_ACROSS_EDITIONS: frozenset[LifeDomain] = frozenset(
    {
        _D.FINANCES,
        _D.HOUSING,
        _D.DOMESTIC_RELATIONS,
        _D.MENTAL_HEALTH,
        _D.PHYSICAL_HEALTH,
        _D.SOCIAL_NETWORK,
        _D.COMMUNITY_PARTICIPATION,
        _D.JUSTICE,
    }
)

# Twice the threshold: what is recorded here can hurt people most.
SENSITIVE_DOMAINS: frozenset[LifeDomain] = frozenset(
    {
        _D.ADDICTION,
        _D.SUBSTANCE_USE,
        _D.MENTAL_HEALTH,
        _D.DOMESTIC_RELATIONS,
        _D.PHYSICAL_HEALTH,
        _D.JUSTICE,
        _D.FAMILY_STRUCTURE,
        _D.PHYSICAL_CARE,
        _D.EMOTIONAL_SUPPORT,
    }
)

SCORE_LABELS: dict[int, str] = {
    1: "acute problematiek",
    2: "niet zelfredzaam",
    3: "beperkt zelfredzaam",
    4: "voldoende zelfredzaam",
    5: "volledig zelfredzaam",
}


class NotScored(Labelled):
    """Why a life domain has no score. A normal state, never a fault."""

    NOT_ASKED = "not_asked", "niet ingevuld"
    NOT_DISCUSSED = "not_discussed", "niet besproken"
    NOT_APPLICABLE = "not_applicable", "niet van toepassing"


class ReliableChange(Labelled):
    """What became of one client, beyond the noise of the instrument; sufficient is a score of 4 or more."""

    RECOVERED = "recovered", "hersteld"
    IMPROVED = "improved", "verbeterd"
    EQUAL = "equal", "gelijk"
    WORSE = "worse", "verslechterd"
    RELAPSED = "relapsed", "teruggevallen"


class CasePhase(Labelled):
    """The phase of a case in which something was recorded."""

    ANALYSIS = "analysis", "analyse"
    PLAN = "plan", "plan"
    SUPPORT = "support", "ondersteuning"
    EVALUATION = "evaluation", "evaluatie"
    MONITORING = "monitoring", "monitoring (waakvlam)"


class SolutionKind(Labelled):
    """Kinds of solution, from light to heavy."""

    OWN_STRENGTH = "own_strength", "eigen kracht"
    SOCIAL_NETWORK = "social_network", "sociaal netwerk"
    PRELIMINARY = "preliminary", "voorliggende voorziening"
    INDIVIDUAL = "individual", "maatwerkvoorziening"


class TeamType(Labelled):
    """How a team is organised; a covariate in every comparison of teams."""

    ACCESS = "access", "Team Toegang"
    TEAM = "team", "teamvariant"
    NETWORK = "network", "netwerkvariant"
    OTHER = "other", "anders"


class Law(Labelled):
    """The Dutch law under which a provision is granted."""

    WMO = "wmo", "Wmo 2015"
    YOUTH = "jeugdwet", "Jeugdwet"
    PARTICIPATION = "participatiewet", "Participatiewet"
    DEBT = "wgs", "Wet gemeentelijke schuldhulpverlening"
    HEALTH_INSURANCE = "zvw", "Zorgverzekeringswet"
    LONG_TERM_CARE = "wlz", "Wet langdurige zorg"


class Stakeholder(Labelled):
    """Who pays or gains in the MKBA."""

    MUNICIPALITY = "municipality", "gemeente"
    STATE = "state", "Rijk"
    HEALTH_INSURER = "health_insurer", "zorgverzekeraar (Zvw)"
    CARE_OFFICE = "care_office", "zorgkantoor (Wlz)"
    HOUSING_CORPORATION = "housing_corporation", "woningcorporatie"
    JUSTICE_CHAIN = "justice_chain", "politie en justitie"
    EMPLOYER = "employer", "werkgever"
    CREDITOR = "creditor", "schuldeiser"
    CLIENT = "client", "cliënt"
    SOCIETY = "society", "rest van de samenleving"


class Stamp(Labelled):
    """The evidence stamp: what a design allows a report to say."""

    CHANGE = "change", "verandering"
    INDICATION = "indication", "aanwijzing"
    COMPARISON = "comparison", "vergelijking"
    STRONG_COMPARISON = "strong_comparison", "sterke vergelijking"
    EXPERIMENT = "experiment", "experiment"


class AgeBand(Labelled):
    """Age at the delivery, in the coarse bands that a delivery may hold."""

    UNDER_18 = "0-17", "jonger dan 18"
    FROM_18 = "18-26", "18 tot en met 26"
    FROM_27 = "27-44", "27 tot en met 44"
    FROM_45 = "45-66", "45 tot en met 66"
    FROM_67 = "67+", "67 en ouder"


# Highest score that some can reach, by the makers' own answer (selfsufficiencymatrix.org, FAQ): a pensioner has no
# work or schooling to be scored on in the editions with eleven domains.
STRUCTURAL_CEILINGS: dict[tuple[LifeDomain, AgeBand], int] = {(_D.DAYTIME_ACTIVITIES, AgeBand.FROM_67): 2}
