"""CSV files with payloads in one column."""

import csv
import io

from vibes_desktop.callbacks.csv_rows import csv_table, csv_titles, rows_of

PAYLOAD = '{"a": "x, \\"y\\"",\n "b": 1}'


def written(*rows: list[str], delimiter: str = ",") -> bytes:
    """Write a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode()


def lines(content: bytes) -> list[tuple[int, int, bytes]]:
    """Number the lines as a file's reader does."""
    found, offset = [], 0
    for line in content.split(b"\n"):
        found.append((offset, len(line), line.removesuffix(b"\r")))
        offset += len(line) + 1
    return found[:-1]


def test_the_body_column_is_found_with_time_and_status() -> None:
    content = written(["@timestamp", "status", "@message"], ["2026-01-01 09:00:00.000", "404", PAYLOAD])
    table = csv_table(content, "insights.csv")
    assert table is not None
    (row,) = rows_of(lines(content), table)
    assert (row.body.decode(), row.line) == (PAYLOAD, 2)
    assert (row.wrapping.received_ms, row.wrapping.answered) == (1_767_258_000_000, 404)
    assert content[row.offset :].startswith(b"2026-01-01")


def test_lines_are_counted_over_cells_with_line_ends() -> None:
    content = written(["id", "body"], ["1", PAYLOAD], ["2", PAYLOAD], delimiter=";")
    table = csv_table(content, "a.csv")
    assert table is not None
    assert [row.line for row in rows_of(lines(content), table)] == [2, 4]


def test_a_column_can_be_chosen_and_is_found_by_its_objects() -> None:
    content = written(["id", "stuff", "body"], ["1", PAYLOAD, "x"])
    assert (chosen := csv_table(content, "a.csv", "stuff")) is not None
    assert chosen.body == 1
    content = written(["id", "stuff"], ["1", PAYLOAD])
    assert (found := csv_table(content, "a.csv")) is not None
    assert found.body == 1


def test_what_is_no_csv() -> None:
    assert csv_table(b'{"a":1,\n"b":2}', "a.csv") is None
    assert csv_table(b"2026 INFO started, then\n2026 INFO {}", "a.log") is None
    assert csv_table(b"", "a.csv") is None
    assert (
        csv_table(b'Subscription Added Callback\n\n{"event_id":"1","a":2}\n\nThat was it.', "a.txt") is None
    )
    assert csv_table(b'body\n{"event_id":"1"}\n', "a.txt") is not None
    assert csv_table(b'stuff\n"{""event_id"":""1"",""a"":2}"\n', "a.txt") is not None


def test_columns_to_choose_from_are_named() -> None:
    content = written(["Id", "Stuff, and more", "body"], ["1", PAYLOAD, "x"], delimiter=";")
    assert csv_titles(content) == ("Id", "Stuff, and more", "body")
    assert csv_titles(b'{"a": 1}') == ()
    assert (usual := csv_table(content, "a.csv", "no such column")) is not None
    assert usual.name == "body"
