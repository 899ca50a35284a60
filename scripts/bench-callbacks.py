#!/usr/bin/env python3
"""Measure the callbacks room on one file; called by scripts/bench-callbacks."""

import gc
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np

from vibes_desktop.callbacks.collection import Collection
from vibes_desktop.callbacks.indexing import cores
from vibes_desktop.callbacks.judging import Judging
from vibes_desktop.callbacks.kept import KeptIndexes
from vibes_desktop.callbacks.opening import Opening
from vibes_desktop.callbacks.query import Query, parse
from vibes_desktop.callbacks.selecting import select, select_in_steps
from vibes_desktop.callbacks.views import groups, histogram, ordered

REPEATS = 3
PROGRAM = [sys.executable, "-m", "vibes_desktop", "inspect"]
WORD = "gold"
# in a small process of its own: a child counts what its parent held when it was made
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
QUERY = "type:subscription_removed reason:user_opt_out"


def best(act: Callable[[], object], repeats: int = REPEATS) -> float:
    """Give the shortest of a few runs, in seconds."""
    spent = []
    for _ in range(repeats):
        gc.collect()
        begun = time.perf_counter()
        act()
        spent.append(time.perf_counter() - begun)
    return min(spent)


def command(*words: str) -> Callable[[], object]:
    """Run a program to its end."""
    return lambda: subprocess.run(words, check=True, capture_output=True)


def in_turns(*acts: Callable[[], object], rounds: int = 5) -> list[float]:
    """Give the shortest run of each, in seconds, one after the other in every round."""
    spent = [[best(act, 1) for act in acts] for _ in range(rounds)]
    return [min(each) for each in zip(*spent, strict=True)]


def show(what: str, seconds: float, against: str = "", aim: str = "") -> None:
    """Print a line of the table."""
    print(f"| {what} | {seconds * 1000:,.0f} ms | {against} | {aim} |", flush=True)


def private_mb() -> float:
    """Read how much memory this process has for itself alone."""
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Private_Dirty:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def first_rows(file: str) -> None:
    """Open until there are rows, and read fifty of them, as the table's first screen does."""
    opening, collection = Opening([file]), Collection()
    for step in opening.steps():
        collection.add(step)
        if len(collection):
            opening.cancel()
            break
    for row in range(min(50, len(collection))):
        collection.text(row)
    collection.close()


def main() -> None:
    """Print the table."""
    file = sys.argv[1]
    load = os.getloadavg()[0]
    print(
        f"{platform.platform()}, Python {platform.python_version()}, "
        f"load {load:.1f} before, {cores()} worker processes"
    )
    print("\n| what | measured | against | aim |\n|---|---|---|---|")
    lines, indexed = in_turns(command("wc", "-l", file), lambda: Collection.open([file]).close())
    show("wc -l", lines)
    show("first rows read", best(lambda: first_rows(file)), "", "200 ms, painted")
    show("fully indexed", indexed, f"{indexed / lines:.1f} × wc -l", "15 ×")
    duckdb(file, indexed)
    questions(file)
    program(file, lines)


def duckdb(file: str, indexed: float) -> None:
    """Compare with DuckDB where it is installed."""
    if shutil.which("duckdb") is None:
        print("| DuckDB read_json | not installed here | | |")
        return
    load = "create table t as select * from read_json('%', ignore_errors=true)".replace("%", file)
    spent = best(command("duckdb", "-c", load))
    show("DuckDB read_json into a table", spent, f"{spent / indexed:.1f} × ours", "slower")


def questions(file: str) -> None:
    """Measure what the window asks of an open collection."""
    before = private_mb()
    with Collection.open([file]) as collection:
        aim = "250 MB" if len(collection) <= 1_000_000 else "700 MB at 10,000,000"
        print(f"| private memory, file open | {private_mb():,.0f} MB ({before:,.0f} before) | | {aim} |")
        columns, rows = collection.columns, np.arange(len(collection), dtype=np.int64)
        show("column filter", best(lambda: select(parse(QUERY), collection), 9), "", "20 ms")
        show("sort by time", best(lambda: ordered(columns, rows, "time"), 5), "", "60 ms")
        show("sort by list", best(lambda: ordered(columns, rows, "list"), 5), "", "60 ms")
        show("group by day and type", best(lambda: groups(columns, rows, ["day", "type"]), 5), "", "60 ms")
        show("histogram of 120 bars", best(lambda: histogram(columns, rows, 120), 5))
        search(file, collection)
        show("redeliveries and conflicts", best(collection.repeats, 1))
        show("findings and drift, the second pass", best(lambda: list(Judging(collection).steps()), 1))
        step = max(len(rows) // 200, 1)
        reads = [best(partial(collection.payload, row), 1) for row in range(0, len(rows), step)]
        show("one payload read and judged, a thousand times the median", statistics.median(reads) * 1000)
    with tempfile.TemporaryDirectory() as folder:
        kept = KeptIndexes(Path(folder))
        Collection.open([file], kept=kept).close()
        show(
            "reopened with the kept index",
            best(lambda: Collection.open([file], kept=kept).close()),
            "",
            "1,000 ms",
        )


def search(file: str, collection: Collection) -> None:
    """Measure looking for a word in all payloads."""
    query = parse(WORD)
    show("text search, first hit", best(lambda: next(first_hits(query, collection))), "", "50 ms")
    if shutil.which("rg"):
        text, ripgrep = in_turns(lambda: select(query, collection), command("rg", "-c", WORD, file), rounds=3)
        show("text search, all hits", text, f"{text / ripgrep:.1f} × rg -c", "8 ×")
    else:
        show(
            "text search, all hits",
            best(lambda: select(query, collection)),
            "rg is not installed here",
            "8 ×",
        )


def first_hits(query: Query, collection: Collection) -> Iterator[object]:
    """Give the steps of a search that found something."""
    return (hits for hits, _ in select_in_steps(query, collection) if len(hits))


def program(file: str, lines: float) -> None:
    """Measure the whole command."""
    spent = best(command(*PROGRAM, file, "--query", QUERY, "--count"))
    show("inspect --query --count, whole process", spent, f"{spent / lines:.1f} × wc -l", "35 ×")
    words = [sys.executable, "-c", PEAK, *PROGRAM, file, "--query", QUERY, "--count"]
    peak = int(subprocess.run(words, check=True, capture_output=True, text=True).stdout) / 1024
    print(f"| its largest process | {peak:,.0f} MB | | 450 MB |")


if __name__ == "__main__":
    main()
