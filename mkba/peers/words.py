"""The words of two workbooks that others use: sheets, headings, parties; in English and in Dutch.

Of the LPBL tool only the names of its sheets are public, of the model of Greater Manchester only what its columns are
about (docs/andere_modellen.md says which description each name rests on). What stands here is therefore a list of
spellings that we take, and not a copy of either workbook.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data_contracts.vocabulary.field import Stakeholder
from data_contracts.vocabulary.mkba import LineType
from data_contracts.vocabulary.names import folded

# Role of a column -> how it is headed, folded.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "item": ("outcome", "benefit", "outcome benefit", "cost", "cost item", "cost category", "description", "effect",
             "uitkomst", "baat", "kostenpost", "kosten", "post", "omschrijving"),
    "group": ("target group", "cohort", "doelgroep", "groep", "type huishouden"),
    "party": ("agency", "organisation", "who pays", "who benefits", "funding agency", "partij", "actor", "betaler",
              "wie betaalt", "wie profiteert", "organisatie"),
    "kind": ("value type", "type of benefit", "benefit type", "fiscal economic social", "soort waarde", "soort baat"),
    "count": ("number affected", "affected population", "population", "target population", "number in cohort",
              "aantal", "aantal huishoudens", "aantal clienten", "bereik"),
    "engaged": ("engaged", "engagement", "level of engagement", "number engaging", "deelname", "aandeel bereikt"),
    "retained": ("retention", "retained", "volhouden", "aandeel dat volhoudt"),
    "impact": ("impact", "success rate", "outcome rate", "resultaat", "aandeel met effect"),
    "deadweight": ("deadweight", "ook zonder aanpak", "was toch gebeurd", "zonder aanpak"),
    "optimism": ("optimism bias", "optimism bias correction", "optimismecorrectie", "optimisme"),
    "unit": ("unit", "per", "eenheid"),
    "price": ("unit cost", "unit value", "unit benefit", "value per unit", "kengetal", "prijs", "prijs per eenheid",
              "waarde per eenheid"),
    "low": ("low", "laag"),
    "high": ("high", "hoog"),
    "margin": ("average or marginal", "marginal or average", "cost basis", "gemiddeld of marginaal"),
    "amount": ("amount", "total cost", "total", "total benefit", "annual cost", "bedrag", "totaal", "baten",
               "totale baten", "totale kosten", "kosten per jaar"),
    "year": ("year", "price year", "price base", "cost year", "jaar", "prijspeil"),
    "years": ("years", "duration", "number of years", "benefit duration", "duur", "duur in jaren", "jaren"),
    "lag": ("lag", "time lag", "vertraging", "na jaren"),
    "drop_off": ("drop off", "drop off rate", "afname", "afname per jaar"),
    "source": ("source", "bron", "evidence", "onderbouwing"),
}  # fmt: skip

PARTIES: Mapping[str, Stakeholder] = {folded(one.label): one for one in Stakeholder} | {
    "local authority": Stakeholder.MUNICIPALITY,
    "la": Stakeholder.MUNICIPALITY,
    "council": Stakeholder.MUNICIPALITY,
    "central government": Stakeholder.STATE,
    "overheid": Stakeholder.STATE,
    "zorgverzekeraar": Stakeholder.HEALTH_INSURER,
    "zorgkantoor": Stakeholder.CARE_OFFICE,
    "corporatie": Stakeholder.HOUSING_CORPORATION,
    "housing provider": Stakeholder.HOUSING_CORPORATION,
    "registered provider": Stakeholder.HOUSING_CORPORATION,
    "police": Stakeholder.JUSTICE_CHAIN,
    "criminal justice system": Stakeholder.JUSTICE_CHAIN,
    "politie": Stakeholder.JUSTICE_CHAIN,
    "justitie": Stakeholder.JUSTICE_CHAIN,
    "employer": Stakeholder.EMPLOYER,
    "individual": Stakeholder.CLIENT,
    "client": Stakeholder.CLIENT,
    "huishouden": Stakeholder.CLIENT,
    "society": Stakeholder.SOCIETY,
    "samenleving": Stakeholder.SOCIETY,
}
# Who is known over there and has no counterpart here, or more than one.
ABROAD: Mapping[str, str] = {
    "nhs": "zorgverzekeraar (Zvw), zorgkantoor (Wlz) of gemeente",
    "dwp": "Rijk of gemeente",
    "hmrc": "Rijk",
    "probation": "Rijk, of politie en justitie",
    "schools": "gemeente of Rijk",
}
KINDS: Mapping[str, LineType] = {
    "fiscal": LineType.RESOURCE,
    "fiscaal": LineType.RESOURCE,
    "economic": LineType.RESOURCE,
    "economisch": LineType.RESOURCE,
    "social": LineType.WELLBEING,
    "sociaal": LineType.WELLBEING,
    "maatschappelijk": LineType.WELLBEING,
}
# A benefit in such words moves money from one to another; who loses it does not stand in these workbooks.
TRANSFERS = ("uitkering", "bijstand", "toeslag", "belasting", "premie", "jobseeker", "universal credit",
             "benefit payment", "housing benefit", "tax")  # fmt: skip
UNITS: Mapping[str, str] = {
    "incident": "event", "case": "event", "keer": "event", "per incident": "event", "geval": "event",
    "person": "client", "persoon": "client", "individual": "client", "clienten": "client",
    "person year": "client_year", "per year": "client_year", "per jaar": "client_year", "jaar": "client_year",
    "day": "day", "hour": "hour", "huishoudens": "huishouden", "household": "huishouden",
}  # fmt: skip
STATED: Mapping[str, tuple[str, ...]] = {
    "costs": ("total costs", "total cost", "totale kosten", "kosten totaal", "totaal kosten", "kosten"),
    "benefits": ("total benefits", "total benefit", "totale baten", "baten totaal", "totaal baten", "baten"),
    "net": ("net benefit", "net benefits", "net present value", "net total", "saldo", "netto", "netto baten",
            "saldo in ncw", "netto contante waarde"),
}  # fmt: skip
TOTALS = ("total", "totaal", "grand total", "eindtotaal", "sum", "som")


@dataclass(frozen=True, slots=True)
class Shape:
    """A workbook of others: its sheets by what they hold, and the sheets with its outcome.

    With a sheet `reach` a benefit names a group and that sheet says how many people it has.
    """

    name: str
    parts: Mapping[str, tuple[str, ...]]
    outputs: tuple[str, ...]
    is_in_euros: bool = False  # when the workbook itself does not say so


GMCA = Shape(
    "CBA-model van Greater Manchester",
    {"costs": ("costs", "kosten"), "benefits": ("benefits", "outcomes", "baten")},
    ("outputs", "summary", "results", "samenvatting"),
)
LPBL = Shape(
    "MKBA-tool sociale wijkteams van LPBL",
    {
        "reach": ("invoer a bereik", "invoer a"),
        "costs": ("invoer b kosten", "invoer b"),
        "effects": ("invoer c effect", "invoer c effecten", "invoer c"),
    },
    ("uitvoer a kosten en baten in ncw", "uitvoer a"),
    is_in_euros=True,
)
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "reach": ("group", "count"),
    "costs": ("item", "party", "amount", "year"),
    "benefits": ("item", "party", "count", "price", "year"),
    "effects": ("item", "party", "group", "price", "year"),
}
