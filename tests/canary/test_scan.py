"""A planted leak is found, however it was written; and where nothing was planted, nothing is found."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from tests.canary.birds import CANARIES, PASSWORD, PHONE
from tests.canary.scan import (
    ENCODINGS,
    Canary,
    Finding,
    find_in_bytes,
    find_in_files,
    find_in_process,
    written_elsewhere,
)

# Written out once more, apart from the scan's own encoders; the neighbours shift base64 by 0, 1 and 2 bytes.
PLANTS: dict[str, list[Callable[[str], bytes]]] = {
    "UTF-8": [lambda text: f"INFO {text}\n".encode(), lambda text: text.upper().encode()],
    "UTF-16LE": [lambda text: f"x{text}".encode("utf-16-le"), lambda text: f"x{text}".encode("utf-16")],
    "UTF-16BE": [lambda text: b"\0" + text.encode("utf-16-be")],
    "base64": [
        *(lambda text, n=n: b64encode(b"user:"[:n] + text.encode() + b"!") for n in range(6)),
        *(lambda text, n=n: urlsafe_b64encode(b"user:"[:n] + text.encode()) for n in range(3)),
    ],
    "percent": [
        lambda text: f"https://x.invalid/{quote(text, safe='')}?a".encode(),
        lambda text: quote(text, safe="").lower().encode(),
        lambda text: f"?a={quote_plus(text)}".encode(),
    ],
    "JSON": [
        lambda text: json.dumps({"a": text}).encode(),
        lambda text: json.dumps([text], ensure_ascii=False).encode(),
    ],
    "hex": [lambda text: text.encode().hex().encode(), lambda text: text.encode().hex().upper().encode()],
}


def test_every_encoding_of_the_scan_is_planted() -> None:
    assert PLANTS.keys() == ENCODINGS.keys()


@pytest.mark.parametrize("canary", CANARIES, ids=lambda canary: canary.name)
@pytest.mark.parametrize("encoding", PLANTS)
def test_a_leak_in_a_file_is_found(encoding: str, canary: Canary, tmp_path: Path) -> None:
    leak = tmp_path / "deep" / ".cache"
    leak.parent.mkdir()
    for write in PLANTS[encoding]:
        leak.write_bytes(b"\0" * 4099 + write(canary.value) + b"\xff\xfe rest")
        found = find_in_files(tmp_path, CANARIES)
        assert Finding("deep/.cache", canary.name, encoding) in found
        assert {finding.canary for finding in found} == {canary.name}


def test_a_part_or_another_spelling_tells_as_much() -> None:
    for text in (b"call (415) 555-0199", b"415-555-0199", b"%2B14155550199", b"14155550199"):
        assert find_in_bytes(text, "log", [PHONE])
    assert find_in_bytes(b"starts with " + PASSWORD.value[:14].encode(), "log", [PASSWORD])


def test_names_of_files_and_targets_of_links_are_looked_at(tmp_path: Path) -> None:
    (tmp_path / f"export of {PHONE.value}").mkdir()
    (tmp_path / "link").symlink_to(f"/nowhere/{PHONE.value}")
    places = {finding.where for finding in find_in_files(tmp_path, [PHONE])}
    assert places == {f"the name export of {PHONE.value}", "link"}


def test_arguments_and_environment_of_a_process_and_of_its_children_are_looked_at() -> None:
    wait = "import sys; print('up', flush=True); sys.stdin.read()"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {wait!r}, {PHONE.value!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", "import sys; exec(sys.stdin.readline())"],
        env={"CANARY": PASSWORD.value},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        print(parent, file=process.stdin, flush=True)
        assert process.stdout.readline() == "up\n"
        found = find_in_process(process.pid, CANARIES)
        process.stdin.close()
    assert {(finding.where, finding.canary) for finding in found} == {
        ("environ", PASSWORD.name),
        ("cmdline", PHONE.name),
    }


def test_a_file_written_elsewhere_is_named(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside.txt"
    inside.mkdir()
    code = (
        "import sys; kept = [open(p, 'w') for p in sys.argv[1:]]; print('up', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(inside / "a"), str(outside)]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        found = written_elsewhere(process.pid, inside)
        process.communicate()
    assert found == {str(outside)}


def test_nothing_is_found_where_nothing_was_planted(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("INFO GET person: 200, 12 ms +1 415 555 0198 Kana\n", encoding="utf-8")
    (tmp_path / "noise").write_bytes(gzip.compress(b"nothing of interest" * 1000))
    assert find_in_files(tmp_path, CANARIES) == set()
