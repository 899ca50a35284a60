"""The demo account: it hangs together, and has one of everything that a screen must cope with."""

from datetime import UTC, datetime

from vibes_desktop.sandbox.account import APP_ID, CAMPAIGNS, COMPANY_KEY, FIELDS, LISTS
from vibes_desktop.sandbox.campaigns import CampaignStatus
from vibes_desktop.sandbox.clock import parse_moment
from vibes_desktop.sandbox.fields import Field, FieldKind, accept

CHOICES = (FieldKind.SINGLE_CHOICE, FieldKind.MULTIPLE_CHOICE)
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def field(name: str) -> Field:
    """Find a custom field."""
    return next(each for each in FIELDS if each.name == name)


def test_every_name_and_id_is_there_once() -> None:
    for ids in (
        [each.name for each in FIELDS],
        [each.list_id for each in LISTS],
        [each.campaign_id for each in CAMPAIGNS],
        [keyword for each in CAMPAIGNS for keyword in each.keywords],
    ):
        assert len(ids) == len(set(ids))
    for each in FIELDS:
        keys = [option.option_key for option in each.options]
        option_ids = [option.id for option in each.options if option.id is not None]
        assert len(keys) == len(set(keys))
        assert len(option_ids) == len(set(option_ids))


def test_there_is_a_custom_field_of_every_kind() -> None:
    assert {each.kind for each in FIELDS} == set(FieldKind)
    names = {each.name for each in FIELDS}
    assert names >= {"first_name", "last_name", "email", "birthdate", "Home_Zip"}
    assert field("gender").kind is FieldKind.SINGLE_CHOICE
    assert field("favorite_stores").kind is FieldKind.MULTIPLE_CHOICE


def test_only_choices_have_options_and_each_can_be_chosen() -> None:
    for each in FIELDS:
        assert bool(each.options) is (each.kind in CHOICES)
        for option in each.options:
            alone = accept(each, [option.shown()] if each.kind is CHOICES[1] else option.shown())
            assert alone in (option.shown(), [option.shown()])


def test_options_are_as_odd_as_real_ones() -> None:
    assert None in {option.id for option in field("gender").options}
    assert {type(option.id) for each in FIELDS for option in each.options} == {int, str, type(None)}
    assert {option.active for option in field("favorite_stores").options} == {True, False}


def test_every_campaign_leads_to_a_list_of_the_account() -> None:
    assert {each.list_id for each in CAMPAIGNS} <= {each.list_id for each in LISTS}


def test_a_campaign_of_each_sort_can_be_tried() -> None:
    active = [each for each in CAMPAIGNS if each.status is CampaignStatus.ACTIVE]
    assert {each.asks_to_confirm for each in active} == {True, False}
    assert any(each.status is CampaignStatus.PAST for each in CAMPAIGNS)


def test_dates_of_a_campaign_agree_with_its_status() -> None:
    for each in CAMPAIGNS:
        end = None if each.end_date is None else parse_moment(each.end_date)
        assert parse_moment(each.start_date) < (end or NOW)
        assert (end is not None and end < NOW) is (each.status is CampaignStatus.PAST)


def test_keys_can_stand_in_an_address_as_they_are() -> None:
    keys = [COMPANY_KEY, APP_ID, *(each.list_id for each in LISTS), *(each.campaign_id for each in CAMPAIGNS)]
    assert all(key.replace("-", "").isalnum() and key.isascii() for key in keys)
