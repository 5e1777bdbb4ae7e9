"""A second quarter: what was erased and corrected no longer counts, and what is not as agreed stops."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from data_contracts.errors import DeliveryRefused
from pipelines.assets.defs.current import _part
from pipelines.assets.table_asset import made_in_turn
from pipelines.intake.door import key_of
from pipelines.records.beside_the_last import beside_the_last
from pipelines.run import Order, run
from pipelines.storage.home import Home
from pipelines.storage.platform import connect
from pipelines.storage.receipts import Receipts
from pipelines.storage.tables import TableStore
from pipelines.study.workplace import Workplace, read_study
from tests.flow.small import AS_OF, small_delivery, small_study
from tests.flow.taken_in import take_in


@dataclass(frozen=True)
class Quarters:
    """A study that declares its provisions, and the third and fourth quarter as directories."""

    study: Path
    home: Home
    deliveries: Path

    @property
    def order(self) -> Order:
        return Order(self.study, self.home.root, self.deliveries, AS_OF)


def quarters(root: Path, declared: str) -> Quarters:
    """The fourth quarter is the third without 25 people."""
    study, home = small_study(root), Home(root / "home")
    home.prepare()
    text = (study / "mapping.yaml").read_text(encoding="utf-8")
    said = f"table: provisions\n    delivers: {declared}"
    (study / "mapping.yaml").write_text(text.replace("table: provisions", said), encoding="utf-8")
    third = small_delivery(study, root, 200)
    both = root / "both"
    for name in ("q3", "q4"):
        shutil.copytree(third, both / name)
    path = both / "q4" / "voorzieningen.csv"
    head, *lines = path.read_bytes().split(b"\n")
    people = sorted({line.split(b";")[0] for line in lines if line})[:25]
    path.write_bytes(b"\n".join([head, *(line for line in lines if line.split(b";")[0] not in people)]))
    return Quarters(study, home, both)


def clients_with_provisions(one: Quarters) -> set[int]:
    """Everybody in the current table, as its asset makes it."""
    place = Workplace(read_study(one.study), one.home, AS_OF, 1)
    list(made_in_turn([_part("core_provisions__use")], place))
    table = TableStore(one.home.tables).stored("core_provisions__use__current")
    return set(table.frame()["client_no"])


def test_who_was_erased_from_a_complete_delivery_no_longer_counts(tmp_path: Path) -> None:
    one = quarters(tmp_path, "{kind: complete, period_by: started_on}")
    take_in(one.order)
    third, fourth = (receipt.key for receipt in Receipts(one.home.receipts).accepted())
    held = {
        key: set(TableStore(one.home.tables).stored("core_provisions__use", [key]).frame()["client_no"])
        for key in (third, fourth)
    }
    assert len(held[third] - held[fourth]) == 25
    assert clients_with_provisions(one) == held[fourth]


def test_a_delivery_that_is_not_the_addition_that_was_agreed_stops_and_the_first_one_stands(tmp_path: Path) -> None:
    one = quarters(tmp_path, "{kind: addition}")
    with pytest.raises(DeliveryRefused, match="voorzieningen een aanvulling geleverd worden"):
        take_in(one.order)
    assert [receipt.name for receipt in Receipts(one.home.receipts).accepted()] == ["q3"]


@pytest.mark.parametrize("are_known", [True, False])
def test_events_may_be_of_people_with_a_zrm_in_an_earlier_delivery(tmp_path: Path, are_known: bool) -> None:
    """An addition with new measurements of a few and events of others was refused: of these, 0 % had a ZRM in it."""
    one = quarters(tmp_path, "{kind: addition}")
    q3, q4 = one.deliveries / "q3", one.deliveries / "q4"
    for path in q4.iterdir():
        if path.name not in ("gebeurtenissen.csv", "zrm.csv"):
            path.unlink()
    events = (q4 / "gebeurtenissen.csv").read_bytes()
    (q3 / "gebeurtenissen.csv").unlink()
    head, *scores = (q4 / "zrm.csv").read_bytes().split(b"\n")
    with_events = {line.split(b";")[0] for line in events.split(b"\n")}
    others = [line for line in scores if line and line.split(b";")[0] not in with_events]
    (q3 / "zrm.csv").write_bytes(b"\n".join([head, *(line for line in scores if line not in others[-3:])]))
    (q4 / "zrm.csv").write_bytes(b"\n".join([head, *others[-3:]]))
    if not are_known:
        head, *lines = events.split(b"\n")
        (q4 / "gebeurtenissen.csv").write_bytes(b"\n".join([head, *(_other_key(line) for line in lines if line)]))
    if are_known:
        take_in(one.order)
        assert [receipt.name for receipt in Receipts(one.home.receipts).accepted()] == ["q3", "q4"]
    else:
        with pytest.raises(DeliveryRefused, match="in de gebeurtenissen heeft 0% een ZRM"):
            take_in(one.order)


def _other_key(line: bytes) -> bytes:
    """The same row of somebody whom no delivery knows: the letters of the pseudonym one further."""
    key, _, rest = line.partition(b";")
    prefix, _, own = key.partition(b"-")
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return prefix + b"-" + own.translate(bytes.maketrans(letters, letters[1:] + letters[:1])) + b";" + rest


def test_a_delivery_of_another_supplier_between_two_hides_nothing_of_the_second(tmp_path: Path) -> None:
    one = quarters(tmp_path, "{kind: addition}")
    between = one.deliveries / "q3-gebeurtenissen"
    between.mkdir()
    for name in ("q3", "q4"):
        (one.deliveries / name / "gebeurtenissen.csv").replace(between / "gebeurtenissen.csv")
    with pytest.raises(DeliveryRefused, match="voorzieningen een aanvulling geleverd worden"):
        take_in(one.order)
    assert [receipt.name for receipt in Receipts(one.home.receipts).accepted()] == ["q3", between.name]


def test_a_file_that_is_forgotten_after_a_delivery_of_another_supplier_is_told(tmp_path: Path) -> None:
    one = quarters(tmp_path, "{kind: complete, period_by: started_on}")
    between = one.deliveries / "q3-gebeurtenissen"
    between.mkdir()
    for name in ("q3", "q4"):
        (one.deliveries / name / "gebeurtenissen.csv").replace(between / "gebeurtenissen.csv")
    (one.deliveries / "q4" / "voorzieningen.csv").unlink()
    take_in(one.order)
    place = Workplace(read_study(one.study), one.home, AS_OF, 1)
    told = {key: [one.sentence for one in beside_the_last(connect(), place, key)] for key in _keys(one)[1:]}
    assert not any("zit niets in" in sentence for sentence in told[_keys(one)[1]])
    assert sum("voorzieningen: daarvan zit niets in" in sentence for sentence in told[_keys(one)[2]]) == 1


def _keys(one: Quarters) -> list[str]:
    return [receipt.key for receipt in Receipts(one.home.receipts).accepted()]


def test_another_supplier_may_deliver_alone_once_there_is_a_zrm(tmp_path: Path) -> None:
    """What it does not bring stands, also where the kind is declared complete."""
    one = quarters(tmp_path, "{kind: complete, period_by: started_on}")
    text = (one.study / "mapping.yaml").read_text(encoding="utf-8")
    scores = "table: assessments\n    delivers: {kind: complete, period_by: assessed_on}\n"
    (one.study / "mapping.yaml").write_text(text.replace("table: assessments\n", scores, 1), encoding="utf-8")
    q3, q4 = one.deliveries / "q3", one.deliveries / "q4"
    for path in q4.iterdir():
        if path.name != "gebeurtenissen.csv":
            path.unlink()
    (q3 / "gebeurtenissen.csv").unlink()
    made = run(one.order)
    assert made.release is not None
    assert [receipt.name for receipt in Receipts(one.home.receipts).accepted()] == ["q3", "q4"]
    lines = (q4 / "gebeurtenissen.csv").read_bytes().splitlines()
    account = TableStore(one.home.tables).stored("core_intake__accounting", [key_of(q4)]).frame()
    assert account[["rows", "accepted"]].sum().tolist() == [len(lines) - 1] * 2
    store, first = TableStore(one.home.tables), key_of(q3)
    assert len(store.stored("core_events__incidents__current").frame()) == len(lines) - 1
    for table in ("core_zrm__assessments", "core_provisions__use"):
        brought = len(store.stored(table, [first]).frame())
        assert len(store.stored(f"{table}__current").frame()) == brought > 0


@pytest.mark.parametrize("other", ["zrm-nieuw.csv", None])
def test_without_a_zrm_a_delivery_is_refused_where_it_is_the_first_or_a_file_is_not_recognised(
    tmp_path: Path, other: str | None
) -> None:
    one = quarters(tmp_path, "{kind: addition}")
    q3, q4 = one.deliveries / "q3", one.deliveries / "q4"
    for path in q4.iterdir():
        if path.name not in ("gebeurtenissen.csv", "zrm.csv"):
            path.unlink()
    if other:
        (q4 / "zrm.csv").rename(q4 / other)
    else:
        (q4 / "zrm.csv").unlink()
        shutil.rmtree(q3)
    with pytest.raises(DeliveryRefused, match="er is geen bestand met ZRM-metingen bij"):
        take_in(one.order)
