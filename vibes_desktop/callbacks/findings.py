"""What is odd in a payload that could be read: rules as small functions over the table of types."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from vibes_desktop.callbacks.callback_types import BY_NAME, FAMILIES, CallbackType, Field, Holds
from vibes_desktop.callbacks.dates import parse_ms
from vibes_desktop.callbacks.matching import digits_of
from vibes_desktop.callbacks.payload import Facts, Finding, Json, JsonObject, Severity

FUTURE_MS = 24 * 3600 * 1000  # clocks and zones differ; beyond a day it is no clock
PLACEHOLDER = re.compile(r"/(:[a-z_]+|\{[A-Za-z_]+\}|<[A-Za-z_ ]+>)(?=/|$|\?)")
MDN = re.compile(r"\+?[0-9]{10,15}")
SPELLINGS = (  # the end of the path of the object that holds them, and the spellings (callbacks.md §6)
    ("", ("external_id", "external_person_id")),
    ("", ("carrier_code", "carrier_id")),
    ("", ("created_at", "created_date")),
    ("", ("updated_at", "updated_date")),
    ("", ("mobile_phone", "mobile")),
    ("person.", ("id", "person_id")),
    ("device.", ("device_os", "os", "OS")),
    ("subscription_list.", ("id", "list_id", "subscription_list_id")),
    ("campaign.", ("id", "campaign_id", "acquisition_id")),
)
CUSTOMERS_OWN = frozenset(("custom_fields", "event_data", "debug_data", "tokens"))
FOUR_HUNDRED, FIVE_HUNDRED = 400, 500
CODES = {  # every code there is, in an order that never changes: a bit of a kept number stands for each
    "unreadable": Severity.ERROR,
    "cut_off": Severity.ERROR,
    "conflict": Severity.ERROR,
    "answered_4xx": Severity.ERROR,
    "redelivery": Severity.WARNING,
    "type_disagreement": Severity.WARNING,
    "unknown_type": Severity.WARNING,
    "missing_field": Severity.WARNING,
    "wrong_type": Severity.WARNING,
    "invalid_mdn": Severity.WARNING,
    "unreadable_date": Severity.WARNING,
    "future_date": Severity.WARNING,
    "opt_out_before_opt_in": Severity.WARNING,
    "unknown_value": Severity.WARNING,
    "duplicate_key": Severity.WARNING,
    "placeholder": Severity.WARNING,
    "spelling_disagreement": Severity.WARNING,
    "number_out_of_range": Severity.WARNING,
    "unknown_field": Severity.INFO,
    "deprecated_field": Severity.INFO,
    "type_by_shape": Severity.INFO,
    "unwrapped": Severity.INFO,
    "vibes_connect": Severity.INFO,
    "not_examined": Severity.INFO,
}


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule may look at. `now_ms` decides what lies in the future."""

    value: JsonObject
    type: CallbackType | None
    facts: Facts
    cut_off: bool
    answered: int | None
    now_ms: int


Rule = Callable[[Case], Iterator[Finding]]
MISSING = object()


def judge(case: Case) -> tuple[Finding, ...]:
    """Apply every rule."""
    return tuple(finding for rule in (*RULES_OF_SHAPE, *RULES_OF_CONTENT) for finding in rule(case))


@cache
def type_of(name: str | None) -> CallbackType | None:
    """Find the documented fields of a resolved type or family."""
    return None if name is None else BY_NAME.get(name) or FAMILIES.get(name)


def at(value: Json, path: str) -> object:
    """Follow a dotted path; MISSING where it leads nowhere."""
    for step in path.split("."):
        if not isinstance(value, dict) or step not in value:
            return MISSING
        value = value[step]
    return value


def _documented(case: Case) -> Iterator[Finding]:
    for field in case.type.fields if case.type else ():
        if not field.path.endswith("*"):
            yield from _field(case, field)


