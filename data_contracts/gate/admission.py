"""Whether words that came from outside, or that a person wrote, may leave the closed zone: one function says so."""

from __future__ import annotations

import re

from data_contracts.vocabulary.identifiers import find_identifier
from data_contracts.vocabulary.names import folded

LONGEST_LABEL, LONGEST_TEXT = 60, 400
_TEACHING = {
    "een naam": "Schrijf wie het is in de wijk, niet hoe iemand heet: 'een moeder van twee', 'een collega'.",
    "een geboortedatum": "Een leeftijd in gewone woorden zegt genoeg: 'begin twintig'.",
    "een postcode met letters": "Noem de wijk of de buurt, geen adres.",
}
_TEACHING_ELSE = "Zulke gegevens wijzen één mens aan. Laat ze weg; wat er gebeurde kunt u zonder vertellen."
OTHER_COSTS = "overige kosten"
# What the name of a delivery may say beside the municipality and a period.
_OF_DELIVERIES = frozenset({"levering", "export", "uitdraai", "zrm", "wijkteams", "zelfredzaamheid", "gemeente"})
_PERIOD = re.compile(r"(20\d\d( (0?[1-9]|1[0-2]|[kqh][1-4]))?( (0?[1-9]|[12]\d|3[01]))?)?( ?v?\d)?")
_CAPITALS_AFTER_DIGITS = re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b")


def objection(text: str, *, is_declared: bool = False, released_by: str = "") -> str | None:
    """Why `text` may not leave, in Dutch and without quoting it; None where it may.

    It may when it stands in a declared list, or when the person named in `released_by` lets it out, and then only when
    it is short, on one line and passes the tripwires of the door. No list holds what is not named in it.
    """
    if not is_declared and len(released_by.strip()) < 2:
        return "staat in geen enkele lijst, en niemand heeft het vrijgegeven"
    longest = LONGEST_TEXT if released_by else LONGEST_LABEL
    # Who releases a text has a name.
    return _out_of_form(text, longest) or _told(_kind_of_person(text, with_names=not released_by))


def circle_objection(text: str) -> str | None:
    """Why what somebody wrote in a learning circle is not kept, in Dutch words that teach; None where it may be.

    Nothing of it is quoted. A circle writes in the third person about work, so names are looked for too.
    """
    kind = _kind_of_person(text, with_names=True)
    if kind is not None:
        return f"Hier lijkt {kind} in te staan. {_TEACHING.get(kind, _TEACHING_ELSE)}"
    problem = _out_of_form(text, LONGEST_TEXT)
    return f"Deze tekst {problem}. Maak er één korte gedachte van, of twee kaarten." if problem else None


def _out_of_form(text: str, longest: int) -> str | None:
    if len(text) > longest:
        return f"is langer dan {longest} tekens"
    return None if text.isprintable() else "heeft meer dan één regel of vreemde tekens"


def _kind_of_person(text: str, *, with_names: bool) -> str | None:
    """The kind of personal data in a text; a postcode is looked for within it too, elsewhere it fills a cell."""
    found = find_identifier([text, *_CAPITALS_AFTER_DIGITS.findall(text)], are_labels=with_names)
    return found.kind if found else None


def _told(kind: str | None) -> str | None:
    return f"lijkt {kind} te bevatten" if kind else None


def delivery_label(name: str, number: int, municipality: str) -> str:
    """What a delivery is called outside: its number, and its name when that says a period and a municipality only.

    The number is that of its arrival, which the terminal of the researcher shows too. Never the hash behind its key:
    who knows the rows of everybody but one could try that one's scores until the hash fits.
    """
    known = _OF_DELIVERIES | set(folded(municipality).split())
    rest = " ".join(word for word in folded(name).split() if word not in known)
    may_leave = objection(name, is_declared=_PERIOD.fullmatch(rest) is not None) is None
    return f"{name} (nr. {number})" if may_leave else f"nr. {number}"
