"""The mobile database: the people, how they are found, and what adding and updating does to them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random

from vibes_desktop.sandbox.answers import OMITTED, refuse
from vibes_desktop.sandbox.clock import Clock, later_stamp, to_minute
from vibes_desktop.sandbox.fields import CustomFields
from vibes_desktop.sandbox.persons import PersonBody, PersonRecord

FIRST_NEW_PERSON_ID = 20_000_000
CARRIERS = ("104", "106", "103", "101")


class MobileDatabase:
    """Every person, found by person key, legacy person ID, external ID and MDN."""

    def __init__(
        self, people: Iterable[PersonRecord], fields: CustomFields, random: Random, clock: Clock
    ) -> None:
        self.fields = fields
        self._random = random
        self._clock = clock
        self._by_key: dict[str, PersonRecord] = {}
        self._by_person_id: dict[str, PersonRecord] = {}
        self._by_external_id: dict[str, PersonRecord] = {}
        self._by_mdn: dict[str, list[PersonRecord]] = {}
        for person in people:
            self.insert(person)

    def __len__(self) -> int:
        return len(self._by_key)

    def __iter__(self) -> Iterator[PersonRecord]:
        return iter(self._by_key.values())

    def insert(self, person: PersonRecord) -> None:
        """Store a record as it is. Raises ValueError when an identifier is taken."""
        if (
            person.person_key in self._by_key
            or person.person_id in self._by_person_id
            or person.external_person_id in self._by_external_id
        ):
            raise ValueError("an identifier of this person is taken")
        self._by_key[person.person_key] = person
        self._by_person_id[person.person_id] = person
        if person.external_person_id is not None:
            self._by_external_id[person.external_person_id] = person
        if person.mdn is not None:
            self._by_mdn.setdefault(person.mdn, []).append(person)

    def by_key(self, key: str) -> PersonRecord | None:
        """Find by person key, or by the legacy person ID, which works in the same place (C-15)."""
        return self._by_key.get(key) or self._by_person_id.get(key)

    def by_external_id(self, external_id: str) -> PersonRecord | None:
        """Find by the customer's own ID."""
        return self._by_external_id.get(external_id)

    def by_mdn(self, mdn: str) -> list[PersonRecord]:
        """Find everybody who has this number, longest stored first."""
        return list(self._by_mdn.get(mdn, ()))

    def add(self, body: PersonBody) -> tuple[PersonRecord, bool]:
        """Create a person or merge into the one it meets; says whether it is new. Raises a 409."""
        met = self._met_by(body)
        if met is None:
            return self._create(body), True
        self.merge(met, body)
        return met, False

    def merge(self, person: PersonRecord, body: PersonBody) -> None:
        """Set what was sent, keep the rest; nothing says that a merge removes an identifier."""
        self._write(person, _without_null_identifiers(body))

    def update(self, person: PersonRecord, body: PersonBody) -> None:
        """Keep what is omitted, remove what is null, set the rest; all or nothing. Raises a 409 or 422."""
        if isinstance(body.mdn, str) and body.mdn != person.mdn:
            raise refuse(409, "The MDN of an existing person can't be changed. It can be removed.")
        self._check_external_id(person, body)
        self._check_carrier(person, body)
        self._write(person, body)

    def set_external_id(self, person: PersonRecord, external_id: str | None) -> None:
        """Re-key a person; the old ID finds nobody afterwards."""
        if person.external_person_id is not None:
            del self._by_external_id[person.external_person_id]
        person.external_person_id = external_id
        if external_id is not None:
            self._by_external_id[external_id] = person

    def set_phone(self, person: PersonRecord, mdn: str | None, carrier_code: str | None = None) -> None:
        """Give or take away the phone. The API itself can't change a number."""
        if person.mdn is not None:
            self._by_mdn[person.mdn].remove(person)
        person.mdn = mdn
        person.carrier_code = carrier_code
        if mdn is not None:
            self._by_mdn.setdefault(mdn, []).append(person)

    def touch(self, person: PersonRecord) -> None:
        """Mark a person as changed now."""
        person.updated_at = later_stamp(person.updated_at, self._clock())

    def _met_by(self, body: PersonBody) -> PersonRecord | None:
        """Find whom an addition meets. C-6: two different records are a conflict, one is a merge."""
        external_id = body.external_person_id
        owner = self.by_external_id(external_id) if isinstance(external_id, str) else None
        if not isinstance(body.mdn, str):
            return owner
        sharing = self._sharing(body.mdn, body.carrier_code if isinstance(body.carrier_code, str) else None)
        if owner is None:
            if len(sharing) > 1:
                raise refuse(409, "The MDN belongs to several person records.")
            return sharing[0] if sharing else None
        if owner in sharing:
            return owner
        if sharing:
            raise refuse(409, "The MDN belongs to another person record.")
        if owner.mdn not in (None, body.mdn):
            raise refuse(409, "The person with this external_person_id has another MDN.")
        return owner

    def _sharing(self, mdn: str, carrier_code: str | None) -> list[PersonRecord]:
        """Find who has the number; with an equal MDN, another carrier is another person."""
        found = self.by_mdn(mdn)
        if carrier_code is None:
            return found
        return [person for person in found if person.carrier_code == carrier_code]

    def _create(self, body: PersonBody) -> PersonRecord:
        stamp = to_minute(self._clock())
        person = PersonRecord(
            person_key=new_key(self._random),
            person_id=str(FIRST_NEW_PERSON_ID + len(self)),
            custom_fields=self.fields.all_unset(),
            created_at=stamp,
            updated_at=stamp,
        )
        self.insert(person)
        self._assign(person, body)
        return person

    def _write(self, person: PersonRecord, body: PersonBody) -> None:
        before = _content(person)
        self._assign(person, body)
        if _content(person) != before:
            self.touch(person)

    def _assign(self, person: PersonRecord, body: PersonBody) -> None:
        external_id = body.external_person_id
        if external_id is not OMITTED and external_id != person.external_person_id:
            self.set_external_id(person, external_id)
        if body.mdn is not OMITTED and body.mdn != person.mdn:
            self.set_phone(person, body.mdn, _carrier_of(body.mdn))
        if body.carrier_code is not OMITTED and person.mdn is not None:
            person.carrier_code = body.carrier_code
        if body.timezone is not OMITTED:
            person.timezone = body.timezone
            person.timezone_source = "api" if body.timezone else None
        person.custom_fields |= body.custom_fields

    def _check_external_id(self, person: PersonRecord, body: PersonBody) -> None:
        external_id = body.external_person_id
        if isinstance(external_id, str) and self.by_external_id(external_id) not in (None, person):
            raise refuse(422, "external_person_id belongs to another person.")

    def _check_carrier(self, person: PersonRecord, body: PersonBody) -> None:
        if person.mdn is None or body.mdn is None or not isinstance(body.carrier_code, str):
            return
        if any(each is not person for each in self._sharing(person.mdn, body.carrier_code)):
            raise refuse(409, "The MDN with this carrier belongs to another person record.")


def new_key(random: Random) -> str:
    """Make a person key that looks like a UUID."""
    digits = f"{random.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def _content(person: PersonRecord) -> tuple[object, ...]:
    """Copy what a write can change, to see whether it did."""
    return (
        person.external_person_id,
        person.mdn,
        person.carrier_code,
        person.timezone,
        repr(person.custom_fields),
    )


def _carrier_of(mdn: str | None) -> str | None:
    """Look up the carrier, as the platform does for a new number."""
    return None if mdn is None else CARRIERS[int(mdn[-1]) % len(CARRIERS)]


def _without_null_identifiers(body: PersonBody) -> PersonBody:
    return replace(
        body,
        external_person_id=OMITTED if body.external_person_id is None else body.external_person_id,
        mdn=OMITTED if body.mdn is None else body.mdn,
        carrier_code=OMITTED if body.carrier_code is None else body.carrier_code,
    )
