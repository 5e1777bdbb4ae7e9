"""mkba.yaml refuses what is wrong, with file, line and what to do; one case for every rule."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data_contracts.errors import StudyError
from mkba.inputs.packs import read_packs
from mkba.inputs.reading import read_mkba
from tests.mkba_case import SOURCE, case, line, model, packs, sourced, text

Change = Callable[[dict[str, Any]], object]
ROOT = Path(__file__).resolve().parents[2]


def put(*path: str | int, value: Any) -> Change:
    def change(data: dict[str, Any]) -> None:
        place: Any = data
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value

    return change


def of_line(name: str, **keys: Any) -> Change:
    return lambda data: line(data, name).update(keys)


def of_quantity(name: str, **keys: Any) -> Change:
    return lambda data: line(data, name)["quantity"].update(keys)


def of_price(**keys: Any) -> Change:
    return lambda data: data["prices"][0].update(keys)


def without(*path: str | int) -> Change:
    def change(data: dict[str, Any]) -> None:
        place: Any = data
        for key in path[:-1]:
            place = place[key]
        del place[path[-1]]

    return change


def circle(data: dict[str, Any]) -> None:
    data["overlap_groups"] = [
        {"id": "inner", "label": "binnen", "alpha": 0.5, "why": SOURCE, "within": "outer"},
        {"id": "outer", "label": "buiten", "alpha": 0.5, "why": SOURCE, "within": "inner"},
    ]


def no_length_in(data: dict[str, Any]) -> None:
    line(data, "nights")["factors"] = [
        sourced(3) | {"id": "days", "label": "dagen per keer", "from_unit": "event", "to_unit": "night"}
    ]


def price_on_a_point(data: dict[str, Any]) -> None:
    line(data, "steps")["quantity"]["unit"] = data["prices"][0]["unit"] = "point"
    line(data, "steps")["price"] = "night"


def group(name: str, **keys: Any) -> dict[str, Any]:
    return {"id": name, "label": "overlap", "alpha": 0.5, "why": SOURCE} | keys


def factor(value: float) -> dict[str, Any]:
    return sourced(value) | {"id": "days", "label": "dagen per keer", "from_unit": "night", "to_unit": "night"}


def cashing(**keys: Any) -> dict[str, Any]:
    return {"share": 0.6, "lag_years": 1, "source": SOURCE} | keys


def null(**keys: Any) -> Change:
    return lambda data: data["null_alternative"]["trajectories"][0].update(keys)


def scaling(**keys: Any) -> Change:
    numbers = {"extra_fte": 1, "extra_clients_per_fte": sourced(30)} | keys
    return lambda data: data["alternatives"][0].update({"kind": "scale_up"} | numbers)


def staff_of(value: float) -> Change:
    quantity = sourced(value) | {"kind": "declared", "unit": "eur", "price_year": 2024}
    return of_line("staff", quantity=quantity)


def clients(value: float) -> dict[str, Any]:
    return sourced(value) | {"kind": "declared", "unit": "client"}


def correlation(**keys: Any) -> Change:
    return put("correlations", value=[{"between": ["a1", "b1"], "rank": 0.5, "source": SOURCE} | keys])


def twice(*path: str) -> Change:
    def change(data: dict[str, Any]) -> None:
        place: Any = data
        for key in path:
            place = place[key]
        place.append(place[0])

    return change


def without_source(data: dict[str, Any]) -> None:
    number = sourced(0.1)
    del number["source"]
    line(data, "care")["drop_off"] = number


REFUSED: list[tuple[str, Change, str]] = [
    ("unknown key", put("discuont", value="nl_2021"), "Bedoelde u 'discount'?"),
    ("no problem analysis", without("problem_analysis"), "'problem_analysis': dit ontbreekt."),
    ("problem analysis too short", put("problem_analysis", value="Zorg is duur."), "minstens 120"),
    ("no null alternative", without("null_alternative"), "'null_alternative': dit ontbreekt."),
    ("one alternative", lambda data: data["alternatives"].pop(), "minstens 2"),
    ("no alternative at all", of_line("care", alternatives=[]), "hier hoort er minstens 1 te staan"),
    ("cashing of costs", of_line("staff", cashing=cashing()), "verzilveren hoort bij een baat"),
    ("a price of a list that was not chosen", of_line("nights", price="collection_costs_claim"), "price_lists"),
    ("a price with a letter missing", of_line("nights", price="nigt"), "Bedoelde u 'night'?"),
    ("negative horizon", put("horizon_years", value=-5), "moet minstens 1"),
    ("a share that is no number", put("verified_share_for_headline", value=float("nan")), "geen nan of inf"),
    ("a price that is no number", of_price(value=float("inf")), "geen nan of inf"),
    ("percent for a share", put("verified_share_for_headline", value=20), "Bedoelde u 0.2?"),
    ("percent for a cashable share", of_line("care", cashing={"share": 60, "source": SOURCE}), "Bedoelde u 0.6?"),
    ("20 for a deadweight of 0.20", of_line("care", chain={"deadweight": sourced(20)}), "Bedoelde u 0.2?"),
    ("20 for a drop-off of 0.20", of_line("care", drop_off=sourced(20)), "Bedoelde u 0.2?"),
    ("20 for a displacement of 0.20", of_line("care", displacement=sourced(20)), "Bedoelde u 0.2?"),
    ("50 for an alpha of 0.5", put("overlap_groups", value=[group("g1", alpha=50)]), "Bedoelde u 0.5?"),
    ("2 for a real growth of 0.02", of_line("care", real_growth=2, growth_source=SOURCE), "Bedoelde u 0.02?"),
    ("20 for recovery of their own", null(autonomous_share=sourced(20)), "Bedoelde u 0.2?"),
    ("20 for catching up", null(catch_up=sourced(20)), "Bedoelde u 0.2?"),
    ("a negative share", of_line("care", drop_off=sourced(-0.1)), "minstens 0"),
    ("a fade-in above one", of_line("care", fade_in=[1.5], duration_years=3), "een aandeel ligt tussen 0 en 1"),
    ("negative costs", staff_of(-1_000), "de kosten van de aanpak zijn niet negatief"),
    ("negative clients", put("volume", "clients_per_year", value=clients(-5)), "een aantal mensen is niet negatief"),
    ("a negative factor", of_line("nights", factors=[factor(-3)]), "minstens 0"),
    ("negative clients per fte", scaling(extra_clients_per_fte=sourced(-3)), "minstens 0"),
    ("a quantity that is no number", staff_of(float("nan")), "geen nan of inf"),
    ("text for a number", of_price(value="honderd"), "dit moet een getal zijn"),
    ("a number for text", put("title", value=12345), "dit moet tekst zijn"),
    ("half a year", put("horizon_years", value=10.5), "geheel getal"),
    ("a horizon without end", put("horizon_years", value=1_000), "hoogstens 200"),
    ("an effect of no duration", of_line("care", duration_years=0), "minstens 1"),
    ("cashing in before it happens", of_line("care", cashing=cashing(lag_years=-1)), "minstens 0"),
    ("cashing without a source", of_line("care", cashing={"share": 0.6}), "'lines.2.cashing.source': dit ontbreekt."),
    ("a year long ago", put("base_year", value=1890), "minstens 1990"),
    ("a name with capitals", of_line("care", id="Zorg"), "niet de vorm"),
    ("a source of three letters", of_price(source="CBS"), "minstens 8"),
    ("a number without a source", without_source, "'lines.2.drop_off.source': dit ontbreekt."),
    ("unknown kind of quantity", of_quantity("care", kind="guess"), "'guess' kennen we niet."),
    ("no kind of quantity", without("lines", 2, "quantity", "kind"), "kind': dit ontbreekt."),
    ("unknown type of line", of_line("care", type="saving"), "kies uit 'resource'"),
    ("unknown status of a price", of_price(status="sure"), "kies uit 'verified'"),
    ("unknown evidence", of_line("care", evidence="gut"), "kies uit 'measured'"),
    ("unknown distribution", of_price(distribution="triangle"), "kies uit 'fixed'"),
    ("a correlation of more than one", correlation(rank=1.2), "hoogstens 0.99"),
    ("a correlation of three", correlation(between=["a1", "b1", "c1"]), "hoogstens 2"),
    ("null alternative too short", put("null_alternative", "description", value="Niets doen."), "minstens 80"),
    ("null without a trajectory", put("null_alternative", "trajectories", value=[]), "minstens 1"),
    ("null trajectory without a source", without("null_alternative", "trajectories", 0, "source"), "dit ontbreekt."),
    ("one line only", lambda data: data.update(lines=data["lines"][:1]), "minstens 2"),
    ("costs that nobody pays", of_line("staff", payer=None, receiver="municipality"), "betaalt iemand"),
    ("an effect that nobody receives", of_line("care", payer="state", receiver=None), "wie de baat ontvangt"),
    ("neither payer nor receiver", of_line("staff", payer=None), "Vul payer (kosten) of receiver (baten) in"),
    ("unknown discount schedule", put("discount", value="nl_1900"), "Kies uit: nl_2016, nl_2021."),
    ("unknown price index", put("price_index", value="cpi"), "Kies uit: cbs_cpi_2025."),
    ("unknown price list", put("price_lists", value=["lijst"]), "Kies uit: municipal_tariffs_2023, other_nl_2026, "),
    ("unknown stress tests", put("stress_tests", value="hard"), "Kies uit: stress_2026."),
    ("unknown timing", put("timing", value="soon"), "kies uit 'start', 'mid' of 'end'"),
    ("unknown payer", of_line("staff", payer="mayor"), "kies uit 'municipality'"),
    ("unknown law", of_line("care", law="avg"), "kies uit 'wmo'"),
    ("unknown discount class", of_line("care", discount_class="green"), "'green' kennen we niet."),
    ("unknown overlap group", of_line("care", overlap_group="both"), "'both' staat niet onder overlap_groups."),
    ("unknown null trajectory", of_line("care", compared_with="other"), "'other' kennen we niet."),
    ("unknown alternative", of_line("care", alternatives=["later"]), "'later' kennen we niet."),
    ("unknown price", of_line("nights", price="nacht"), "de prijs 'nacht' staat niet in deze studie"),
    ("wrong unit of a price", of_line("nights", price="guidance_home_hour"), "per 'hour', de hoeveelheid per 'night'"),
    ("factor from another unit", no_length_in, "begint bij 'event', maar hier is de eenheid 'night'"),
    ("no price and no PM text", without("lines", 4, "pm_text"), "een regel zonder prijs is een PM-post."),
    ("price on euros", of_line("care", price="night"), "dit is al in euro's"),
    ("euros without a year", of_quantity("care", price_year=None), "van welk jaar zijn deze euro's?"),
    ("year on something else", of_quantity("nights", price_year=2024), "alleen bij een hoeveelheid in euro's"),
    ("year outside the index", put("price_year", value=1995), "de prijsindex heeft geen cijfer voor 1995"),
    ("price on a point of a scale", price_on_a_point, "een punt op een schaal heeft geen prijs in euro's"),
    ("transfer without a payer", of_line("benefit", payer=None), "een betaler én een ontvanger"),
    ("transfer to oneself", of_line("benefit", payer="municipality"), "betaler en ontvanger zijn dezelfde"),
    ("resource with two parties", of_line("care", payer="state"), "alleen een overdracht heeft er twee"),
    ("effect without a null", of_line("care", compared_with=None), "vergeleken met welk nulalternatief?"),
    ("null on costs", of_line("staff", compared_with="usual"), "horen alleen bij een gemeten effect"),
    ("chain on costs", of_line("staff", chain={"leakage": sourced(0.1)}), "horen alleen bij een gemeten effect"),
    ("fade-in longer than the effect", of_line("care", fade_in=[0.5, 1]), "fade_in is langer dan duration_years"),
    ("real growth without a source", of_line("care", real_growth=0.01), "vraagt een bron"),
    ("ratio without a baseline", of_quantity("nights", unit="ratio"), "het aantal zonder de aanpak"),
    ("price without a source", without("prices", 0, "source"), "'prices.0.source': dit ontbreekt."),
    ("negative price", of_price(value=-1, low=None, high=None, distribution="fixed"), "een prijs is niet negatief"),
    ("range without a distribution", of_price(distribution="fixed"), "pas zin met een verdeling"),
    ("half a range", of_price(low=None), "low en high horen bij elkaar"),
    ("value outside its range", of_price(value=500), "value hoort tussen low en high"),
    ("distribution without a range", of_price(low=None, high=None), "bij deze verdeling horen low en high"),
    ("gamma below zero", of_price(low=-60), "alleen getallen boven 0"),
    ("beta above one", of_price(distribution="beta"), "beta is voor aandelen"),
    ("assumed price unsigned", of_price(status="assumption", checked_on=None), "als iemand ervoor tekent"),
    ("verified price undated", of_price(checked_on=None), "een nagekeken prijs heeft een datum"),
    ("price without VAT", of_price(basis="factor"), "een MKBA rekent met marktprijzen"),
    ("VAT on a market price", of_price(vat_rate=0.21), "deze prijs is al een marktprijs"),
    ("assumed number unsigned", of_line("care", drop_off=sourced(0.1) | {"status": "assumption"}), "ervoor tekent"),
    ("two lines with one id", of_line("care", id="nights"), "'nights' staat er twee keer."),
    ("two prices with one id", lambda data: data["prices"].append(data["prices"][0]), "'night' staat er twee keer."),
    ("two trajectories with one id", twice("null_alternative", "trajectories"), "'usual' staat er twee keer."),
    ("two alternatives with one id", twice("alternatives"), "'go_on' staat er twee keer."),
    ("two groups with one id", put("overlap_groups", value=[group("g1"), group("g1")]), "'g1' staat er twee keer."),
    ("circular overlap", circle, "ligt via within in een kring"),
    (
        "unknown parent of an overlap group",
        put("overlap_groups", value=[{"id": "g1", "label": "een", "alpha": 0, "why": SOURCE, "within": "g2"}]),
        "'g2' kennen we niet.",
    ),
    ("stopping that goes on", put("alternatives", 1, "years", value=3), "wie stopt, gaat 0 jaar door"),
    ("going on for no year", put("alternatives", 0, "years", value=0), "hoeveel jaar gaat dit door?"),
    ("going on beyond the horizon", put("alternatives", 0, "years", value=30), "langer door dan de horizon"),
    ("scaling up without numbers", put("alternatives", 0, "kind", value="scale_up"), "uitbreiden vraagt hoeveel fte"),
    ("scaling up without what extra people cost and yield", scaling(), "is niet gemeten: de meting vergelijkt"),
    (
        "extra people without scaling up",
        of_line("care", quantity={"kind": "extra_clients"}, compared_with=None, pm_text="zonder prijs hier"),
        "horen bij één alternatief dat uitbreidt",
    ),
    ("fte without scaling up", put("alternatives", 0, "extra_fte", value=1), "hoort alleen bij uitbreiden"),
]


@pytest.mark.parametrize(("change", "message"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
def test_a_wrong_analysis_is_refused_with_its_line(change: Change, message: str) -> None:
    data = case()
    change(data)
    with pytest.raises(StudyError) as caught:
        model(data)
    (finding,) = caught.value.findings
    assert message in str(finding)
    assert finding.file == "mkba.yaml" and finding.line


def test_the_line_is_that_of_the_fault() -> None:
    data = case()
    of_line("nights", price="nacht")(data)
    written = text(data).splitlines()
    with pytest.raises(StudyError) as caught:
        model(data)
    (finding,) = caught.value.findings
    assert '"price": "nacht"' in written[(finding.line or 0) - 1]


def test_an_alias_bomb_is_refused() -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    with pytest.raises(StudyError, match=r"verwijzingen \(& en \*\)"):
        read_mkba(bomb, packs())


@pytest.mark.parametrize(
    ("change", "at"),
    [
        (of_line("care", chain={"deadweight": sourced(0.2)}), '"chain"'),
        (null(autonomous_share=sourced(0.2)), '"autonomous_share"'),
    ],
)
def test_nothing_is_taken_off_twice_where_the_study_compares(change: Change, at: str) -> None:
    data = case()
    change(data)
    written = text(data)
    assert read_mkba(written, packs()).lines
    with pytest.raises(StudyError, match="wat vanzelf gebeurde is er al af") as caught:
        read_mkba(written, packs(), compares=True)
    (finding,) = caught.value.findings
    assert at in written.splitlines()[(finding.line or 0) - 1]


def test_a_negative_rate_goes_no_further_than_a_hundred_years() -> None:
    data = case() | {"horizon_years": 120}
    of_line("care", discount_class="risk_free")(data)
    with pytest.raises(StudyError, match="een negatieve discontovoet mag niet met een horizon boven 100 jaar"):
        model(data)
    data["horizon_years"] = 100
    assert model(data).horizon_years == 100


def test_two_packs_with_one_id_are_refused() -> None:
    text_of_pack = (ROOT / "mkba" / "parameters" / "discount_nl_2021.yaml").read_text(encoding="utf-8")
    with pytest.raises(StudyError, match=r"a\.yaml, regel 1: dit id staat in meer dan één pakket"):
        read_packs({"a.yaml": text_of_pack, "b.yaml": text_of_pack})


def test_a_schedule_without_a_standard_rate_is_refused() -> None:
    text_of_pack = (ROOT / "mkba" / "parameters" / "discount_nl_2021.yaml").read_text(encoding="utf-8")
    with pytest.raises(StudyError, match="'standard' ontbreekt"):
        read_packs({"a.yaml": text_of_pack.replace("    standard: 0.0225\n", "")})


def test_a_price_list_with_a_price_twice_is_refused() -> None:
    text_of_pack = (ROOT / "mkba" / "parameters" / "prices_zorginstituut_2022.yaml").read_text(encoding="utf-8")
    with pytest.raises(StudyError, match=r"a.yaml, regel \d+: .*'hospital_day' staat er twee keer"):
        read_packs({"a.yaml": text_of_pack.replace("id: emergency_visit", "id: hospital_day")})


@pytest.mark.parametrize("study", ["voorbeeldstad", "rijnstad"])
def test_the_shipped_analyses_are_accepted(study: str) -> None:
    path = ROOT / "studies" / study / "mkba.yaml"
    assert len(read_mkba(path.read_text(encoding="utf-8"), packs(), compares=True).lines) > 10


@pytest.mark.parametrize(("number", "meant"), [("82.000", 82_000), ("82000", 82_000), ("82.0000", 82)])
def test_an_amount_is_never_a_thousand_times_too_small(number: str, meant: float) -> None:
    data = case()
    of_price(value=77_777, low=None, high=None, distribution="fixed")(data)
    written = text(data).replace("77777", number)
    if number != "82.000":
        assert read_mkba(written, packs()).prices[0].value == meant
        return
    with pytest.raises(StudyError, match=r"'82.000' kan duizenden zijn.*Schrijf 82000, of 82.0000") as caught:
        read_mkba(written, packs())
    assert "82.000" in written.splitlines()[(caught.value.findings[0].line or 0) - 1]
