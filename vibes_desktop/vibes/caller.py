"""One call from its request to its answer: pace, retries, the stop after a 401, and errors in words."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable

from vibes_desktop.model.errors import (
    NOTHING_CHANGED,
    NOTHING_SENT,
    BadAnswer,
    Unauthorized,
)
from vibes_desktop.model.jsonvalue import Json, JsonSyntaxError, parse
from vibes_desktop.vibes.account import Account
from vibes_desktop.vibes.answer import Answer, BodyTrouble
from vibes_desktop.vibes.failures import Broken
from vibes_desktop.vibes.pace import Turn
from vibes_desktop.vibes.refusals import SIGN_IN_ADVICE, SIGN_IN_TITLE, refusal
from vibes_desktop.vibes.request import Request
from vibes_desktop.vibes.retry import is_repeatable, longest_backoff, retry_after
from vibes_desktop.vibes.transport import Transport

logger = logging.getLogger("vibes_desktop.vibes")


class Caller:
    """Makes the calls of one account; `jitter(low, high)` picks a random wait in seconds."""

    def __init__(
        self,
        account: Account,
        transport: Transport,
        *,
        jitter: Callable[[float, float], float] | None = None,
    ) -> None:
        self.account = account
        self.is_stopped = False
        self._transport = transport
        self._jitter = jitter or random.SystemRandom().uniform
        self._clock = transport.pace.clock

    def resume(self) -> None:
        """Go on after a 401: the person has acted."""
        self.is_stopped = False

    async def read(self, request: Request) -> Json:
        """Make a call and return its JSON; raises VibesError."""
        return readable_json(await self.call(request))

    async def call(self, request: Request) -> Answer:
        """Make a call and return its 2xx answer.

        A write is repeated only when it was certainly not processed; otherwise it raises OutcomeUnknown.
        """
        deadline = self._clock.seconds() + self._transport.limits.call_seconds
        attempt = 0
        while True:
            attempt += 1
            self._check_not_stopped()
            async with self._transport.pace.turn(self.account.company) as turn:
                self._check_not_stopped()  # another call may have met a 401 meanwhile
                deadline += turn.waited
                outcome = await self._attempt(request, deadline - self._clock.seconds(), turn)
            if isinstance(outcome, Answer) and outcome.is_success:
                return outcome
            may_go_on = attempt < self._transport.limits.attempts
            if not (may_go_on and await self._wait_to_repeat(request, outcome, attempt, deadline)):
                raise self._error(request, outcome)

    async def _attempt(self, request: Request, seconds: float, turn: Turn) -> Answer | Broken:
        began = self._clock.seconds()
        outcome: Answer | Broken
        try:
            outcome = await self._transport.exchange(
                request, self.account, seconds=seconds, on_sent=turn.sent
            )
            told = str(outcome.status)
        except Broken as broken:
            outcome, told = broken, f"no answer ({broken})"
        # Only these four: a path, a body or a header may hold personal data.
        milliseconds = round((self._clock.seconds() - began) * 1000)
        logger.info("%s %s: %s, %d ms", request.method, request.route.value, told, milliseconds)
        if isinstance(outcome, Answer):
            self._note(outcome)
        return outcome

    def _note(self, answer: Answer) -> None:
        """Keep what an answer means for all calls to come."""
        if answer.status == 401:
            self.is_stopped = True
        if not answer.is_success:
            asked = retry_after(answer, self._clock.utc(), self._transport.limits)
            if asked is not None:
                self._transport.pace.hold(self.account.company, asked)

    async def _wait_to_repeat(
        self, request: Request, outcome: Answer | Broken, attempt: int, deadline: float
    ) -> bool:
        """Wait as long as is right, and tell whether the call may be made again."""
        if isinstance(outcome, Broken):
            repeatable = not outcome.is_permanent and (
                outcome.is_certainly_unprocessed or not request.is_write
            )
        else:
            repeatable = is_repeatable(outcome.status, is_write=request.is_write)
        if not repeatable:
            return False
        if isinstance(outcome, Answer) and retry_after(outcome, self._clock.utc(), self._transport.limits):
            return True  # the pace is on hold for as long as was asked
        wait = self._jitter(0.0, longest_backoff(attempt, self._transport.limits))
        if self._clock.seconds() + wait >= deadline:
            return False
        await self._clock.sleep(wait)
        return True

    def _error(self, request: Request, outcome: Answer | Broken) -> Exception:
        if isinstance(outcome, Broken):
            return outcome.as_error(is_write=request.is_write)
        return refusal(request, outcome, self.account.api_version)

    def _check_not_stopped(self) -> None:
        if self.is_stopped:
            raise Unauthorized(SIGN_IN_TITLE, NOTHING_SENT, SIGN_IN_ADVICE, status=401)


def readable_json(answer: Answer) -> Json:
    """Read the body of a 2xx; raises BadAnswer."""
    if answer.trouble is BodyTrouble.TOO_LARGE:
        raise bad_answer("It is larger than this program accepts.")
    text = answer.text() if answer.trouble is None else None
    if text is None:
        raise bad_answer("Its characters or its compression can't be decoded.")
    if not text.strip():
        raise bad_answer("It is empty.")
    try:
        return parse(text)
    except JsonSyntaxError as error:
        raise bad_answer(f"Its JSON breaks at line {error.line}, column {error.column}.") from None


def bad_answer(reason: str) -> BadAnswer:
    """Make the error for an answer to a read that can't be used."""
    return BadAnswer(
        "The platform's answer can't be read",
        NOTHING_CHANGED,
        f"{reason} Try again; if it stays so, something between this computer and the platform may alter it.",
    )


def json_if_readable(answer: Answer) -> Json:
    """Read the body of a write that succeeded: whatever it holds, the write has succeeded (C-9)."""
    try:
        return readable_json(answer)
    except BadAnswer:
        return None
