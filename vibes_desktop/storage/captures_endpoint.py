"""The endpoint of this user, kept so that its address is the same after every start."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from vibes_desktop.model.endpoint import Endpoint, OldToken
from vibes_desktop.model.errors import InvalidInput, StorageError
from vibes_desktop.storage.atomic import atomic_write
from vibes_desktop.storage.folders import Folders, make_private_folder
from vibes_desktop.storage.trouble import file_trouble

FILE_NAME = "endpoint.json"
MAX_FILE_BYTES = 1_000_000


class EndpointFile:
    """A small file, readable for this user alone: whoever knows the path in it can send. Blocking."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def of(cls, folders: Folders) -> EndpointFile:
        """Name the program's own."""
        return cls(folders.config / FILE_NAME)

    @property
    def exists(self) -> bool:
        """Tell whether an endpoint was ever kept."""
        try:
            return self._path.exists()
        except OSError:  # the folder is not ours to look into
            return False

    def load(self) -> Endpoint:
        """Read the endpoint; the first time, make one and keep it. Raises StorageError."""
        try:
            with self._path.open("rb") as file:
                data = file.read(MAX_FILE_BYTES)
        except FileNotFoundError:
            endpoint = Endpoint()
            self.save(endpoint)
            return endpoint
        except OSError as error:
            raise file_trouble(error, self._path, "The endpoint was not read.") from error
        try:
            return _endpoint_from(json.loads(data))
        except (ValueError, KeyError, TypeError, RecursionError, InvalidInput) as error:
            raise StorageError(
                "The endpoint's settings can't be read",
                "Nothing was changed, and nothing is received.",
                f"Mend the file, or delete it for a new address: {self._path}",
            ) from error

    def save(self, endpoint: Endpoint) -> None:
        """Keep an endpoint; raises StorageError."""
        make_private_folder(self._path.parent)
        atomic_write(self._path, [json.dumps(_document(endpoint), indent=2).encode(), b"\n"])


def _document(endpoint: Endpoint) -> Mapping[str, object]:
    return {
        "host": endpoint.host,
        "first_port": endpoint.first_port,
        "last_port": endpoint.last_port,
        "token": endpoint.token,
        "old_tokens": [
            {"token": old.token, "renewed_at": old.renewed_at.isoformat()} for old in endpoint.old_tokens
        ],
        "allowed_hosts": sorted(endpoint.allowed_hosts),
    }


def _endpoint_from(document: Mapping[str, Any]) -> Endpoint:
    return Endpoint(
        host=document["host"],
        first_port=document["first_port"],
        last_port=document["last_port"],
        token=document["token"],
        old_tokens=tuple(
            OldToken(old["token"], datetime.fromisoformat(old["renewed_at"]))
            for old in document["old_tokens"]
        ),
        allowed_hosts=frozenset(document["allowed_hosts"]),
    )


def _old_token(document: Mapping[str, str]) -> OldToken:
    return OldToken(document["token"], datetime.fromisoformat(document["renewed_at"]))
