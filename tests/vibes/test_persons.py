"""Tests of vibes_desktop.vibes.persons: each call against the sandbox, each variant of an answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from vibes_desktop.model.errors import BadAnswer, BadRequest, Conflict, InvalidInput, NotFound, Unprocessable
from vibes_desktop.model.identifier import Identifier, IdentifierKind
from vibes_desktop.model.jsonvalue import JsonNumber, JsonObject, dump, obj, parse
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.sandbox.faults import Fault, FaultKind
from vibes_desktop.sandbox.people import (
    DEMO_EXTERNAL_ID,
    DEMO_MDN,
    DEMO_PERSON_ID,
    DEMO_PERSON_KEY,
    ODD_EXTERNAL_IDS,
    SHARED_MDN,
)
from vibes_desktop.sandbox.platform import MdnShape, NobodyFound, SuccessBody
from vibes_desktop.vibes.persons import full_person

if TYPE_CHECKING:
    from tests.vibes.conftest import Lab

KEY = Identifier(IdentifierKind.PERSON_KEY, DEMO_PERSON_KEY)
EXTERNAL = Identifier(IdentifierKind.EXTERNAL_ID, DEMO_EXTERNAL_ID)
PERSON_ID = Identifier(IdentifierKind.PERSON_ID, DEMO_PERSON_ID)
NUMBER = Identifier(IdentifierKind.MDN, DEMO_MDN)


@pytest.mark.parametrize("identifier", [KEY, EXTERNAL, PERSON_ID])
async def test_reads_one_person_by_each_kind_of_id(lab: Lab, identifier: Identifier) -> None:
    async with lab.platform() as (_, client):
        person = await client.person(identifier)
    assert person.person_key == DEMO_PERSON_KEY
    assert person.mdn == DEMO_MDN
    assert person.custom_fields.get("first_name") == "Steve"


@pytest.mark.parametrize("external_id", ODD_EXTERNAL_IDS)
async def test_reads_people_with_unusual_external_ids(lab: Lab, external_id: str) -> None:
    async with lab.platform() as (_, client):
        person = await client.person(Identifier(IdentifierKind.EXTERNAL_ID, external_id))
    assert person.external_person_id == external_id


async def test_an_unknown_person_is_not_found(lab: Lab) -> None:
    async with lab.platform() as (_, client):
        for kind in (IdentifierKind.PERSON_KEY, IdentifierKind.EXTERNAL_ID):
            with pytest.raises(NotFound) as caught:
                await client.person(Identifier(kind, "nobody"))
            assert caught.value.title == "No such person"


async def test_a_wrong_company_key_is_hinted_at(lab: Lab) -> None:
    async with lab.platform(company_key="else") as (_, client):
        with pytest.raises(NotFound) as caught:
            await client.person(KEY)
    assert "company key may be wrong" in caught.value.advice


async def test_a_number_does_not_name_one_person(lab: Lab) -> None:
    async with lab.platform() as (sandbox, client):
        with pytest.raises(InvalidInput):
            await client.person(NUMBER)
        with pytest.raises(InvalidInput):
            client.update_request(NUMBER, obj(custom_fields=obj(a="1")))
        assert not list(sandbox.requests)


@pytest.mark.parametrize("version", list(ApiVersion))
async def test_finds_people_by_number_under_both_versions(lab: Lab, version: ApiVersion) -> None:
    async with lab.platform(version) as (_, client):
        found = await client.persons_by_mdn(DEMO_MDN)
        shared = await client.persons_by_mdn(SHARED_MDN)
        nobody = await client.persons_by_mdn("+13125550143")
    assert [person.person_key for person in found] == [DEMO_PERSON_KEY]
    assert found[0].mdn == (DEMO_MDN if version is ApiVersion.V2 else DEMO_MDN.removeprefix("+1"))
    assert len(shared) == 3
    assert nobody == ()


async def test_accepts_every_shape_of_a_find(lab: Lab) -> None:
    async with lab.platform() as (sandbox, client):
        sandbox.platform.mdn_shape = MdnShape.OBJECT
        assert len(await client.persons_by_mdn(DEMO_MDN)) == 1
        sandbox.platform.nobody_found = NobodyFound.EMPTY_ARRAY
        assert await client.persons_by_mdn("+13125550143") == ()


@pytest.mark.parametrize("body", ["3", "[1]", '["x"]', "null"])
async def test_refuses_what_holds_no_person(lab: Lab, body: str) -> None:
    async with lab.server(lab.reply(200, body)) as server, lab.client(server.url) as client:
        with pytest.raises(BadAnswer):
            await client.persons_by_mdn(DEMO_MDN)


async def test_version_1_refuses_other_countries_before_sending(lab: Lab) -> None:
    async with lab.platform(ApiVersion.V1) as (sandbox, client):
        with pytest.raises(InvalidInput) as caught:
            await client.persons_by_mdn("+447700900123")
        assert caught.value.field == "mobile_phone"
        with pytest.raises(InvalidInput):
            client.add_request(obj(mobile_phone=obj(mdn="+447700900123")))
        assert not list(sandbox.requests)


async def test_a_number_in_the_wrong_form_is_explained(lab: Lab) -> None:
    async with lab.platform() as (_, client):
        with pytest.raises(BadRequest) as caught:
            await client.persons_by_mdn("2065550143")
    assert "API version" in caught.value.title


@pytest.mark.parametrize(
    ("version", "spelled"), [(ApiVersion.V2, "+13125550143"), (ApiVersion.V1, "3125550143")]
)
async def test_adds_a_person_in_the_versions_spelling(lab: Lab, version: ApiVersion, spelled: str) -> None:
    body = obj(
        external_person_id="CRM-77",
        mobile_phone=obj(mdn="+13125550143", carrier_code="104"),
        custom_fields=obj(first_name="Ana"),
    )
    async with lab.platform(version) as (_, client):
        request = client.add_request(body)
        sent = json.loads(request.body or "")
        assert sent["mobile_phone"] == {"mdn": spelled, "carrier_code": "104"}
        answer = await client.write(request)
        assert answer.status == 201
        assert answer.person is not None
        assert answer.person.external_person_id == "CRM-77"
        again = await client.write(request)
        assert again.status == 200
        assert again.person == await client.person(Identifier(IdentifierKind.EXTERNAL_ID, "CRM-77"))


async def test_leaves_a_number_alone_that_is_not_in_international_form(lab: Lab) -> None:
    async with lab.platform(ApiVersion.V1) as (_, client):
        request = client.add_request(obj(mobile_phone=obj(mdn="3125550143")))
    assert request.body == '{"mobile_phone":{"mdn":"3125550143"}}'


@pytest.mark.parametrize(
    "body",
    [
        obj(),
        obj(custom_fields=obj(first_name="Ana")),
        obj(external_person_id=""),
        obj(external_person_id=None, mobile_phone=None),
        obj(mobile_phone=obj(mdn=None)),
    ],
)
async def test_a_new_person_needs_an_identifier(lab: Lab, body: JsonObject) -> None:
    async with lab.platform() as (_, client):
        with pytest.raises(InvalidInput):
            client.add_request(body)


async def test_an_external_id_has_128_characters_at_most(lab: Lab) -> None:
    async with lab.platform() as (_, client):
        client.add_request(obj(external_person_id="x" * 128))
        for length in (129, 500):
            with pytest.raises(InvalidInput) as caught:
                client.update_request(KEY, obj(external_person_id="x" * length))
            assert caught.value.field == "external_person_id"


@pytest.mark.parametrize("identifier", [KEY, EXTERNAL, PERSON_ID])
async def test_updates_only_what_is_sent(lab: Lab, identifier: Identifier) -> None:
    async with lab.platform() as (_, client):
        before = await client.person(KEY)
        request = client.update_request(
            identifier, obj(custom_fields=obj(first_name="Stefan", last_name=None))
        )
        answer = await client.write(request)
        after = await client.person(KEY)
    assert answer.person == after
    assert after.custom_fields.get("first_name") == "Stefan"
    assert after.custom_fields.get("last_name") is None
    assert after.custom_fields.get("preferences") == before.custom_fields.get("preferences")


async def test_an_empty_update_is_refused(lab: Lab) -> None:
    async with lab.platform() as (_, client):
        with pytest.raises(InvalidInput):
            client.update_request(KEY, obj())


@pytest.mark.parametrize("shape", list(SuccessBody))
@pytest.mark.parametrize("status", [200, 201])
async def test_accepts_every_body_of_success(lab: Lab, shape: SuccessBody, status: int) -> None:
    async with lab.platform() as (sandbox, client):
        sandbox.platform.success_body, sandbox.platform.update_status = shape, status
        answer = await client.write(client.update_request(KEY, obj(custom_fields=obj(first_name="Eva"))))
    assert answer.status == status
    assert (answer.person is not None) == (shape is SuccessBody.FULL)


async def test_a_changed_number_is_a_conflict_that_names_the_rule(lab: Lab) -> None:
    async with lab.platform() as (_, client):
        with pytest.raises(Conflict) as caught:
            await client.write(client.update_request(KEY, obj(mobile_phone=obj(mdn="+13125550143"))))
    assert caught.value.title == "The mobile number can't be changed"


async def test_an_unknown_field_is_named(lab: Lab) -> None:
    body = obj(custom_fields=obj(first_name="Eva", shoe_size="41"))
    async with lab.platform() as (_, client):
        with pytest.raises(Unprocessable) as caught:
            await client.write(client.update_request(KEY, body))
    assert "shoe_size" in {complaint.field for complaint in caught.value.complaints}


async def test_keeps_unknown_fields_order_and_spelling_of_a_person(lab: Lab) -> None:
    text = (
        '{"z":1.10,"person_key":"k1","custom_fields":{"b":[{"id":null}],"a":1e400,"b":"twice"},'
        '"new":{"deep":[[]]},"half":"\\ud83d"}'
    )
    async with lab.server(lab.reply(200, text)) as server, lab.client(server.url) as client:
        person = await client.person(KEY)
    assert dump(person.raw) == text
    assert tuple(person.unknown_fields) == ("z", "new", "half")
    assert person.raw.get("z") == JsonNumber("1.10")


def test_only_ids_the_platform_makes_tell_a_person_from_an_echo() -> None:
    for text in ("{}", '{"external_person_id":"e","custom_fields":{}}', '{"person_key":null}', "[]", "3"):
        assert full_person(parse(text)) is None
    for text in ('{"person_key":"k"}', '{"person_id":7}'):
        assert full_person(parse(text)) is not None


async def test_a_truncated_success_is_a_success(lab: Lab) -> None:
    async with lab.platform() as (sandbox, client):
        sandbox.faults.add(Fault(FaultKind.TRUNCATED_JSON, times=1))
        answer = await client.write(client.update_request(KEY, obj(custom_fields=obj(first_name="Eva"))))
        assert (answer.status, answer.person) == (200, None)
        assert (await client.person(KEY)).custom_fields.get("first_name") == "Eva"
