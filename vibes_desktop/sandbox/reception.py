"""The way of a request to its endpoint: sign-in, address, version, body."""

import base64
import hmac

from vibes_desktop.sandbox.answers import (
    JSON_TYPE,
    Answer,
    Json,
    Refusal,
    answer_json,
    answer_refusal,
    refuse,
)
from vibes_desktop.sandbox.calls import Call, read_json, read_target, read_version
from vibes_desktop.sandbox.endpoints.callbacks import cancel_callback
from vibes_desktop.sandbox.faults import FaultKind, Faults, Trouble, fault_from_json
from vibes_desktop.sandbox.platform import ExternalUpdate, Platform
from vibes_desktop.sandbox.routes import Match, find_route
from vibes_desktop.sandbox.spoiling import altered, fault_list
from vibes_desktop.sandbox.wire import Head

CHALLENGE = (("WWW-Authenticate", 'Basic realm="sandbox"'),)


class Reception:
    """Takes requests for one platform and one user."""

    def __init__(self, platform: Platform, faults: Faults, username: str, password: str) -> None:
        self._platform = platform
        self._faults = faults
        self._token = base64.b64encode(f"{username}:{password}".encode())

    def handle(self, head: Head, body: bytes, trouble: Trouble) -> Answer:
        """Answer a request to the platform."""
        try:
            self._check_sign_in(head)
            return self._call_endpoint(head, body, trouble)
        except Refusal as refusal:
            return answer_refusal(refusal, self._platform.refusal_body)

    def control(self, head: Head, body: bytes) -> Answer:
        """Answer a request that reads, adds or clears faults."""
        try:
            self._check_sign_in(head)
            return self._change_faults(head, body)
        except Refusal as refusal:
            return answer_refusal(refusal, self._platform.refusal_body)

    def _check_sign_in(self, head: Head) -> None:
        """Compare the Basic credentials in constant time. Raises a bare 401."""
        scheme, _, token = (head.header("authorization") or "").partition(" ")
        if not hmac.compare_digest(token.encode(), self._token) or scheme.lower() != "basic":
            raise Refusal(401, headers=CHALLENGE)

    def _call_endpoint(self, head: Head, body: bytes, trouble: Trouble) -> Answer:
        target = read_target(head.target)
        match = find_route(head.method, target.segments)
        if match.params.get("company_key", self._platform.company_key) != self._platform.company_key:
            raise refuse(404, "The company cannot be found.")
        version = read_version(head.header("x-api-version"))
        sent = _read_body(head, body, match)
        call = Call(
            params=match.params,
            query=target.query,
            version=version,
            sent=sent,
            body=_stored_body(sent, trouble),
            external_update=self._external_update(trouble),
        )
        return match.endpoint(self._platform, call)

    def _external_update(self, trouble: Trouble) -> ExternalUpdate:
        if trouble.is_kind(FaultKind.EXTERNAL_CREATES):
            return ExternalUpdate.CREATES
        if trouble.is_kind(FaultKind.EXTERNAL_NOT_FOUND):
            return ExternalUpdate.NOT_FOUND
        return self._platform.external_update

    def _change_faults(self, head: Head, body: bytes) -> Answer:
        match head.method:
            case "GET":
                return Answer(200, fault_list(self._faults.active()), JSON_TYPE)
            case "DELETE":
                self._faults.clear()
                return Answer(204)
            case "POST":
                try:
                    fault = fault_from_json(read_json(head.header("content-type") or "", body))
                except ValueError as error:
                    raise refuse(422, str(error)) from None
                self._faults.add(fault)
                return answer_json(201, fault.shown())
        raise Refusal(405, headers=(("Allow", "GET, POST, DELETE"),))


def _read_body(head: Head, body: bytes, match: Match) -> Json:
    """Read the body where the endpoint takes one; cancelling a callback needs the header alone."""
    content_type = head.header("content-type") or ""
    if head.method in ("POST", "PUT"):
        return read_json(content_type, body)
    if match.endpoint is cancel_callback:
        read_json(content_type, b"{}")
    return None


def _stored_body(sent: Json, trouble: Trouble) -> Json:
    if trouble.fault is not None and trouble.is_kind(FaultKind.CHANGED_VALUE):
        return altered(sent, trouble.fault)
    return sent
