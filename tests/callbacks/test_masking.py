"""What is somebody's own is hidden, in values as in their text; nothing else is touched."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vibes_desktop.callbacks.masking import masked, masked_bytes, masked_cell, masked_sentence
from vibes_desktop.callbacks.pile import Pile
from vibes_desktop.callbacks.sentences import sentence

PERSONAL = ("13125550143", "3125550143", "CUST-0042", "Robin", "when do you open", "token-of-a-sample")
LEAVES = st.none() | st.booleans() | st.integers(-999, 999) | st.text(max_size=12)
KEYS = (
    st.sampled_from(["mdn", "id", "name", "custom_fields", "subscription_list", "url", "x\u00e9", 'a"b'])
    | st.text()
)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20)


@pytest.mark.parametrize("part", ["types", "defects"])
def test_no_sample_gives_anything_away(part: str, samples: Path) -> None:
    for file in sorted((samples / part).iterdir()):
        text = masked_bytes(file.read_bytes()).decode()
        assert not [word for word in PERSONAL if word in text], file.name
        assert "•" in text or not any(word in file.read_text() for word in PERSONAL)


def test_what_is_nobodys_own_stays(samples: Path) -> None:
    text = (samples / "types" / "subscription_removed.json").read_text()
    shown = text.replace("CUST-0042", "C•••").replace("+13125550143", "+•••••••••43")
    assert masked_bytes(text.encode()).decode() == shown
    assert masked(json.loads(text)) == json.loads(shown)


@given(VALUES)
def test_values_and_their_text_are_hidden_alike(value: Any) -> None:
    for text in (json.dumps({"a": value}), json.dumps({"a": value}, ensure_ascii=False, indent=1)):
        whole = text.encode("utf-8", "replace")
        assert json.loads(masked_bytes(whole)) == masked(json.loads(whole))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            '{"person":{"name":"Robin"},"subscription_list":{"name":"Deals"}}',
            '{"person":{"name":"R•••"},"subscription_list":{"name":"Deals"}}',
        ),
        ('{"unheard_of": "secret", "n": 12345}', '{"unheard_of": "s•••", "n": "1•••"}'),
        ('{"url":"/x?who=a.b@c.example&n=%2B13125550143"}', '{"url":"/x?who=a•••&n=%•••"}'),
        (
            '{"mdn":"\\u002b1312555\\u0030143","a":"\\u00c9ric"}',
            (
                '{"mdn":"+\\u2022\\u2022\\u2022\\u2022\\u2022\\u2022\\u2022\\u2022\\u202243","a":"\\u'
                '00c9\\u2022\\u2022\\u2022"}'
            ),
        ),
        ('{"event_id":"1","participant":{"mdn:"+13125550143"}}', None),
        ('{"event_id":"1","participant":{"mdn":"+1312555', '{"event_id":"1","participant":{"mdn":"+•••••55'),
        ('{"event_id":"1","unheard_of":"secr', '{"event_id":"1","unheard_of":"s•••'),
        ("call 312-555-0143 at once", "call •••-•••-••43 at once"),
        ("<mo><from>13125550143</from>\n</mo>", "<mo><from>•••••••••43</from>\n</mo>"),
        ('<mo id="7"><text>Robin</text></mo>', '<mo id="7"><text>R•••</text></mo>'),
        (
            '{"custom_fields":{"id":"7","a":[1,"xyzw"],"b":true},"event_id":7}',
            '{"custom_fields":{"id":"•••","a":["•••","x•••"],"b":true},"event_id":7}',
        ),
    ],
)
def test_odd_places(text: str, shown: str | None) -> None:
    hidden = masked_bytes(text.encode()).decode()
    assert shown is None or hidden == shown
    assert "13125550143" not in hidden


def test_bytes_that_are_no_text() -> None:
    assert b"13125550143" not in masked_bytes(b'{"mdn":"+13125550143\xff","\xff":"+13125550143"}')


def test_cells_and_sentences(samples: Path) -> None:
    assert masked_cell("mdn", "+13125550143") == "+•••••••••43"
    assert masked_cell("external_person_id", "CUST-0042") == "C•••"
    assert masked_cell("list", "1234") == "1234"
    for payload in Pile([str(samples)]).payloads():
        said = masked_sentence(payload, sentence(payload))
        assert "0143" not in said
        assert "CUST" not in said
