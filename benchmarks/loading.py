"""How fast `cjmine load` reads, and in how much memory: access logs, CSV, mailboxes, XES.

    python benchmarks/loading.py                       # 4,000,000 lines, about three minutes
    python benchmarks/loading.py --gigabytes 5         # an access log of 5 GB instead

Whole processes, from export to saved event log, pseudonyms included. XES is compared with pm4py's
iterparse reader in the same run. Exit status: 0 every floor is kept, 1 one is missed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

KEY = "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"
CJMINE = [sys.executable, "-m", "cjmine"]
FLOORS = {"access log": 400_000, "csv": 400_000, "mbox": 1_000}
XES_FLOOR, MEMORY_FLOOR_GIB = 3.0, 1.5
BLOCK = 200_000
PAGES = [f"/mijn/stap-{step}" for step in range(40)] + [f"/artikel/{n}" for n in range(400)]
ASSETS = [f"/static/{n}.{kind}" for n in range(200) for kind in ("js", "css", "png")]
AGENTS = [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_4) AppleWebKit/605.1.15 Version/17.4 Safari/605.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
]


def access_blocks(seed: int = 1) -> Iterator[bytes]:
    """Blocks of an access log: a page of three requests, else pictures and scripts; some bots."""
    chance, second = np.random.default_rng(seed), 0
    while True:
        hosts = chance.integers(0, 400_000, BLOCK)
        pages = chance.random(BLOCK) < 1 / 3
        paths = np.where(
            pages, chance.integers(0, len(PAGES), BLOCK), chance.integers(0, len(ASSETS), BLOCK)
        )
        agents = chance.choice(len(AGENTS), BLOCK, p=[0.4, 0.3, 0.25, 0.05])
        lines = []
        for place in range(BLOCK):
            host, at = hosts[place], second + place // 40
            path = PAGES[paths[place]] if pages[place] else ASSETS[paths[place]]
            lines.append(
                f"10.{host >> 16 & 255}.{host >> 8 & 255}.{host & 255} - - "
                f"[{1 + at // 86400 % 28:02}/May/2024:{at // 3600 % 24:02}:{at // 60 % 60:02}:"
                f'{at % 60:02} +0200] "GET {path}?v={place} HTTP/1.1" 200 {place} '
                f'"https://www.example.nl/" "{AGENTS[agents[place]]}"\n'
            )
        second += BLOCK // 40
        yield "".join(lines).encode()


def csv_blocks() -> Iterator[bytes]:
    """Blocks of a CSV export: customer, time with offset, activity, and columns nobody reads."""
    chance, second = np.random.default_rng(2), 0
    while True:
        who, what = chance.integers(0, 400_000, BLOCK), chance.integers(0, 60, BLOCK)
        yield "".join(
            f"K-{who[place]:06},2024-05-{1 + (second + place) // 86400 % 28:02}T"
            f"{(second + place) // 3600 % 24:02}:{(second + place) // 60 % 60:02}:"
            f"{(second + place) % 60:02}+02:00,Step {what[place]},note {place},https://example.nl/x\n"
            for place in range(BLOCK)
        ).encode()
        second += BLOCK


def written(path: Path, blocks: Iterator[bytes], lines: int, size: int, head: bytes = b"") -> int:
    """Write blocks until there are so many lines, or bytes if a size is given; the lines."""
    done = 0
    with path.open("wb") as file:
        file.write(head)
        while (file.tell() < size) if size else (done < lines):
            file.write(next(blocks))
            done += BLOCK
    return done


def mailbox(path: Path, messages: int) -> None:
    """A mailbox of messages with usual headers and a body of 2 kB."""
    body = ("word " * 12 + "\n") * 32
    with path.open("w") as file:
        for number in range(messages):
            file.write(
                f"From a{number}@example.com Fri May  3 10:00:00 2024\n"
                f"Received: from x by y; Fri, 3 May 2024 10:00:00 +0200\n"
                f"From: A <a{number % 9000}@example.com>\nTo: info@example.nl\n"
                f"Date: Fri, 3 May 2024 10:00:{number % 60:02} +0200\n"
                f"Message-ID: <{number}@example.com>\nSubject: question {number % 500}\n\n{body}\n"
            )


def xes(path: Path, traces: int) -> None:
    """A process log of ten events a trace."""
    with path.open("w") as file:
        file.write('<?xml version="1.0"?><log xes.version="1.0">\n')
        for trace in range(traces):
            events = "".join(
                f'<event><string key="concept:name" value="Step {event}"/>'
                f'<date key="time:timestamp" value="2024-05-03T10:{event:02}:00.000+02:00"/>'
                f'<string key="org:resource" value="r{trace % 50}"/></event>\n'
                for event in range(10)
            )
            file.write(f'<trace><string key="concept:name" value="t{trace}"/>\n{events}</trace>\n')
        file.write("</log>\n")


def run(command: list[str], folder: Path) -> tuple[float, float]:
    """Seconds and peak resident memory (GiB) of a whole process."""
    environ = os.environ | {"CJMINE_KEY": KEY}
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    said = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} failed:\n{said}")
    unit = 1 << 30 if sys.platform == "darwin" else 1 << 20
    return time.perf_counter() - began, usage.ru_maxrss / unit


def load(name: str, file: Path, records: int, floor: int, more: list[str]) -> tuple[bool, float]:
    """Load one file and say how it went: whether the floor is kept, and the memory."""
    seconds, memory = run([*CJMINE, "load", file.name, *more, "-o", "log.parquet"], file.parent)
    rate = records / seconds
    size = file.stat().st_size / 1e9
    print(
        f"{name:<12}{records:>12,} records {size:>6.2f} GB {seconds:>8.2f} s {rate:>12,.0f} /s"
        f"  peak {memory:.2f} GiB  floor {floor:,} /s {'kept' if rate >= floor else 'MISSED'}",
        flush=True,
    )
    return rate >= floor, memory


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--lines", type=int, default=4_000_000)
    parser.add_argument("--gigabytes", type=float, default=0)
    wanted = parser.parse_args()
    kept = True
    with tempfile.TemporaryDirectory(prefix="cjmine-bench-") as temporary:
        folder = Path(temporary)
        size = int(wanted.gigabytes * 1e9)
        lines = written(folder / "access.log", access_blocks(), wanted.lines, size)
        good, memory = load("access log", folder / "access.log", lines, FLOORS["access log"], [])
        kept &= good and (not size or memory <= MEMORY_FLOOR_GIB)
        if size:
            print(f"memory floor {MEMORY_FLOOR_GIB} GiB: {'kept' if kept else 'MISSED'}")
            return 0 if kept else 1
        (folder / "access.log").unlink()
        head = b"customer,time,activity,note,url\n"
        lines = written(folder / "export.csv", csv_blocks(), wanted.lines, 0, head)
        kept &= load("csv", folder / "export.csv", lines, FLOORS["csv"], [])[0]
        mailbox(folder / "desk.mbox", 100_000)
        kept &= load("mbox", folder / "desk.mbox", 100_000, FLOORS["mbox"], [])[0]
        xes(folder / "log.xes", 40_000)
        ours, _ = run([*CJMINE, "load", "log.xes", "-o", "log.parquet"], folder)
        read = "import pm4py; pm4py.read_xes('log.xes', variant='iterparse')"
        theirs, _ = run([sys.executable, "-c", read], folder)
        good = theirs / ours >= XES_FLOOR
        kept &= good
        print(
            f"xes         400,000 events {ours:.2f} s, pm4py iterparse {theirs:.2f} s:"
            f" {theirs / ours:.1f} times  floor {XES_FLOOR:g} {'kept' if good else 'MISSED'}"
        )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
