"""Connects the calls with the record they are made from."""

from __future__ import annotations

from vibes_desktop.ui.people.calls.person_calls import PersonCalls
from vibes_desktop.ui.people.record_view import RecordView


def connect_calls(calls: PersonCalls, record: RecordView) -> None:
    """Let the record ask for the calls, and show on it what came of them."""
    subscriptions, notice = record.side.subscriptions, record.notice
    record.identity.number_wanted.connect(calls.change_number)
    subscriptions.stop_requested.connect(calls.stop)
    subscriptions.opt_in_requested.connect(calls.opt_in)
    subscriptions.why_requested.connect(calls.why)
    calls.said.connect(lambda words: notice.tell(words.tone, words.title, *words.sentences))
    calls.owed.connect(notice.tell_owed)
