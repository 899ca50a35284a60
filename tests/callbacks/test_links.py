"""Links lead back to the row they were made for."""

from pathlib import Path

import pytest

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.links import find_link, link_to


def test_there_and_back(samples: Path, tmp_path: Path) -> None:
    (tmp_path / "a b&c.ndjson").write_text('{"a":1}{"b":2}\n{"c":3}\n')
    with Collection.open([str(samples), str(tmp_path)]) as collection:
        links = [link_to(collection, row) for row in range(len(collection))]
        assert [find_link(collection, link) for link in links] == list(range(len(collection)))
        assert len(set(links)) == len(links)
        assert links[-1] == f"vibes-desktop:callback?file={tmp_path}/a%20b%26c.ndjson&line=2"
        assert (
            find_link(collection, "vibes-desktop:callback?file=C%3A%5Cother%5Ca%20b%26c.ndjson&line=2")
            == len(links) - 1
        )


@pytest.mark.parametrize(
    "link",
    [
        "", "https://a.example/", "vibes-desktop:person?file=a.ndjson&line=1", "vibes-desktop:callback",
        "vibes-desktop:callback?file=a.ndjson&line=9", "vibes-desktop:callback?file=b.ndjson&line=1",
        "vibes-desktop:callback?file=a.ndjson&line=x", "vibes-desktop:callback?file=a.ndjson&line=1&part=0",
        "vibes-desktop:callback?file=a.ndjson&line=1&part=2",
    ],
)  # fmt: skip
def test_what_leads_nowhere(link: str, tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_text('{"a":1}\n')
    with Collection.open([str(tmp_path)]) as collection:
        assert find_link(collection, link) is None
