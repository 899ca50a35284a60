"""Statuses other than 2xx, as errors with sentences for a person (docs/platform.md §6, §8, §10, §11)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from vibes_desktop.model.errors import (
    NOTHING_CHANGED,
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    OutcomeUnknown,
    PlatformComplaint,
    Redirected,
    Refused,
    ServerTrouble,
    TooManyRequests,
    Unauthorized,
    Unprocessable,
)
from vibes_desktop.model.jsonvalue import JsonObject, parse
from vibes_desktop.model.profile import ApiVersion
from vibes_desktop.vibes.answer import Answer
from vibes_desktop.vibes.complaints import NUMBER_DOES_NOT_FIT, read_complaints, shown_text
from vibes_desktop.vibes.failures import LOOK_FIRST, MAYBE_CHANGED
from vibes_desktop.vibes.request import Request, Route, Subject

MAY_HAVE_BEEN_PROCESSED: Final = frozenset({302, 303, 408})
COMPANY_KEY_HINT: Final = "If every look-up fails, the company key may be wrong."
SIGN_IN_TITLE: Final = "The username or password was not accepted"
SIGN_IN_ADVICE: Final = (
    "Check them in the profile. An account of one region does not work in the other. "
    "Nothing more is sent until you have done so."
)
# What nginx answers, in a page of HTML, when the handshake passes without the certificate it wants.
CERTIFICATE_STATUSES: Final = frozenset({495, 496})
CERTIFICATE_WORDS: Final = (
    "A client certificate is required, or was not accepted",
    "Choose certificate and key in the profile, or ask Vibes for new ones.",
)
_KINDS: Final[dict[int, type[Refused]]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    422: Unprocessable,
    429: TooManyRequests,
}
_CODE_ADVICE: Final = {
    "mdnhasconfirmationblock": (
        "This person answered No before. Only they can undo that, by texting the campaign's keyword."
    ),
    "externalpersonidmismatch": "The external ID and the other identifier sent belong to different people.",
}
_MISSING: Final = {
    Subject.PERSON: ("No such person", "Check the ID."),
    Subject.SUBSCRIPTION: (
        "Not subscribed",
        "This person is not subscribed to this list, or the person or the list does not exist.",
    ),
    Subject.LIST: ("No such subscription list", "Load the lists again."),
    Subject.CAMPAIGN: ("No such campaign", "Load the campaigns again."),
    Subject.PARTICIPANT: ("No such campaign", "Load the campaigns again."),
    Subject.DEVICE: ("No such device", "Check the app's ID, the device's ID and the person."),
    Subject.CALLBACK: ("No such callback registration", "Load the registrations again; it may have ended."),
}


def refusal(request: Request, answer: Answer, version: ApiVersion) -> Refused | OutcomeUnknown:
    """Turn an answer other than 2xx into the error to raise."""
    status = answer.status
    if request.is_write and (status >= 500 or status in MAY_HAVE_BEEN_PROCESSED):
        return OutcomeUnknown(_unknown_title(answer), MAYBE_CHANGED, LOOK_FIRST)
    complaints = read_complaints(answer, request.body)
    text = shown_text(answer)
    title, advice = _words(request, answer, version, complaints)
    return _kind(status)(
        title,
        NOTHING_CHANGED,
        " ".join(filter(None, (advice, _said(complaints, text)))),
        status=status,
        complaints=complaints,
        body_text=text,
    )


def _kind(status: int) -> type[Refused]:
    if 300 <= status < 400:
        return Redirected
    return ServerTrouble if status >= 500 else _KINDS.get(status, Refused)


def _unknown_title(answer: Answer) -> str:
    if 300 <= answer.status < 400:
        return f"The platform answered with a redirect to {_destination(answer)}"
    return f"The platform failed while it handled the change ({_phrase(answer.status)})"


def _words(
    request: Request, answer: Answer, version: ApiVersion, complaints: tuple[PlatformComplaint, ...]
) -> tuple[str, str]:
    """Find title and advice: by a named code, else by status and route."""
    if answer.status in CERTIFICATE_STATUSES or "ssl certificate" in shown_text(answer).lower():
        return CERTIFICATE_WORDS
    codes = {complaint.code.lower() for complaint in complaints if complaint.code}
    if NUMBER_DOES_NOT_FIT in codes:
        return "The number's format does not fit the API version", _format_advice(version)
    known = next((advice for code, advice in _CODE_ADVICE.items() if code in codes), None)
    if known:
        return "The platform refused the values", known
    return _words_of_status(request, answer, version)


def _words_of_status(request: Request, answer: Answer, version: ApiVersion) -> tuple[str, str]:
    match answer.status:
        case 400:
            return "The platform could not read the request", _bad_request_advice(request, version)
        case 401:
            return SIGN_IN_TITLE, SIGN_IN_ADVICE
        case 403:
            return (
                "This account may not do that",
                "The sign-in was accepted. Ask Vibes for the right, or if it wants a client certificate.",
            )
        case 404:
            title, advice = _MISSING[request.route.subject]
            return title, f"{advice} {COMPANY_KEY_HINT}"
        case 409:
            return _conflict(request)
        case 422:
            return "The platform refused the values", "Correct the fields it names, then try again."
        case 429:
            return "The platform asks for fewer calls", "Wait a minute, then try again."
        case status if 300 <= status < 400:
            return (
                f"The platform's address redirects to {_destination(answer)}",
                "Redirects are not followed, so that the password goes nowhere else. "
                "Put the right address into the profile.",
            )
        case status if status >= 500:
            return f"The platform has trouble ({_phrase(status)})", "Try again in a minute."
        case status:
            return f"The platform refused the request ({_phrase(status)})", "Check the profile's address."


def _bad_request_advice(request: Request, version: ApiVersion) -> str:
    carries_number = "mdn=" in request.path or "mdn" in (request.body or "")
    return (
        f"The mobile number is probably in the wrong format. {_format_advice(version)}"
        if carries_number
        else ""
    )


def _format_advice(version: ApiVersion) -> str:
    return (
        f"This profile uses API version {int(version)}. Version 2 takes numbers with “+” and country code, "
        "version 1 only the ten digits of a North American number. Check the number, or change the version "
        "in the profile."
    )


def _conflict(request: Request) -> tuple[str, str]:
    """Say which rule a 409 stands for: by what was sent (docs/platform.md §8.4, §8.5, C-6)."""
    if request.route is Route.PARTICIPANTS:
        return "Already subscribed", "There is nothing to do: this person is on the campaign's list."
    body = parse(request.body) if request.body is not None else None
    sent = body if isinstance(body, JsonObject) else JsonObject()
    if request.route is Route.PERSONS:
        return (
            "This mobile number belongs to another person",
            "The number is on another record, or number and external ID belong to two different people. "
            "Look both up first.",
        )
    if sent.get("mobile_phone") is not None:
        return (
            "The mobile number can't be changed",
            "The platform does not replace a number that exists. Remove it first and add the new one then, "
            "or add a new person.",
        )
    if sent.get("external_person_id") is not None:
        return "The external ID is taken", "It names another person. Look that person up first."
    return "This conflicts with what the platform has", "Look at the record again before you go on."


def _said(complaints: tuple[PlatformComplaint, ...], text: str) -> str:
    words = "; ".join(complaint.message for complaint in complaints) or text
    return f"The platform says: {words}" if words else ""


def _destination(answer: Answer) -> str:
    """Name a redirect's goal by scheme and host: its path may hold an ID."""
    try:
        parts = urlsplit(answer.headers.get("location", ""))
    except ValueError:
        return "an unreadable address"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else "another path"


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
