"""Names and birth dates of people in what should be labels: a tripwire for the usual Dutch ways to write them."""

from __future__ import annotations

import re

BETWEEN = r"(?:(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Hh]et|'t|[Tt]en|[Tt]er|[Ee]l|[Aa]l|[Bb]en)\s+)"
NAME = r"[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?"
INITIALS = r"(?:(?:[A-Z]\.\s?){1,4})"
# First names of which a capitalised word behind them makes a person; not those that are words or parts of towns too.
_FIRST_NAMES = (
    "Jan|Johan|Johannes|Piet|Pieter|Peter|Kees|Cornelis|Henk|Hendrik|Willem|Gerrit|Dirk|Klaas|"
    "Jeroen|Martijn|Marcel|Erik|Frank|Paul|Rob|Robert|Ronald|Edwin|Sander|Bas|Tim|Tom|Thomas|Daan|"
    "Lars|Luuk|Bram|Sem|Finn|Jesse|Ruben|Stijn|Niels|Maarten|Wouter|Michiel|Arjan|Jaap|Joop|Theo|"
    "Hans|Wim|Ton|Ad|Cees|Bert|Gerard|Marco|Dennis|Patrick|Richard|Michel|Maria|Anna|Johanna|"
    "Elisabeth|Cornelia|Wilhelmina|Hendrika|Catharina|Margaretha|Petra|Monique|Esther|Ingrid|Sandra|"
    "Linda|Marieke|Marjan|Annemarie|Anja|Karin|Yvonne|Angela|Wendy|Miranda|Kim|Lisa|Sanne|Eva|"
    "Sophie|Julia|Emma|Tess|Lotte|Fleur|Femke|Iris|Nina|Mila|Saar|Ans|Riet|Truus|Greet|Corrie|"
    "Bep|Tineke|Hanneke|Marijke|Joke|Ria|Els|Mieke|Mohamed|Mohammed|Ahmed|Ali|Hassan|Ibrahim|"
    "Youssef|Omar|Mustafa|Mehmet|Murat|Fatima|Aicha|Khadija|Naima|Samira|Fatma|Ayse|Emine|Zeynep|"
    "Yasmina|Nour|Amina|Karim|Rachid|Abdel|Abdullah"
)
_SURNAMES = (
    "Jansen|Janssen|Bakker|Visser|Smit|Smits|Meijer|Meyer|Mulder|Bos|Vos|Peters|Hendriks|Dekker|"
    "Dijkstra|Janssens|Kok|Jacobs|Vermeulen|Schouten|Willems|Hoekstra|Koster|Verhoeven|Prins|Huisman|"
    "Peeters|Postma|Kuipers|Kramer|Brouwer|Yilmaz|Kaya|Demir|Aydin|Hassan|Mohamed"
)
_PLACE = r"(?!\w*(?:straat|laan|plein|weg|wijk|buurt|kade|hof|park|school|huis|kwartier)\b)"
_NAMES = re.compile(
    "|".join(
        (
            rf"\b(?:[Dd]hr|[Mm]evr|[Mm]w|[Dd]e heer|[Mm]evrouw|[Mm]eneer)\b\.?\s+{INITIALS}?\s*{BETWEEN}*{NAME}",
            rf"\b{INITIALS}\s*(?:{BETWEEN}+{_PLACE}{NAME}|(?:{_SURNAMES})\b)",
            rf"\b{NAME},\s*(?:{INITIALS}|(?:{_FIRST_NAMES})\b)",
            rf"\b(?:{_FIRST_NAMES})\s+{BETWEEN}*{_PLACE}{NAME}",
        )
    )
)
_DATE = r"(?<!\d)(?:\d{1,2}[-/. ]\d{1,2}[-/. ](?:\d{2}|(?:19|20)\d\d)|(?:19|20)\d\d-\d\d-\d\d)(?!\d)"
_BORN = re.compile(rf"(?:\bgeb(?:oren|oortedatum)?\b|\bgeb\.|°|\*)\W{{0,3}}(?:op\s+)?{_DATE}", re.IGNORECASE)
# A date behind words, so long ago that it is no date of registration.
_LONG_AGO = re.compile(r"[A-Za-z]{2}[^\n]*?(?<!\d)(?:\d{1,2}[-/.]\d{1,2}[-/.]19\d\d|19\d\d-\d\d-\d\d)(?!\d)")


def person_in_label(text: str) -> str | None:
    """The kind of thing about a person that a label holds, or None."""
    if _BORN.search(text) or _LONG_AGO.search(text):
        return "een geboortedatum"
    return "een naam" if _NAMES.search(text) else None
