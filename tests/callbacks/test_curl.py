"""The command sends the very bytes: a real shell and a real curl say what they would send."""

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from vibes_desktop.callbacks.curl import Method, curl

BODIES = [
    b'{"a": "it\'s \\"x\\" $HOME `id` \\\\ !"}',
    b"{\n\t\"a\": 1\r\n}\n",
    b'@/etc/hostname',
    '{"é": "☃"}'.encode(),
    b'{"a": "\xff\x00"}',
    b"{" + b" " * 200_000 + b"}",
    b"",
]  # fmt: skip
STAND_IN = """#!/bin/sh
# says what it was given, as curl would send it
for word in "$@"; do
  case "$before" in
    --data-raw) printf %s "$word" > "$SENT";;
    --data-binary) cat > "$SENT";;
  esac
  before="$word"
done
printf %s "$word"
"""


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_shell_hands_over_the_very_bytes(body: bytes, tmp_path: Path) -> None:
    (tmp_path / "curl").write_text(STAND_IN)
    (tmp_path / "curl").chmod(0o755)
    shell = shutil.which("sh") or ""
    sent = tmp_path / "sent"
    command = curl(body, "https://a.example/?a=1&b='2'", Method.PUT)
    (tmp_path / "script").write_text(command)
    done = subprocess.run(
        [shell, tmp_path / "script"],
        check=True,
        capture_output=True,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "SENT": str(sent)},
    )
    assert sent.read_bytes() == body
    assert done.stdout.decode() == "https://a.example/?a=1&b='2'"


def test_the_words_of_the_command() -> None:
    assert shlex.split(curl(b"{}")) == [
        "curl", "-X", "POST", "-H", "Content-Type: application/json", "--data-raw", "{}",
        "https://your-endpoint.example/callbacks",
    ]  # fmt: skip
