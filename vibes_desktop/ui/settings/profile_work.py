"""What the settings do with profiles and their secrets, on the background loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass

from vibes_desktop.accounts.enrolment import (
    Enrolment,
    TypedSecrets,
    prepare,
    remove_profile,
    save_profile,
)
from vibes_desktop.accounts.ladder import Rung, climb
from vibes_desktop.accounts.profiles import ProfileBook, problems_of
from vibes_desktop.accounts.secret_keeper import Keeping, SecretKeeper, Whereabouts
from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.profile import Profile, ProfileId, ProxyMode
from vibes_desktop.storage.desk import Desk
from vibes_desktop.vibes.pace import Pace

KEY_FIELDS = frozenset({"certificate_file", "key_file", "key_passphrase"})


@dataclass(frozen=True, slots=True)
class Examined:
    """A profile as typed, found good (`enrolment`), or its problems, each with its field."""

    enrolment: Enrolment | None = None
    problems: tuple[InvalidInput, ...] = ()


class ProfileWork:
    """Checks, tests, saves and removes profiles. The coroutines raise SecretError and StorageError."""

    def __init__(
        self,
        book: ProfileBook,
        secrets: SecretKeeper,
        desk: Desk,
        system_proxy: Callable[[str], str | None],
        pace: Pace | None = None,
    ) -> None:
        """`system_proxy` finds the proxy for an address; it may block, and runs in a thread."""
        self._book = book
        self._secrets = secrets
        self._desk = desk
        self._system_proxy = system_proxy
        self._pace = pace

    async def whereabouts(self, profile: Profile) -> Whereabouts:
        """Find out where a profile's secrets are; raises nothing."""
        return await self._secrets.whereabouts(profile)

    async def examine(self, profile: Profile, typed: TypedSecrets) -> Examined:
        """Find every problem of a profile as typed, or complete it."""
        problems = await asyncio.to_thread(self._problems, profile, typed)
        if problems:
            return Examined(problems=problems)
        try:
            return Examined(await prepare(profile, typed, self._secrets))
        except InvalidInput as error:
            if error.field is None:
                raise
            return Examined(problems=(error,))

    async def test(self, enrolment: Enrolment, report: Callable[[Rung], object]) -> bool:
        """Climb the ladder, telling each rung as it is reached; returns whether all held."""
        profile, is_good = enrolment.profile, False
        proxy = None
        if profile.proxy_mode is ProxyMode.SYSTEM:
            proxy = await asyncio.to_thread(self._system_proxy, profile.base_url)
        rungs = climb(profile, enrolment.secrets, proxy, pace=self._pace)
        async with aclosing(rungs):
            async for rung in rungs:
                report(rung)
                is_good = rung.ok
        return is_good

    async def save(self, enrolment: Enrolment, keeping: Keeping) -> ProfileId:
        """Keep the secrets, then the profile; returns which."""
        await save_profile(enrolment, self._book, self._secrets, keeping)
        return enrolment.profile.id

    async def remove(self, profile_id: ProfileId) -> None:
        """Remove a profile with everything of its own but its history."""
        await remove_profile(profile_id, self._book, self._secrets, self._desk)

    def _problems(self, profile: Profile, typed: TypedSecrets) -> tuple[InvalidInput, ...]:
        """Find what can be found without asking the keyring; reads the certificate's files."""
        found = list(problems_of(profile, key_passphrase=typed.key_passphrase or None))
        is_new = self._book.get(profile.id) is None
        if not is_new and not typed.key_passphrase:  # it may be in the keyring: `prepare` will tell
            found = [problem for problem in found if problem.field not in KEY_FIELDS]
        try:
            self._book.check_name(profile)
        except InvalidInput as taken:
            found.insert(0, taken)
        if found and is_new and not typed.password:
            found.append(
                InvalidInput(
                    "The password is missing", "Type the password of this account.", field="password"
                )
            )
        return tuple(found)
