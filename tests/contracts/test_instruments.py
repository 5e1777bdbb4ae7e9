"""Instruments and editions: names by folded text and edition, never by position; what may be compared."""

import pytest

from data_contracts.mapping.file import FileMapping
from data_contracts.vocabulary.field import (
    COMPARABLE_ACROSS_EDITIONS,
    DOMAINS,
    EDITIONS,
    STRUCTURAL_CEILINGS,
    AgeBand,
    Edition,
    Instrument,
    LifeDomain,
)
from data_contracts.vocabulary.names import domain_named

NAMES = {
    Edition.ZRM_2010: """Inkomen; Dagbesteding; Huisvesting; Gezinsrelaties; Geestelijke gezondheid; Fysieke gezondheid;
        Verslaving; ADL vaardigheden; Sociaal netwerk; Maatschappelijke participatie; Justitie""",
    Edition.ZRM_2013: """Financiën; Dagbesteding; Huisvesting; Huiselijke relaties; Geestelijke gezondheid;
        Lichamelijke gezondheid; Verslaving; Activiteiten Dagelijks Leven; Sociaal netwerk;
        Maatschappelijke participatie; Justitie""",
    Edition.ZRM_2017: """Financiën; Werk & Opleiding; Tijdsbesteding; Huisvesting; Huiselijke relaties;
        Geestelijke gezondheid; Lichamelijke gezondheid; Middelengebruik; Basale ADL; Instrumentele ADL;
        Sociaal netwerk; Maatschappelijke participatie; Justitie""",
    Edition.SELF_2016: """Geldzaken; Werk en opleiding; Tijdsbesteding; Relaties thuis; Woning; Geestelijke gezondheid;
        Lichamelijke gezondheid; Verslaving; Zelfzorg; Dagelijkse activiteiten; Sociaal netwerk;
        Inzet voor de maatschappij; Justitie""",
    Edition.HOUSEHOLD_2020: """Financiën op huishoudniveau; Huisvesting; Organisatie van huishouden;
        Huiselijke relaties; Sociale omgeving; Gezinsstructuur; Lichamelijke verzorging; Emotionele ondersteuning;
        Socialisering; Opvang; Scholing""",
}


@pytest.mark.parametrize("edition", NAMES)
def test_every_printed_name_is_a_domain_of_its_edition(edition: Edition) -> None:
    found = [domain_named(name.strip(), edition) for name in NAMES[edition].split(";")]
    assert set(found) == set(DOMAINS[edition]) and len(found) == len(DOMAINS[edition])


def test_a_name_of_another_edition_is_not_taken_for_a_near_one() -> None:
    assert domain_named("Dagbesteding", Edition.ZRM_2017) is None
    assert domain_named("Middelengebruik", Edition.ZRM_2013) is None


def test_mijn_zrm_lists_home_relations_before_the_home_so_position_would_swap_them() -> None:
    printed = [domain_named(name.strip(), Edition.SELF_2016) for name in NAMES[Edition.SELF_2016].split(";")]
    assert printed[3:5] == [LifeDomain.DOMESTIC_RELATIONS, LifeDomain.HOUSING]
    assert DOMAINS[Edition.SELF_2016][3:5] == (LifeDomain.HOUSING, LifeDomain.DOMESTIC_RELATIONS)


def test_every_edition_belongs_to_one_instrument() -> None:
    assert sorted(edition for editions in EDITIONS.values() for edition in editions) == sorted(Edition)


def test_renamed_split_and_changed_domains_are_not_comparable() -> None:
    adult = [set(DOMAINS[edition]) for edition in EDITIONS[Instrument.ADULT]]
    assert set.intersection(*adult) == COMPARABLE_ACROSS_EDITIONS


def test_a_pensioner_reaches_at_most_two_on_daytime_activities() -> None:
    assert STRUCTURAL_CEILINGS[LifeDomain.DAYTIME_ACTIVITIES, AgeBand.FROM_67] == 2


def test_mijn_zrm_is_filled_in_by_the_client() -> None:
    file = {
        "match": "mijn.csv",
        "table": "assessments",
        "columns": {"client_key": "Client", "assessed_on": "Datum"},
        "scores": {"finances": "Geldzaken"},
        "edition": "mijn_zrm_2016",
    }
    assert FileMapping(**file, rater_type="client").edition == Edition.SELF_2016
    with pytest.raises(ValueError, match="vult de cliënt zelf in"):
        FileMapping(**file)


@pytest.mark.parametrize("domain", list(LifeDomain))
def test_a_life_domain_is_known_by_its_own_code_too(domain: LifeDomain) -> None:
    # A reply in the wizard is a code, and it ends up in mapping.yaml.
    assert domain_named(domain.value) is domain
