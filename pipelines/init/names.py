"""How columns are called in files of registration systems: folded names per field, the most certain first."""

from __future__ import annotations

_CLIENT = ("clientnummer", "client nummer", "clientnr", "client nr", "clientid", "client id", "client", "client key",
           "clientcode", "pseudoniem", "pseudo id", "pseudoid", "inwoner", "inwoner id", "inwonerid", "klantnummer",
           "klantnr", "klant id", "klantid", "klant", "persoon id", "persoonid", "persoonsid", "dossiernr",
           "dossiernummer", "inwonernummer", "clientpseudoniem", "pseudoniem client", "deelnemer",
           "deelnemernummer")  # fmt: skip
_TEAM = ("wijkteam", "team", "sociaal team", "sociaal wijkteam", "buurtteam", "gebiedsteam", "teamnaam", "naam team",
         "naam wijkteam", "wijkteamnaam")  # fmt: skip
_START = ("startdatum", "start", "ingangsdatum", "begindatum", "datum start", "datum begin", "datum ingang",
          "aanvang", "start traject", "startdatum traject", "begin traject", "datum start traject",
          "toewijzing ingangsdatum", "begin", "start datum", "datum aanvang")  # fmt: skip
_END = ("einddatum", "einde", "eind", "datum einde", "datum eind", "datum afsluiting", "toewijzing einddatum",
        "eind datum", "einde traject", "eind traject", "einddatum traject", "datum einde traject",
        "werkelijke einddatum", "feitelijke einddatum", "daadwerkelijke einddatum")  # fmt: skip
_DOMAIN = ("leefgebied", "domein", "leefdomein", "leefgebied naam", "naam leefgebied")
_AMOUNT = ("bedrag", "bedrag eur", "kosten", "euro", "bedrag in euro", "bedrag in euro s", "realisatie", "lasten")

FIELD_NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "assessments": {
        "client_key": _CLIENT,
        "assessed_on": (
            "datum afname",
            "afnamedatum",
            "datum meting",
            "meetdatum",
            "datum zrm",
            "datum score",
            "scoredatum",
            "datum beoordeling",
            "beoordelingsdatum",
            "datum assessment",
            "zrm datum",
            "afgenomen op",
            "peildatum",
            "datum",
            "dat",
        ),
        "team": _TEAM,
        "moment_label": ("meetmoment", "soort", "soort meting", "moment", "fase"),
        "rater_key": ("medewerker", "beoordelaar", "medewerkercode"),
        "life_domain": _DOMAIN,
        "score": ("score", "niveau", "zrm score", "oordeel", "scorewaarde", "waarde"),
    },
    "ladder": {
        "client_key": _CLIENT,
        "assessed_on": ("datum afname", "datum meting", "meetdatum", "afnamedatum", "peildatum", "datum"),
        "ladder_step": (
            "trede",
            "participatietrede",
            "ladder",
            "participatieladder",
            "niveau",
            "trede participatieladder",
            "huidige trede",
            "huidige trede participatieladder",
            "trede huidig",
            "trede nu",
            "huidig niveau",
        ),
        "ambition_step": (
            "gewenste trede",
            "streeftrede",
            "doeltrede",
            "ambitietrede",
            "ambitieniveau",
            "ambitie trede",
        ),
    },
    "clients": {
        "client_key": _CLIENT,
        "age_band": ("leeftijdsgroep", "leeftijdsklasse", "leeftijd groep", "leeftijdscategorie"),
        "household": ("huishouden", "huishoudtype", "soort huishouden"),
        "target_group": ("doelgroep",),
        "referred_by": ("aangemeld door", "verwijzer", "herkomst", "aanmelder"),
    },
    "trajectories": {
        "client_key": _CLIENT,
        "team": _TEAM,
        "started_on": _START,
        "ended_on": _END,
        "hours": ("uren", "aantal uren", "bestede uren"),
        "solution_kind": ("soort oplossing", "oplossing", "oplossingsrichting"),
        "registered_on": ("datum melding", "melding", "meldingsdatum", "datum aanmelding", "aanmelddatum"),
        "has_plan": ("plan aanwezig", "plan", "plan gemaakt"),
        "evaluated_on": ("datum evaluatie", "evaluatiedatum", "evaluatie"),
        "question_answered": ("vraag beantwoord", "hulpvraag beantwoord"),
    },
    "provisions": {
        "client_key": _CLIENT,
        "product": ("product", "voorziening", "productnaam", "productcode", "product code"),
        "law": ("wet", "wettelijk kader"),
        "started_on": _START,
        "ended_on": _END,
        "volume": ("volume", "omvang", "aantal", "toegewezen volume"),
        "unit": ("eenheid",),
        "amount_eur": _AMOUNT,
        "life_domain": _DOMAIN,
        "provision_kind": (
            "soort voorziening",
            "voorzieningsoort",
            "voorzieningensoort",
            "type voorziening",
            "voorliggend of maatwerk",
        ),
    },
    "events": {
        "client_key": _CLIENT,
        "occurred_on": ("datum", "datum gebeurtenis"),
        "event_kind": ("gebeurtenis", "soort gebeurtenis", "incident"),
    },
    "experienced": {
        "client_key": _CLIENT,
        "asked_on": ("datum", "datum gesprek", "peildatum"),
        "value": ("rapportcijfer hulp", "rapportcijfer", "cijfer", "tevredenheid", "ervaren baat"),
    },
    "costs": {
        "team": _TEAM,
        "year": ("jaar", "boekjaar"),
        "cost_kind": ("kostensoort", "soort kosten", "post"),
        "amount_eur": _AMOUNT,
    },
    "teams": {
        "team": _TEAM,
        "team_type": ("type", "teamtype", "soort team"),
        "valid_from": ("geldig vanaf", "vanaf"),
        "valid_until": ("geldig tot", "geldig tot en met", "tot"),
        "succeeded_by": ("opgevolgd door", "opvolger"),
        "approach_started_on": ("nieuwe werkwijze vanaf", "start nieuwe werkwijze", "nieuwe aanpak vanaf"),
    },
    "bridge": {
        "client_key": ("pseudoniem a", "oud pseudoniem", "pseudoniem oud"),
        "client_key_new": ("pseudoniem b", "nieuw pseudoniem", "pseudoniem nieuw"),
    },
}
# What tells a table from the others: at least one of these fields must be found.
TELLING = {
    "assessments": ("score", "life_domain"),
    "ladder": ("ladder_step",),
    "clients": ("age_band", "household", "target_group", "referred_by"),
    "trajectories": ("hours", "solution_kind", "ended_on"),
    "provisions": ("product", "law"),
    "events": ("event_kind",),
    "experienced": ("value",),
    "costs": ("cost_kind",),
    "teams": ("team_type", "valid_from", "succeeded_by", "approach_started_on"),
    "bridge": ("client_key_new",),
}
NOT_SCORED_NAMES = {
    "99": "not_discussed",
    "onbesproken": "not_discussed",
    "niet besproken": "not_discussed",
    "nvt": "not_applicable",
    "n v t": "not_applicable",
    "niet van toepassing": "not_applicable",
    "niet ingevuld": "not_asked",
}
