"""Tests of vibes_desktop.vibes.account."""

from __future__ import annotations

from base64 import b64decode

import pytest

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.vibes.account import Account


def account(username: str, password: str) -> Account:
    return Account("AcMe1", "https://Platform.test:443/base", username, ApiVersion.V2, password)


def test_signs_in_utf_8() -> None:
    kind, _, token = account("ana@example.com", "s3cret:pä€").authorization.partition(" ")
    assert kind == "Basic"
    assert b64decode(token).decode() == "ana@example.com:s3cret:pä€"


def test_knows_where_its_credentials_belong() -> None:
    assert account("ana", "p").origin == "https://platform.test"


@pytest.mark.parametrize(("username", "password"), [("ana:x", "p"), ("ana", "\ud800")])
def test_refuses_what_basic_can_not_carry(username: str, password: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        _ = account(username, password).authorization
    assert caught.value.field == ("username" if ":" in username else "password")


def test_tells_nothing_in_a_log() -> None:
    text = repr(account("ana", "s3cret"))
    for secret in ("AcMe1", "ana", "s3cret", "latform"):
        assert secret not in text
