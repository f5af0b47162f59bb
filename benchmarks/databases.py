"""What a load from PostgreSQL costs beside one from the CSV of the same rows.

    python benchmarks/databases.py                     # 2,000,000 rows, about a minute

A real server on this machine, started for this and removed after it. Whole processes, in turn, from
rows to a saved log; the server's own work is not counted. The logs must be the same, byte for byte.
Floors: at most 1.5 times the CPU and 1.25 times the peak memory of the CSV. Exit status: 0 every
floor is kept or there is no PostgreSQL, 1 one is missed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from postgresql import Server, installed, started

KEY = "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"
CPU_FLOOR, MEMORY_FLOOR = 1.5, 1.25
ROLES = """\
customer  = "who"
activity  = "what"
timestamp = "at"
channel   = { column = "channel" }
keep      = ["plan"]
"""
DATABASE = """\
[source.calls]
database = "postgresql"
service  = "shop"
query    = "calls.sql"
order    = "event_id"
"""
ROWS = """\
CREATE TABLE calls AS SELECT i AS event_id,
  'K' || lpad((i * 7919::bigint % {customers})::text, 9, '0') AS who,
  'Step ' || (i * 31::bigint + i / 1000) % 60 AS what,
  timestamptz '2026-01-01 00:00:00+01' + i * interval '0.5 seconds' AS at,
  (ARRAY['web', 'call', 'mail'])[1 + i % 3] AS channel,
  (ARRAY['basic', 'plus'])[1 + i % 2] AS plan,
  'note ' || i AS note
FROM generate_series(1, {rows}) AS i"""


def load(folder: Path, environ: dict[str, str]) -> tuple[float, float]:
    """CPU seconds and peak memory (MB) of one load of a folder into its `log.parquet`."""
    command = [sys.executable, "-m", "cjmine", "load", "-q", "-o", "log.parquet"]
    process = subprocess.Popen(command, cwd=folder, env=os.environ | environ)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"a load in {folder.name} failed")
    peak = usage.ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    return usage.ru_utime + usage.ru_stime, peak


def prepared(server: Server, folder: Path, rows: int) -> tuple[Path, Path]:
    """A project that asks the server, and one that reads the export of the same rows."""
    server.run(
        ROWS.format(rows=rows, customers=rows // 10),
        "ALTER TABLE calls ADD PRIMARY KEY (event_id)",
        "GRANT SELECT ON calls TO analyst",
        "VACUUM ANALYZE calls",
    )
    asking, exported = folder / "postgresql", folder / "csv"
    asking.mkdir()
    exported.mkdir()
    (asking / "calls.sql").write_text("SELECT * FROM calls\n")
    (asking / "cjmine.toml").write_text(DATABASE + ROLES)
    server.csv("SELECT * FROM calls ORDER BY event_id", exported / "calls.csv")
    (exported / "cjmine.toml").write_text('[source.calls]\nfiles = "calls.csv"\n' + ROLES)
    return asking, exported


def main() -> int:
    """Measure, print, and say whether the floors are kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    programs = installed()
    if programs is None:
        print("no PostgreSQL is installed: nothing is measured")
        return 0
    with tempfile.TemporaryDirectory() as name, started(programs) as server:
        folder = Path(name)
        environ = {"CJMINE_KEY": KEY} | server.services(folder)
        sides = prepared(server, folder, asked.rows)
        runs = [[load(side, environ) for side in sides] for _ in range(asked.runs)]
        tables = [pq.read_table(side / "log.parquet") for side in sides]
    if not tables[0].equals(tables[1]):
        print("the two logs differ")
        return 1
    print(f"{asked.rows:,} rows, median of {asked.runs} pairs; the logs are the same")
    for place, side in enumerate(("postgresql", "csv")):
        cpu, memory = (statistics.median(run[place][what] for run in runs) for what in (0, 1))
        print(f"  {side:<12} {cpu:6.2f} s of CPU   {memory:6.0f} MB")
    missed = 0
    for what, label, floor in ((0, "CPU", CPU_FLOOR), (1, "memory", MEMORY_FLOOR)):
        ratio = statistics.median(run[0][what] / run[1][what] for run in runs)
        missed += ratio > floor
        verdict = "kept" if ratio <= floor else "MISSED"
        print(f"  {label:<12} {ratio:6.2f} times the CSV, at most {floor}: {verdict}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
