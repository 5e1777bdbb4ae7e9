"""A facilitator at the screen: what she does in a session; each act waits until the app says that it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

TYPING = 60  # milliseconds between two keys


@dataclass
class Facilitator:
    """Somebody with the app of one session before her."""

    page: Page

    def opens_the_app(self, link: str) -> None:
        self.page.goto(link)
        self.page.get_by_role("link", name="Een bijeenkomst van begin tot verslag").click()
        expect(self.page.get_by_role("heading", name="Leerkring", exact=True)).to_be_visible()

    def opens_a_session(
        self, day: str, figures: Sequence[str], present: Mapping[str, int], question: str = "", goes: str = ""
    ) -> None:
        expect(self.page.get_by_role("button", name="Open de bijeenkomst")).to_be_visible()
        self._date("Dag", day)
        for at, figure in enumerate(figures, start=1):
            self.page.get_by_label(f"Cijfer {at}", exact=True).select_option(label=figure)
        self.page.get_by_label("Onze eigen vraag").fill(question)
        if goes:
            self.page.get_by_label("Die vraag wordt").select_option(label=goes)
        for group, n in present.items():
            self.number(group, n)
        self.presses("Open de bijeenkomst", "De bijeenkomst is geopend.")

    def goes_to(self, step: str) -> None:
        self.page.get_by_label("Stap", exact=True).select_option(label=step)

    def counts_hands(self, figure: str, hands: Mapping[str, tuple[int, int, int]]) -> None:
        self.goes_to("3. Raden en zien")
        self._radio(figure)
        self.sees(f"Wat verwacht u van {figure}?")
        for group, (up, equal, down) in hands.items():
            for way, n in (("meer vooruit", up), ("evenveel", equal), ("meer achteruit", down)):
                self.number(f"{group}: {way}", n)
        self.presses("Bewaar de handen", "Geraden. Onthul nu het cijfer.")

    def reveals(self) -> str:
        self.page.get_by_role("button", name="Onthul", exact=True).click()
        heading = self.page.get_by_role("heading", name="Te zien is")
        expect(heading).to_be_visible()
        return heading.inner_text()

    def lays_a_card(self, figure: str, round_of: str, group: str, text: str) -> None:
        self.goes_to("4. Kaarten")
        self.sees("Schrijf een kaart")
        self._radio(figure)
        self._radio(round_of)
        self._radio(group)
        box = self.page.get_by_label("Eén gedachte per kaart")
        box.fill(text)
        self.page.get_by_role("button", name="Leg de kaart neer").click()
        expect(self.page.locator(".wb-kaarten li", has_text=text)).to_be_visible()

    def is_told_about(self, text: str, words: str) -> None:
        """Offers a card that may not be kept, and reads why."""
        self.page.get_by_label("Eén gedachte per kaart").fill(text)
        self.page.get_by_role("button", name="Leg de kaart neer").click()
        expect(self.page.locator("p[role=status]")).to_contain_text(words)

    def makes_a_pile(self, figure: str, name: str, cards: Sequence[str]) -> None:
        self.goes_to("5. Stapels")

        self._radio(figure)
        self.sees(f"Wat hoort bij elkaar over {figure}?")
        for text in cards:
            self.page.get_by_role("checkbox", name=text).check()
        self.page.get_by_label("Naam van de stapel").fill(name)
        self.presses("Maak een stapel", "De stapel is gemaakt.")

    def reads(self, figure: str, text: str, dissent: str = "") -> None:
        self.goes_to("6. Lezing")
        self._radio(figure)
        self.sees(f"Een lezing van {figure}")
        self.page.get_by_label("Zo lezen wij dit cijfer").fill(text)
        self.page.get_by_label("Wat sommigen anders zien").last.fill(dissent)
        self.presses("Leg vast als concept", "De lezing staat er als concept.")

    def adopts_the_minutes(self) -> None:
        self.goes_to("2. Terugblik")
        self.page.get_by_role("button", name="Stel het verslag van").click()
        expect(self.page.locator("p[role=status]")).to_contain_text("Vastgesteld")

    def adopts_the_reading(self, figure: str) -> None:
        self.goes_to("6. Lezing")
        self._radio(figure)
        self.sees(f"Een lezing van {figure}")
        self.presses("Stel vast", "De lezing is vastgesteld.")

    def sees_what_was_agreed(self, what: str) -> None:
        expect(self.page.get_by_role("cell", name=what)).to_be_visible()

    def settles(self, status: str, why: str) -> None:
        self.goes_to("2. Terugblik")
        self._radio(status)
        self.page.get_by_label("Waarom, of hoe het ging").fill(why)
        self.presses("Leg vast", "Dat is vastgelegd.")

    def agrees(self, what: str, who: str) -> None:
        self.goes_to("7. Afspraken")
        self.sees("Wat spreken we af?")
        self.page.get_by_label("Wat", exact=True).fill(what)
        self.page.get_by_label("Wie (een rol, geen naam)").fill(who)
        self.presses("Leg de afspraak vast", "De afspraak staat.")

    def sends_up(self, what: str, to_whom: str) -> None:
        self.goes_to("8. Praktijk en beleid")
        self.sees("Naar beleid, of van beleid")
        self.page.get_by_label("Wat", exact=True).fill(what)
        self.page.get_by_label("Voor wie (een rol, geen naam)").fill(to_whom)
        self.presses("Leg vast", "Het staat er, tussen praktijk en beleid.")

    def closes(self) -> None:
        self.goes_to("9. Verslag")
        self.presses("Sluit de bijeenkomst", "Gesloten.")

    def presses(self, button: str, said: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()
        expect(self.page.locator("p[role=status]")).to_contain_text(said)

    def sees(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", name=heading)).to_be_visible()

    def number(self, label: str, n: int) -> None:
        box = self.page.get_by_label(label, exact=True)
        box.fill(str(n))
        box.press("Tab")

    def _date(self, label: str, day: str) -> None:
        """Types a day part by part, as the keyboard does; the field begins with what the browser's language begins."""
        year, month, date = day.split("-")
        for name, value in (("dag", date), ("maand", month), ("jaar", year)):
            part: Locator = self.page.get_by_role("spinbutton", name=f"{name}, {label}")
            part.click()
            part.press_sequentially(str(int(value)), delay=TYPING)
            # On a busy machine a key may come before the field has drawn the one before: look, as a person does.
            expect(part).to_have_attribute("aria-valuenow", str(int(value)))

    def _radio(self, name: str) -> None:
        self.page.get_by_role("radio", name=name, exact=True).click()
