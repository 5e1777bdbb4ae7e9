"""Why a row is quarantined and a delivery refused: closed codes with the words that a reader sees."""

from __future__ import annotations

from data_contracts.vocabulary.field import Labelled

ACCEPTED = "accepted"
EXACT_DUPLICATE = "exact_duplicate"
LEFT_OUT = "left_out"  # no record by what mapping.yaml says of it: a total, a footnote, a goal
NOT_QUARANTINED = (ACCEPTED, EXACT_DUPLICATE, LEFT_OUT)


class Reason(Labelled):
    """A fault of one row. A row has one reason: the first that applies, in this order."""

    ERASED = "erased", "deze persoon is gewist en komt er niet meer in"
    ROW_UNREADABLE = "row_unreadable", "de regel heeft te veel of te weinig kolommen"
    CLIENT_MISSING = "client_missing", "het cliëntnummer ontbreekt"
    CLIENT_KEY_MALFORMED = "client_key_malformed", "het cliëntnummer heeft niet de vorm van een pseudoniem"
    CLIENT_TWICE = "client_twice", "de cliënt staat er al eerder in, met andere gegevens"
    DATE_MISSING = "date_missing", "de datum ontbreekt"
    DATE_UNREADABLE = "date_unreadable", "de datum bestaat niet of is anders geschreven"
    DATE_TOO_EARLY = "date_too_early", "de datum ligt voor 1990"
    DATE_IN_FUTURE = "date_in_future", "de datum ligt na de ontvangst van de levering"
    END_BEFORE_START = "end_before_start", "de einddatum ligt voor de startdatum"
    TEAM_MISSING = "team_missing", "het wijkteam ontbreekt"
    TEAM_UNKNOWN = "team_unknown", "het wijkteam staat niet in het register"
    TEAM_TWICE = "team_twice", "het wijkteam staat er al eerder in"
    EDITION_MISSING = "edition_missing", "er staat niet met welke editie van de ZRM gescoord is"
    DOMAIN_UNKNOWN = "domain_unknown", "het leefgebied is onbekend"
    DOMAIN_NOT_IN_EDITION = "domain_not_in_edition", "het leefgebied hoort niet bij deze editie van de ZRM"
    SCORES_DISAGREE = "scores_disagree", "twee kolommen van één leefgebied spreken elkaar tegen"
    SCORE_MISSING = "score_missing", "de score ontbreekt"
    SCORE_NOT_WHOLE = "score_not_whole", "de score is geen heel getal"
    SCORE_OUT_OF_RANGE = "score_out_of_range", "de score ligt buiten de schaal"
    SCORE_LABEL_CONFLICT = "score_label_conflict", "cijfer en woorden van de score spreken elkaar tegen"
    SCORE_UNKNOWN = "score_unknown", "de score is onbekend"
    CODE_MISSING = "code_missing", "een verplichte soort of naam ontbreekt"
    CODE_UNKNOWN = "code_unknown", "een soort of naam is onbekend"
    NUMBER_MISSING = "number_missing", "een verplicht getal ontbreekt"
    NUMBER_UNREADABLE = "number_unreadable", "een getal is anders geschreven dan afgesproken"
    NUMBER_NEGATIVE = "number_negative", "een getal dat niet negatief kan zijn, is negatief"
    YEAR_UNREADABLE = "year_unreadable", "het jaar is geen jaartal"
    YEAR_IN_FUTURE = "year_in_future", "het jaar begint na de ontvangst van de levering"


class RefusalKind(Labelled):
    """What kind of fault stopped a delivery: all that a report says of it. The terminal says where and what to do."""

    DELIVERY = "delivery", "de levering als geheel houdt zich niet aan de afspraken"
    FILES = "files", "er is een bestand te veel, of er ontbreekt er een"
    FILE_ASIDE = "file_aside", "een bestand is niet herkend en niet gelezen; de rest van de levering telt mee"
    UNREADABLE = "unreadable", "een bestand is niet te lezen zoals afgesproken"
    COLUMNS = "columns", "de kolommen van een bestand zijn niet die van de afspraak"
    PERSONAL_DATA = "personal_data", "een bestand bevat of noemt gegevens die niet mogen binnenkomen"
    TOO_MANY_FAULTS = "too_many_faults", "te veel regels van een bestand hebben dezelfde fout"
    REPEATED = "repeated", "twee bestanden zeggen iets anders over dezelfde registratie"
    DELIVERS = "delivers", "de levering is niet wat was afgesproken: volledig of een aanvulling"
    UNUSUAL = "unusual", "de levering wijkt sterk af van wat er was; iemand moet nog zeggen of zij meetelt"
    PSEUDONYMS = "pseudonyms", "dezelfde mensen staan er onder andere pseudoniemen in dan in andere bestanden"


# What stops these is no fault of a file: a person says whether the delivery counts.
A_PERSON_DECIDES = (RefusalKind.DELIVERS, RefusalKind.UNUSUAL)


def refusal_kind(code: str) -> RefusalKind:
    """The kind with this code; a receipt of before there were kinds is about the delivery as a whole."""
    return next((kind for kind in RefusalKind if kind == code), RefusalKind.DELIVERY)


class NotCompared(Labelled):
    """Whether a client is in a comparison of two moments, and if not the one reason, in order of precedence."""

    COMPARED = "compared", "vergeleken"
    OUTSIDE_WINDOW = "outside_window", "alleen gemeten ver van het begin van het traject"
    NOT_SCORED = "not_scored", "geen score op dit leefgebied"
    NO_FIRST_MOMENT = "no_first_moment", "geen score op het eerste moment"
    NO_SECOND_MOMENT = "no_second_moment", "geen score op het tweede moment"
    SCORES_OF_DAY_DIFFER = "scores_of_day_differ", "verschillende scores op één dag"
    TOO_NEAR = "too_near", "geen tweede score die ver genoeg na de eerste ligt"
    NOT_COMPARABLE = "not_comparable", "twee uitgaven van de lijst die niet te vergelijken zijn"
