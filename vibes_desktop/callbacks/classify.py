"""What a payload is: which type of callback, or what else (callbacks.md §3, §5)."""

from __future__ import annotations

from dataclasses import dataclass

from vibes_desktop.callbacks.callback_types import BY_NAME
from vibes_desktop.callbacks.payload import Finding, Json, JsonObject, Kind, Severity

PAYLOAD_KEYS = frozenset(
    (
        "subscription",
        "person",
        "participant",
        "push_device",
        "subscription_list",
        "event_processed",
        "wallet_item",
        "wallet_instance",
    )
)
ENVELOPE_NAMES = frozenset(("event_id", "event_date", "delivery_attempt", "callback_id"))


@dataclass(frozen=True, slots=True)
class Classified:
    """The kind of a payload, its type where it is a callback, and what was odd about telling."""

    kind: Kind
    callback_type: str | None = None
    findings: tuple[Finding, ...] = ()


def classify(value: Json, *, cut_off: bool = False) -> Classified:
    """Tell what a value is; a cut-off one is not judged by what it lacks."""
    if not isinstance(value, dict):
        return Classified(Kind.OTHER)
    named = _named(value)
    if named is not None:
        return named
    shape = _shape(value, cut_off=cut_off)
    if shape is not None and not _is_bare_subscription(value):
        return Classified(Kind.CALLBACK, shape, (_by_shape(shape),))
    if cut_off and value.keys() & ENVELOPE_NAMES and not value.keys() & {"destination"}:
        return Classified(Kind.CALLBACK)  # it ends before it names its type
    return Classified(_other_kind(value))


def looks_like_payload(members: frozenset[str] | set[str]) -> bool:
    """Tell by its member names whether an object is no envelope but the payload itself."""
    if "callback_type" in members or "destination" in members or members & PAYLOAD_KEYS:
        return True
    return {"event_id", "event_date"} <= members or {"person_key", "custom_fields"} <= members


def _named(value: JsonObject) -> Classified | None:
    callback_type, event_type = _text(value, "callback_type"), _text(value, "event_type")
    if "destination" in value and "event_id" not in value and "event_date" not in value:
        return Classified(Kind.REGISTRATION)
    if callback_type is None and event_type is None:
        return None
    if callback_type is None and event_type not in BY_NAME and not value.keys() & PAYLOAD_KEYS:
        return None  # somebody else's event
    name = callback_type or event_type
    findings = []
    if callback_type and event_type and callback_type != event_type:
        findings.append(_disagreement(callback_type, event_type))
    if name not in BY_NAME:
        message = f'"{name}" is none of the 17 documented callback types'
        path = "callback_type" if callback_type else "event_type"
        findings.append(Finding(Severity.WARNING, "unknown_type", path, message))
    return Classified(Kind.CALLBACK, name, tuple(findings))


def _disagreement(callback_type: str, event_type: str) -> Finding:
    message = f"callback_type says {callback_type}, event_type says {event_type}"
    return Finding(Severity.WARNING, "type_disagreement", "event_type", message)


def _by_shape(shape: str) -> Finding:
    message = f"It names no type; its shape is that of {shape}"
    return Finding(Severity.INFO, "type_by_shape", "callback_type", message)


def _shape(value: JsonObject, *, cut_off: bool) -> str | None:
    keys = value.keys()
    if "event_processed" in keys:
        return "event_processed"
    if "wallet_item" in keys or "wallet_instance" in keys:
        return _wallet(value, cut_off=cut_off)
    if "subscription" in keys:
        return _subscription(value, cut_off=cut_off)
    if "push_device" in keys:
        return "device_*"
    if "participant" in keys:
        return _participant(value)
    if "person" in keys and isinstance(value["person"], dict):
        return "person_*" if not cut_off else None
    return "subscription_list_*" if "subscription_list" in keys else None


def _subscription(value: JsonObject, *, cut_off: bool) -> str | None:
    subscription = value["subscription"]
    if not isinstance(subscription, dict):
        return "subscription_*"
    if "opt_out_date" in subscription or "opt_out_reason" in subscription:
        return "subscription_removed"
    return "subscription_*" if cut_off else "subscription_added"


def _participant(value: JsonObject) -> str | None:
    participant = value["participant"]
    if not isinstance(participant, dict):
        return None
    if "acquisition_campaign" in participant or "participation_date" in participant:
        return "*_participant_*"
    return "unmatched_message_received" if "message" in value or "mdn" in participant else None


def _wallet(value: JsonObject, *, cut_off: bool) -> str:
    instance = value.get("wallet_instance")
    if not isinstance(instance, dict):
        return "wallet_item_*"
    if instance.get("unregistered_at") is not None:
        return "wallet_item_remove"
    return "wallet_item_*" if cut_off and "unregistered_at" not in instance else "wallet_item_install"


def _is_bare_subscription(value: JsonObject) -> bool:
    """A subscription as the API lists it, which has a person and a list but no event."""
    return "opt_in_date" in value and "event_id" not in value


def _other_kind(value: JsonObject) -> Kind:
    if "opt_in_date" in value and value.keys() & {"subscription_list", "person", "opt_out_date"}:
        return Kind.SUBSCRIPTION
    if isinstance(value.get("subscriptions"), list):
        return Kind.SUBSCRIPTION
    names = {"person_key", "person_id", "external_person_id", "mobile_phone", "custom_fields"}
    if len(value.keys() & names) > 1:
        return Kind.PERSON
    return Kind.CALLBACK if {"event_id", "event_date"} <= value.keys() else Kind.OTHER


def _text(value: JsonObject, name: str) -> str | None:
    found = value.get(name)
    return found.strip() or None if isinstance(found, str) else None
