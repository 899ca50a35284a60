"""`vibes-desktop inspect`, as somebody types it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Program

SAMPLES = Path(__file__).parent.parent.parent / "resources" / "samples"
KEYS = [
    "source",
    "position",
    "callback_type",
    "event_id",
    "event_date",
    "person",
    "list_id",
    "opt_out_reason",
    "delivery_attempt",
    "kind",
    "repairs",
    "findings",
]


def test_one_object_per_payload_in_order(program: Program) -> None:
    sample = SAMPLES / "types" / "subscription_removed.json"
    cut = SAMPLES / "defects" / "cut-off.json"
    done = program("inspect", str(sample), str(cut), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert list(first) == list(second) == KEYS
    assert first == {
        "source": str(sample),
        "position": 1,
        "callback_type": "subscription_removed",
        "event_id": "SMPL0002",
        "event_date": "2026-03-03T14:05:09Z",
        "person": {
            "person_key": "5f0c1d2e-1111-4222-8333-944455556666",
            "person_id": "8800123",
            "external_person_id": "CUST-0042",
            "mdn": "+13125550143",
        },
        "list_id": "1234",
        "opt_out_reason": "user_opt_out",
        "delivery_attempt": None,
        "kind": "callback",
        "repairs": [],
        "findings": [],
    }
    assert second["list_id"] is None
    assert [(each["severity"], each["code"]) for each in second["findings"]] == [("error", "cut_off")]
    assert list(second["findings"][0]) == ["severity", "code", "path", "message"]


def test_a_query_and_a_count(program: Program) -> None:
    done = program(
        "inspect", str(SAMPLES), "--query", "type:subscription_* -is:repaired mdn:+1312*", "--count"
    )
    assert done.returncode == 0
    assert int(done.stdout) == 9
    assert program("inspect", str(SAMPLES / "types"), "--count").stdout == "17\n"


def test_lines_for_a_person(program: Program) -> None:
    done = program("inspect", str(SAMPLES / "types" / "device_added.json"))
    assert "device_added  CUST-0042" in done.stdout


def test_standard_input(program: Program) -> None:
    done = subprocess.run(
        program.command("inspect", "-", "--json"),
        input=b'noise\n{"callback_type": "person_added", "event_id": 7}\n{"a": "\\ud800',
        capture_output=True,
        cwd=program.folder,
        env=dict(program.environment),
        check=False,
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["source"], row["position"], row["event_id"]) for row in rows] == [
        ("-", 2, "7"),
        ("-", 3, None),
    ]
    assert done.stderr == b"Skipped without a payload: 1 (no JSON in the line).\n"


@pytest.mark.parametrize("name", ["missing.json", "loop.json"])
def test_an_unreadable_file_is_one_sentence_and_status_2(name: str, program: Program) -> None:
    (program.folder / "loop.json").symlink_to("loop.json")
    done = program("inspect", name, str(SAMPLES / "types" / "person_added.json"), "--count")
    assert (done.returncode, done.stdout) == (2, "1\n")
    assert done.stderr.startswith(f"{name}: it can't be read: ")
    assert done.stderr.count("\n") == 1


def test_a_query_that_makes_no_sense(program: Program) -> None:
    done = program("inspect", str(SAMPLES), "--query", "list:1 colour:red")
    assert (done.returncode, done.stdout) == (2, "")
    assert "character 8" in done.stderr


def test_bad_payloads_are_rows_and_no_failure(program: Program) -> None:
    (program.folder / "bad.ndjson").write_bytes(b"{:}\n\xff{\x00\n{}\n" + b'{"a":' * 50_000)
    done = program("inspect", "bad.ndjson", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout.splitlines()[0])["kind"] == "unreadable"


def test_control_characters_stay_away_from_the_terminal(program: Program) -> None:
    (program.folder / "bad.json").write_text('{"callback_type": "\\u001b[31mred", "event_id": "1"}')
    assert "\x1b" not in program("inspect", "bad.json").stdout


def test_rows_found_by_columns_are_those_found_by_reading(program: Program) -> None:
    everything = program("inspect", str(SAMPLES), "--json").stdout.splitlines()
    wanted = [line for line in everything if json.loads(line)["callback_type"] == "subscription_removed"]
    found = program("inspect", str(SAMPLES), "--json", "--query", "type:subscription_removed")
    assert found.stdout.splitlines() == wanted
    codes = {finding["code"] for line in wanted for finding in json.loads(line)["findings"]}
    assert {"redelivery", "cut_off", "unwrapped", "answered_4xx"} <= codes


def test_the_column_of_a_csv_file_can_be_chosen(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('body,stuff\nx,"{""callback_type"": ""person_added"", ""event_id"": ""E1""}"\n')
    for words in ([], ["--query", "event:E1"]):
        done = program("inspect", str(file), "--column", "Stuff", "--json", *words)
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout)["event_id"] == "E1"
    done = program("inspect", str(file), "--column", "nothing", "--count")
    assert "there is no column nothing" in done.stderr