def _field(case: Case, field: Field) -> Iterator[Finding]:
    found = at(case.value, field.path)
    if found is MISSING or (found is None and not field.nullable):
        parent = field.path.rpartition(".")[0]
        if field.required and not case.cut_off and (not parent or isinstance(at(case.value, parent), dict)):
            yield Finding(Severity.WARNING, "missing_field", field.path, f"{field.path} is missing")
    elif found is not None:
        yield from _held(case, field, found)


def _held(case: Case, field: Field, found: object) -> Iterator[Finding]:
    if not _fits(field.holds, found):
        message = f"{field.path} should hold {NAMES[field.holds]}"
        yield Finding(Severity.WARNING, "wrong_type", field.path, message)
    elif field.holds is Holds.TIME:
        yield from _time(case, field.path, str(found))
    elif field.holds is Holds.PHONE:
        yield from _phone(field.path, str(found))
    elif field.holds is Holds.ADDRESS and PLACEHOLDER.search(str(found)):
        message = "The address still holds a placeholder; it is not followed"
        yield Finding(Severity.WARNING, "placeholder", field.path, message)
    elif field.values and str(found).lower() not in {value.lower() for value in field.values}:
        message = f'"{str(found)[:60]}" is not among the documented values'
        yield Finding(Severity.WARNING, "unknown_value", field.path, message)


NAMES = {
    Holds.TEXT: "text",
    Holds.TIME: "a date and time",
    Holds.FLAG: "true or false",
    Holds.OBJECT: "an object",
    Holds.PHONE: "a mobile number",
    Holds.ADDRESS: "an address",
}


def _fits(holds: Holds, found: object) -> bool:
    match holds:
        case Holds.OBJECT:
            return isinstance(found, dict)
        case Holds.FLAG:
            return isinstance(found, bool)
        case Holds.TEXT | Holds.PHONE:
            return isinstance(found, (str, int, float)) and not isinstance(found, bool)
        case _:
            return isinstance(found, str)


def _time(case: Case, path: str, text: str) -> Iterator[Finding]:
    milliseconds = parse_ms(text)
    if milliseconds is None:
        yield Finding(Severity.WARNING, "unreadable_date", path, f'"{text[:60]}" can\'t be read as a date')
    elif milliseconds > case.now_ms + FUTURE_MS and not path.endswith("expire_date"):
        yield Finding(Severity.WARNING, "future_date", path, "The date lies in the future")


def _phone(path: str, text: str) -> Iterator[Finding]:
    if not is_valid_number(text):
        message = "The mobile number is not a valid one"
        yield Finding(Severity.WARNING, "invalid_mdn", path, message)


@cache
def _rules_of_plan() -> Callable[[str], bool]:
    from vibes_desktop.model.phone import is_valid  # what it needs is loaded once a number is judged

    return is_valid


@lru_cache(maxsize=200_000)
def is_valid_number(text: str) -> bool:
    """Judge a number of either API version: with + and country code, or ten digits of North America."""
    if not MDN.fullmatch(text):
        return False
    ten_digits = 10
    return _rules_of_plan()(
        text if text.startswith("+") else f"+1{text}" if len(text) == ten_digits else f"+{text}"
    )


def _deprecated(case: Case) -> Iterator[Finding]:
    for field in case.type.fields if case.type else ():
        if field.deprecated and at(case.value, field.path) not in (MISSING, None):
            message = f"{field.path} is deprecated; {field.deprecated} takes its place"
            yield Finding(Severity.INFO, "deprecated_field", field.path, message)


def _spellings(case: Case) -> Iterator[Finding]:
    """Two spellings of one thing that differ, anywhere down to the person's own object."""
    for path, old, one, other in spelled_twice(case.value):
        if not _is_same(one, other):
            message = f"{old} and {path.rpartition('.')[2]} mean the same, and differ"
            yield Finding(Severity.WARNING, "spelling_disagreement", path, message)


def _is_same(one: Json, other: Json) -> bool:
    """Compare two spellings' values: numbers and dates whatever their notation."""
    left, right = str(one), str(other)
    if left == right or (
        MDN.fullmatch(left) and MDN.fullmatch(right) and digits_of(left) == digits_of(right)
    ):
        return True
    moment = parse_ms(left)
    return moment is not None and moment == parse_ms(right)


