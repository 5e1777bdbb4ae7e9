"""A small tree that holds every rule, as text, to be broken one rule at a time."""

from __future__ import annotations

from data_contracts.yaml_file import as_model
from indicators.results_logic.tree.model import Tree

SMALL = """\
schema_version: 1
id: klein
title: Een kleine boom
nodes:
  - id: redden
    level: why
    title: Inwoners redden zich
  - id: grip
    level: effect
    title: Inwoners hebben grip op hun geld
    noticed_by:
      - inwoner
  - id: regeling
    level: result
    title: Er loopt een regeling voor de schulden
  - id: eropaf
    level: approach
    title: Vroeg eropaf bij achterstanden
links:
  - id: grip-redden
    from: grip
    to: redden
    assumption: Rust in geld geeft ruimte.
  - id: regeling-grip
    from: regeling
    to: grip
    assumption: Een regeling geeft overzicht.
  - id: eropaf-regeling
    from: eropaf
    to: regeling
    assumption: Wie vroeg komt, regelt eerder iets.
indicators:
  - id: geld
    node: grip
    question: Verandert de zelfredzaamheid op Financiën?
    measure:
      name: mean_change
      life_domain: finances
      moment_to: m6
    expectation:
      direction: higher
      text: Eerst een daling, daarna herstel.
      after_months: 6
"""


def small_tree(old: str = "", new: str = "") -> Tree:
    """The small tree with one piece of its text replaced."""
    assert old in SMALL
    return as_model(SMALL.replace(old, new, 1), Tree, "boom.yaml")
