"""A load of 10 million events in chunks: peak memory and processor time beside those of one piece.

Into a log folder and into one file, which both put aside what they have read, and once with all
events in memory. Exit status: 0 every floor is kept and the bytes of the file agree, else 1. Linux.

Example: ``python benchmarks/chunks.py --events 10000000``
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import COLUMNS, HERE, use

MEMORY_FLOOR, CPU_FLOOR = 600, 1.15  # MB, times one piece
ONE_PIECE = """
from pathlib import Path
from cjmine.eventlog.parquet import write_log
from cjmine.ingest.inputs import find_inputs
from cjmine.ingest.load import load
from cjmine.ingest.source_options import SourceOptions
from cjmine.privacy.key import find_key

columns = {"customer": "customer_id", "activity": "activity", "timestamp": "timestamp"}
inputs = find_inputs(["export.csv"], SourceOptions(**columns, tz="UTC").flags([]))
write_log(load(inputs, find_key(Path("k.key")), zone_required=True).log, Path("piece.parquet"))
"""


def main() -> int:
    """Make the export, load it three times, check the floors."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--events", type=int, default=10_000_000)
    asked = parser.parse_args()
    cjmine = [sys.executable, "-m", "cjmine"]
    load = [*cjmine, "load", "export.csv", *COLUMNS, "--tz", "UTC", "--key-file", "k.key"]
    kept = True
    with tempfile.TemporaryDirectory(prefix="cjmine-benchmark-") as name:
        folder = Path(name)
        generate = [sys.executable, str(HERE / "generate_export.py"), "-o", f"{name}/export.csv"]
        sizes = ["--events", str(asked.events), "--customers", str(asked.events // 10)]
        subprocess.run([*generate, *sizes], check=True)
        use([*cjmine, "privacy", "new-key", "k.key"], folder)
        piece = use([sys.executable, "-c", ONE_PIECE], folder)
        print(f"one piece: {piece.memory:,.0f} MB, {piece.cpu:.1f} s of processor")
        for what, place in (("log folder", "log/"), ("one file", "log.parquet")):
            used = use([*load, "-o", place], folder)
            ratio = used.cpu / piece.cpu
            kept &= used.memory <= MEMORY_FLOOR and ratio <= CPU_FLOOR
            print(
                f"{what}: {used.memory:,.0f} MB (at most {MEMORY_FLOOR}), {used.cpu:.1f} s,"
                f" {ratio:.2f} times one piece (at most {CPU_FLOOR})"
            )
        same = (folder / "log.parquet").read_bytes() == (folder / "piece.parquet").read_bytes()
        print(f"bytes of the file {'equal' if same else 'DIFFER'}")
    return 0 if kept and same else 1


if __name__ == "__main__":
    sys.exit(main())
