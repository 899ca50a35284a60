"""The 17 callback types and their documented fields, as data (callbacks.md §2–§4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Holds(Enum):
    """What a documented field holds."""

    TEXT = auto()  # an identifier or a word; a number is accepted without a remark
    TIME = auto()
    FLAG = auto()
    OBJECT = auto()
    PHONE = auto()
    ADDRESS = auto()  # a relative URL


@dataclass(frozen=True, slots=True)
class Field:
    """One documented field. `required`: present in every full example of the family."""

    path: str
    holds: Holds = Holds.TEXT
    required: bool = False
    values: frozenset[str] = frozenset()  # compared without case; empty where the set is open
    deprecated: str = ""  # what to use instead; empty where it isn't
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class CallbackType:
    """One registrable type: its name, the member that carries its data, its fields."""

    name: str
    payload_key: str
    fields: tuple[Field, ...]


OPT_OUT_REASONS = (
    "user_opt_out",
    "disconnect",
    "list_archived",
    "bulk_opt_out",
    "failed_at_carrier",
    "obsolete_carrier",
    "platform_opt_out",
    "keyword_opt_out",
    "api_opt_out",
    "button_opt_out",
)


def _required(path: str, holds: Holds = Holds.TEXT, *values: str) -> Field:
    return Field(path, holds, required=True, values=frozenset(values))


def _optional(path: str, holds: Holds = Holds.TEXT, *values: str) -> Field:
    return Field(path, holds, values=frozenset(values))


ENVELOPE = (
    _required("event_id"),
    _required("event_date", Holds.TIME),
    _optional("callback_type"),
    Field("event_type", deprecated="callback_type"),
    _optional("callback_id"),
    _optional("delivery_attempt"),
)
SUBSCRIPTION_ADDED = (
    *ENVELOPE,
    _required("subscription", Holds.OBJECT),
    _required("subscription.person", Holds.OBJECT),
    _optional("subscription.person.id"),
    _optional("subscription.person.external_id"),
    _optional("subscription.person.external_person_id"),
    _optional("subscription.person.person_key"),
    _optional("subscription.person.mobile_phone", Holds.OBJECT),
    _optional("subscription.person.mobile_phone.mdn", Holds.PHONE),
    _optional("subscription.person.url", Holds.ADDRESS),
    _required("subscription.subscription_list", Holds.OBJECT),
    _required("subscription.subscription_list.id"),
    _optional("subscription.subscription_list.url", Holds.ADDRESS),
    _required("subscription.opt_in_date", Holds.TIME),
    _optional("subscription.acquisition_campaign", Holds.OBJECT),
    _optional("subscription.acquisition_campaign.id"),
    _optional("subscription.acquisition_campaign.url", Holds.ADDRESS),
    _optional("subscription.url", Holds.ADDRESS),
)
SUBSCRIPTION_REMOVED = (
    *SUBSCRIPTION_ADDED,
    _required("subscription.opt_out_date", Holds.TIME),
    _required("subscription.opt_out_reason", Holds.TEXT, *OPT_OUT_REASONS),
)
PERSON = (
    *ENVELOPE,
    _required("person", Holds.OBJECT),
    _required("person.person_id"),
    _optional("person.person_key"),
    _optional("person.external_person_id"),
    _optional("person.mobile_phone", Holds.OBJECT),
    _optional("person.mobile_phone.mdn", Holds.PHONE),
    _optional("person.mobile_phone.carrier_code"),
    _optional("person.timezone"),
    _optional("person.timezone_source", Holds.TEXT, "area_code", "api"),
    _optional("person.custom_fields", Holds.OBJECT),
    _optional("person.created_at", Holds.TIME),
    _optional("person.updated_at", Holds.TIME),
    _optional("person.url", Holds.ADDRESS),
)


def _participant(*states: str) -> tuple[Field, ...]:
    return (
        *ENVELOPE,
        _required("participant", Holds.OBJECT),
        _required("participant.person", Holds.OBJECT),
        _required("participant.person.id"),
        _optional("participant.person.external_id"),
        _optional("participant.person.mobile_phone", Holds.OBJECT),
        _optional("participant.person.mobile_phone.mdn", Holds.PHONE),
        _optional("participant.person.url", Holds.ADDRESS),
        _required("participant.acquisition_campaign", Holds.OBJECT),
        _required("participant.acquisition_campaign.id"),
        _optional("participant.acquisition_campaign.description"),
        _optional("participant.acquisition_campaign.url", Holds.ADDRESS),
        _optional("participant.acquisition_campaign.keyword"),
        _required("participant.participation_date", Holds.TIME),
        _optional("participant.expire_date", Holds.TIME),
        _required("participant.status", Holds.TEXT, *states),
        _optional("subscription_list", Holds.OBJECT),
        _optional("subscription_list.id"),
        _optional("subscription_list.url", Holds.ADDRESS),
    )


PARTICIPANT_ADDED = _participant("PENDING")
PARTICIPANT_CHANGED = _participant("CONFIRMED", "REJECTED")
DEVICE = (
    *ENVELOPE,
    _required("person", Holds.OBJECT),
    _required("person.person_id"),
    _optional("person.external_id"),
    _optional("person.url", Holds.ADDRESS),
    _required("push_device", Holds.OBJECT),
    _required("push_device.app_id"),
    _required("push_device.vibes_device_id"),
    Field("push_device.push_token", nullable=True),
    _optional("push_device.device_os", Holds.TEXT, "ANDROID", "IOS"),
    _optional("push_device.url", Holds.ADDRESS),
)
SUBSCRIPTION_LIST = (
    *ENVELOPE,
    _required("subscription_list", Holds.OBJECT),
    _required("subscription_list.id"),
    _required("subscription_list.name"),
    _optional("subscription_list.url", Holds.ADDRESS),
    _optional("subscription_list.subscribers_url", Holds.ADDRESS),
    _optional("subscription_list.acquisition_campaigns_url", Holds.ADDRESS),
)
UNMATCHED_MESSAGE = (
    *ENVELOPE,
    _required("participant", Holds.OBJECT),
    _required("participant.mdn", Holds.PHONE),
    _optional("participant.carrier_id"),
    _optional("source_code", Holds.OBJECT),
    _optional("source_code.company_key"),
    _optional("source_code.code"),
    _optional("source_code.country_code"),
    _optional("source_code.code_type", Holds.TEXT, "SC", "ANC"),
    _optional("source_code.default_response"),
    _optional("source_code.response_sent", Holds.FLAG),
    _required("message"),
    _optional("message_id"),
    _optional("txn_id"),
    _optional("receipt_date", Holds.TIME),
)
EVENT_PROCESSED = (
    *ENVELOPE,
    _required("event_processed", Holds.OBJECT),
    _required("event_processed.event_id"),
    _required("event_processed.event_type"),
    _optional("event_processed.event_data", Holds.OBJECT),
    _optional("event_processed.event_data.*"),
    _optional("event_processed.debug_data", Holds.OBJECT),
    _optional("event_processed.debug_data.*"),
    _optional("event_processed.action", Holds.OBJECT),
    _optional("event_processed.action.type"),
    _optional("event_processed.action.status"),
    _optional("event_processed.action.status_reason"),
    _optional("event_processed.action.resource_url", Holds.ADDRESS),
)
WALLET_ITEM = (
    *ENVELOPE,
    _required("wallet_instance", Holds.OBJECT),
    Field("wallet_instance.registered_at", Holds.TIME, nullable=True),
    Field("wallet_instance.unregistered_at", Holds.TIME, nullable=True),
    _required("wallet_instance.wallet_instance_uid"),
    _optional("wallet_instance.provider", Holds.TEXT, "google", "apple"),
    _required("wallet_item", Holds.OBJECT),
    _required("wallet_item.uuid"),
    _optional("wallet_item.wallet_object_uid"),
    Field("wallet_item.expiration_date", nullable=True),
    _optional("wallet_item.tokens", Holds.OBJECT),
    _optional("wallet_item.tokens.*"),
    _optional("wallet_item.url", Holds.ADDRESS),
    _optional("wallet_campaign", Holds.OBJECT),
    _optional("wallet_campaign.wallet_campaign_uid"),
    _optional("wallet_campaign.token"),
    _optional("wallet_campaign.url", Holds.ADDRESS),
)

TYPES = (
    CallbackType("subscription_added", "subscription", SUBSCRIPTION_ADDED),
    CallbackType("subscription_removed", "subscription", SUBSCRIPTION_REMOVED),
    CallbackType("person_added", "person", PERSON),
    CallbackType("person_updated", "person", PERSON),
    CallbackType("ack_participant_added", "participant", PARTICIPANT_ADDED),
    CallbackType("ack_participant_changed", "participant", PARTICIPANT_CHANGED),
    CallbackType("company_participant_added", "participant", PARTICIPANT_ADDED),
    CallbackType("company_participant_changed", "participant", PARTICIPANT_CHANGED),
    CallbackType("device_added", "push_device", DEVICE),
    CallbackType("device_removed", "push_device", DEVICE),
    CallbackType("device_updated", "push_device", DEVICE),
    CallbackType("subscription_list_added", "subscription_list", SUBSCRIPTION_LIST),
    CallbackType("subscription_list_updated", "subscription_list", SUBSCRIPTION_LIST),
    CallbackType("unmatched_message_received", "participant", UNMATCHED_MESSAGE),
    CallbackType("event_processed", "event_processed", EVENT_PROCESSED),
    CallbackType("wallet_item_install", "wallet_item", WALLET_ITEM),
    CallbackType("wallet_item_remove", "wallet_item", WALLET_ITEM),
)
BY_NAME = {each.name: each for each in TYPES}
FAMILIES = {  # what the shape alone can tell; `*` where it can't tell the rest
    "subscription_*": BY_NAME["subscription_added"],
    "person_*": BY_NAME["person_updated"],
    "*_participant_*": BY_NAME["ack_participant_added"],
    "device_*": BY_NAME["device_updated"],
    "subscription_list_*": BY_NAME["subscription_list_updated"],
    "wallet_item_*": BY_NAME["wallet_item_install"],
}
