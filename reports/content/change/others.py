"""Change on the ZRM for youths and for households: instruments of their own, beside that for adults."""

from __future__ import annotations

from reports.content.change.figures import compared_domains, share_figure
from reports.content.parts import Heading, Part, Text
from reports.language import terms
from reports.released.source import Source

_WHAT = {
    "zrm_youth": "Van jongeren van 12 tot en met 17 jaar, met eigen omschrijvingen per score.",
    "zrm_household": "Over een huishouden als geheel. Staat het huishouden bij elk gezinslid in de levering, dan telt "
    "het zo vaak mee; de marges rekenen met teams, en worden daar niet te smal van.",
}


def youths_and_households(source: Source) -> list[Part]:
    """Shares up, equal and down between the leading moments; what the approach did stands with the other outcomes."""
    parts: list[Part] = []
    for subject, name in terms.OF_OTHERS.items():
        compared = compared_domains(source, source.main_pair, subject)
        if compared is not None:
            parts += [Heading(f"ZRM-{name}"), Text(_WHAT[subject]), share_figure(compared)]
    return parts
