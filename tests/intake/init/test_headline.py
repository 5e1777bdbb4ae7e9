"""What the wizard puts forward as the domains on which the answer rests."""

from __future__ import annotations

import pytest

from data_contracts.vocabulary.field import DOMAINS, Edition
from pipelines.init.study_entry import HEADLINE


@pytest.mark.parametrize("edition", DOMAINS)
def test_every_edition_has_a_domain_to_put_forward(edition: Edition) -> None:
    assert set(HEADLINE) & set(DOMAINS[edition])
