"""What a provision was for, and whether anybody may use it or the municipality granted it to one person."""

from __future__ import annotations

from data_contracts.vocabulary.field import Labelled

NOT_TOLD = "not_told"  # the life domain of a provision that a delivery says nothing of, or that the study may not use


class ProvisionKind(Labelled):
    """Preliminary provisions are open to all, without a decision; additional ones are granted to one person.

    The codes and names are those of the kinds of solution (field.py), of which these are the two heaviest.
    """

    PRELIMINARY = "preliminary", "voorliggende voorziening"
    INDIVIDUAL = "individual", "maatwerkvoorziening"
