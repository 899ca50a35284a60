"""The columns of a clean callback, decoded from just the fields that they need.

Only what is beyond doubt: strict JSON, a documented type, texts where texts are documented. Everything
else is refused here and read in full; both ways give the same columns (tests/callbacks/test_fast.py).
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from vibes_desktop.callbacks.callback_types import TYPES

TYPE_CODES = {each.name: code for code, each in enumerate(TYPES, 1)}
ATTEMPTS: dict[str | None, int] = {None: 0}
ATTEMPTS.update((str(number), number) for number in range(1, 100))

Places: TypeAlias = npt.NDArray[np.int64]
FastRow: TypeAlias = tuple[
    int, str | None, str | None, int, str | None, str | None, str | None, str | None,
    str | None, str | None, str | None, str | None, str | None,
]  # fmt: skip


class _Phone(msgspec.Struct, gc=False):
    mdn: str | None = None


class _Id(msgspec.Struct, gc=False):
    id: str | None = None


class _Person(msgspec.Struct, gc=False):
    id: str | None = None
    person_id: str | None = None
    person_key: str | None = None
    external_id: str | None = None
    external_person_id: str | None = None
    mobile_phone: _Phone | None = None
    mobile: _Phone | None = None
    mdn: str | None = None


class _Subscription(msgspec.Struct, gc=False):
    person: _Person | None = None
    subscription_list: _Id | None = None
    acquisition_campaign: _Id | None = None
    opt_in_date: str | None = None
    opt_out_date: str | None = None
    opt_out_reason: str | None = None


class _Participant(msgspec.Struct, gc=False):
    person: _Person | None = None
    acquisition_campaign: _Id | None = None
    subscription_list: _Id | None = None
    mdn: str | None = None


class _Data(msgspec.Struct, gc=False):
    person_key: str | None = None
    person_id: str | None = None
    external_person_id: str | None = None
    external_id: str | None = None
    mdn: str | None = None
    mobile_phone: _Phone | None = None


class _Processed(msgspec.Struct, gc=False):
    event_data: _Data | None = None


class _Event(msgspec.Struct, gc=False):
    callback_type: str
    event_type: str | None = None
    event_id: str | None = None
    event_date: str | None = None
    delivery_attempt: str | None = None
    subscription: _Subscription | None = None
    person: _Person | None = None
    participant: _Participant | None = None
    subscription_list: _Id | None = None
    event_processed: _Processed | None = None
    destination: msgspec.Raw | None = None


_decode = msgspec.json.Decoder(_Event).decode
_decode_lines = msgspec.json.Decoder(_Event).decode_lines
OPENING_BRACE, CLOSING_BRACE, RETURN = b"{}\r"
LINES_AT_ONCE = 64  # one that is damaged makes all of them be decoded one by one
REFUSED = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


def is_harmless(text: bytes) -> bool:
    """Tell that the fields the decoder skips can't hold what a strict reader would refuse."""
    if b"\\" in text and (b"\\ud" in text or b"\\uD" in text):  # perhaps half of a surrogate pair
        return False
    if text.isascii():
        return True
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def fast_row(line: bytes, *, harmless: bool = False) -> FastRow | None:
    """Decode a line; None where it must be read in full. `harmless`: it is known to be.

    The row: type code, event ID, event date, attempt, person key, person ID, external ID, MDN, list,
    campaign, reason, opt-in, opt-out.
    """
    try:
        event = _decode(line)
    except REFUSED:
        return None
    if line[0] != OPENING_BRACE or not (harmless or is_harmless(line)):
        return None
    return _row_of(event)


def fast_rows(text: bytes, starts: Places, ends: Places) -> list[FastRow | None]:
    """Decode the lines of a text, as `fast_row` does each, given where each begins and ends."""
    letters = np.frombuffer(text, np.uint8)
    closing = letters[np.maximum(ends - 1, 0)]
    closed = (closing == CLOSING_BRACE) | (
        (closing == RETURN) & (letters[np.maximum(ends - 2, 0)] == CLOSING_BRACE)
    )
    regular = (letters[starts] == OPENING_BRACE) & closed & (ends > starts)
    begins, stops = starts.tolist(), ends.tolist()
    harmless = is_harmless(text)
    rows: list[FastRow | None] = []
    for first in range(0, len(begins), LINES_AT_ONCE):
        last = min(first + LINES_AT_ONCE, len(begins))
        piece = range(first, last)
        found = None
        if harmless and regular[first:last].all():
            found = _of_regular(text[begins[first] : stops[last - 1]], len(piece))
        rows += found or [fast_row(text[begins[line] : stops[line]], harmless=harmless) for line in piece]
    return rows


def _of_regular(text: bytes, lines: int) -> list[FastRow | None] | None:
    """Decode lines that all look like objects: as many objects as lines are one on each.

    No object can go on to the next line: after a brace that closes, none may open.
    """
    try:
        events = _decode_lines(text)
    except REFUSED:
        return None
    return list(map(_row_of, events)) if len(events) == lines else None


def _row_of(event: _Event) -> FastRow | None:
    """Choose the reader for what the event is about; the most frequent one is written out here."""
    code = TYPE_CODES.get(event.callback_type)
    attempt = ATTEMPTS.get(event.delivery_attempt)
    if code is None or attempt is None or event.destination:
        return None
    if event.event_type is not None and event.event_type != event.callback_type:
        return None
    holder = event.subscription
    if event.event_processed is not None:
        return _of_processed(event, event.event_processed, code, attempt)
    if holder is None:
        return _of_other(event, code, attempt)
    person, listed, campaign = holder.person, holder.subscription_list, holder.acquisition_campaign
    if person is None or event.person or event.participant or listed is None or not listed.id:
        return None
    if campaign is not None and not campaign.id:
        return None
    phone = person.mobile_phone or person.mobile
    return (
        code,
        event.event_id,
        event.event_date,
        attempt,
        person.person_key,
        person.person_id or person.id,
        person.external_person_id or person.external_id,
        (phone.mdn if phone else None) or person.mdn,
        listed.id,
        campaign.id if campaign else None,
        holder.opt_out_reason,
        holder.opt_in_date,
        holder.opt_out_date,
    )


def _of_processed(event: _Event, holder: _Processed, code: int, attempt: int) -> FastRow | None:
    if event.subscription or event.person or event.participant or event.subscription_list:
        return None
    data = holder.event_data or _Data()
    return (
        code,
        event.event_id,
        event.event_date,
        attempt,
        data.person_key,
        data.person_id,
        data.external_person_id or data.external_id,
        data.mdn or (data.mobile_phone.mdn if data.mobile_phone else None),
        None,
        None,
        None,
        None,
        None,
    )


def _of_other(event: _Event, code: int, attempt: int) -> FastRow | None:
    holder, person, listed, campaign = event.participant, event.person, event.subscription_list, None
    mdn = None
    if holder is not None:
        if person is not None:
            return None
        person, campaign, mdn = holder.person, holder.acquisition_campaign, holder.mdn
        if holder.subscription_list is not None:
            return None
    if (listed is not None and not listed.id) or (campaign is not None and not campaign.id):
        return None
    if person is None:
        person = _Person()
    return (
        code,
        event.event_id,
        event.event_date,
        attempt,
        person.person_key,
        person.person_id or person.id,
        person.external_person_id or person.external_id,
        _mdn(person) or mdn,
        listed.id if listed else None,
        campaign.id if campaign else None,
        None,
        None,
        None,
    )


def _mdn(person: _Person) -> str | None:
    phone = person.mobile_phone or person.mobile
    return (phone.mdn if phone else None) or person.mdn