def spelled_twice(value: JsonObject) -> Iterator[tuple[str, str, Json, Json]]:
    """Find what stands there in two spellings: the path of the other one, the first one, and both values."""
    for path, holder in objects_in(value):
        for ending, names in SPELLINGS:
            found = [name for name in names if holder.get(name) is not None and path.endswith(ending)]
            for name in found[1:]:
                one, other = holder[found[0]], holder[name]
                if isinstance(one, dict) and isinstance(other, dict):  # a phone's own object
                    one, other = one.get("mdn"), other.get("mdn")
                if one is not None and other is not None:
                    yield f"{path}{name}", found[0], one, other


def _numbers(case: Case) -> Iterator[Finding]:
    for path, found in numbers_elsewhere(case.value, case.type):
        if isinstance(found, str):
            yield from _phone(path, found)


def numbers_elsewhere(value: JsonObject, known: CallbackType | None) -> Iterator[tuple[str, Json]]:
    """Find mobile numbers that stand where the type documents none."""
    documented = {field.path for field in known.fields} if known else set()
    data = at(value, "event_processed.event_data")
    own = [("event_processed.event_data.", data)] if isinstance(data, dict) else []
    for path, holder in (*objects_in(value), *own):
        if holder.get("mdn") is not None and f"{path}mdn" not in documented:
            yield f"{path}mdn", holder["mdn"]


def objects_in(value: JsonObject, path: str = "", depth: int = 4) -> Iterator[tuple[str, JsonObject]]:
    """Give each object with its path, which ends in a point; what is a customer's own is passed over."""
    yield path, value
    for name, inner in value.items() if depth else ():
        if isinstance(inner, dict) and name not in CUSTOMERS_OWN:
            yield from objects_in(inner, f"{path}{name}.", depth - 1)


def _order(case: Case) -> Iterator[Finding]:
    opted_in, opted_out = case.facts.opt_in_ms, case.facts.opt_out_ms
    if opted_in is not None and opted_out is not None and opted_out < opted_in:
        message = "The opt-out lies before the opt-in"
        yield Finding(Severity.WARNING, "opt_out_before_opt_in", "subscription.opt_out_date", message)


def _answered(case: Case) -> Iterator[Finding]:
    if case.answered is not None and is_refusal(case.answered):
        message = f"The receiver answered {case.answered}: the platform does not deliver this event again"
        yield Finding(Severity.ERROR, "answered_4xx", "", message)


def is_refusal(answered: int) -> bool:
    """Tell whether a receiver's answer made the platform give up (callbacks.md §1)."""
    return FOUR_HUNDRED <= answered < FIVE_HUNDRED


def _unknown_fields(case: Case) -> Iterator[Finding]:
    """Members that no document names; only for types that we know."""
    if case.type is None:
        return
    known = _known_paths(case.type.name)
    for path, holder in objects_in(case.value):
        if path and path[:-1] not in known:
            continue
        for name in holder:
            if path + name not in known and f"{path}*" not in known and not _open(path + name):
                message = f"{path}{name} is not documented"
                yield Finding(Severity.INFO, "unknown_field", path + name, message)


def _open(path: str) -> bool:
    return path.endswith(("person.mobile", "person_key")) or "external_" in path or "custom_fields" in path


@cache
def _known_paths(name: str) -> frozenset[str]:
    return frozenset(field.path for field in BY_NAME[name].fields)


# What these look at is known to line_judge.py: the shape of a payload, and what documented fields hold.
RULES_OF_SHAPE: tuple[Rule, ...] = (
    _documented,
    _deprecated,
    _spellings,
    _numbers,
    _order,
    _answered,
    _unknown_fields,
)
# A rule that looks at anything else belongs here; every payload is then read in full.
RULES_OF_CONTENT: tuple[Rule, ...] = ()
