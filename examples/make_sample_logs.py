"""Write the sample logs: ``python examples/make_sample_logs.py [FOLDER]``.

The same files, byte for byte, on every run; the folder defaults to ``sample_logs`` beside ``examples``.
"""

import sys
from pathlib import Path

from sample_logs_generator.build import build

DEFAULT = Path(__file__).resolve().parent.parent / "sample_logs"

if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit("usage: make_sample_logs.py [FOLDER]")
    folder = Path(sys.argv[1]) if len(sys.argv) == 2 else DEFAULT
    for path in build(folder):
        print(f"{path.stat().st_size:>9,}  {path.relative_to(folder)}")
