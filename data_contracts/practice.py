"""The register of questions that practice asks, and which outcomes say something about each (praktijkvragen.yaml)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from data_contracts.errors import broken_rule
from data_contracts.part import Part
from data_contracts.vocabulary.field import ALL, Labelled, LifeDomain


class Theme(Labelled):
    """What a question is about."""

    VULNERABLE = "vulnerable", "Mensen in een kwetsbare positie"
    ACCESS = "access", "Toegang"
    INFORMAL_CARE = "informal_care", "Informele zorg"


class Asked(Part):
    """Outcomes that say something about a question; without `unit` in any, and without the others about the whole."""

    subject: Literal["zrm", "ladder", "experienced", "events", "provisions", "hours", "solutions"]
    life_domain: str = ALL
    what: str = ALL
    unit: str | None = None

    @model_validator(mode="after")
    def _life_domains_are_of_the_zrm(self) -> Asked:
        known = list(LifeDomain)
        if self.subject == "zrm" and self.life_domain == ALL:
            raise broken_rule("bij zrm hoort een leefgebied.", f"Kies uit: {', '.join(known)}.", "life_domain")
        if self.subject == "zrm" and self.life_domain not in known:
            what = f"'{self.life_domain}' is geen leefgebied."
            raise broken_rule(what, f"Kies uit: {', '.join(known)}.", "life_domain")
        if self.subject != "zrm" and self.life_domain in known:
            raise broken_rule("alleen bij zrm hoort een leefgebied.", "Haal het hier weg.", "life_domain")
        return self

    def fits(self, about: dict[str, str]) -> bool:
        """Whether an outcome is one of these."""
        named = {"subject": self.subject, "life_domain": self.life_domain, "what": self.what}
        return all(about[key] == value for key, value in named.items()) and self.unit in (None, about["unit"])


class PracticeQuestion(Part):
    """One question; `not_told` is what the outcomes leave open, also when there are many figures."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    theme: Theme
    question: str = Field(min_length=10)
    outcomes: list[Asked] = []
    not_told: str = Field(min_length=10)


class Practice(Part):
    """praktijkvragen.yaml."""

    schema_version: Literal[1]
    questions: list[PracticeQuestion] = Field(min_length=1)
