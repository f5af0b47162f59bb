"""No output says where a folder is: not a screen, not a file, not the metadata of a saved log."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from cli.running import KEY, SAMPLE_LOGS, Ran, run
from privacy.canaries import unpacked

VERBS = (
    "sniff {logs}/analytics.csv",
    "load {logs} --key-file {keys}/my.key -o {out}/log.parquet --rejects {out}/r.csv",
    "discover {out}/log.parquet -f json -o {out}/a.html -o {out}/a.md",
    "check {out}/log.parquet --ideal {logs}/journey.yaml --exit-zero -o {out}/c.json -o {out}/c.html"
    " -o {out}/c.xml --save-baseline {out}/base.json -f github",
    "check {out}/log.parquet --ideal {logs}/journey.yaml --exit-zero --baseline {out}/base.json -f json",
    "map {out}/log.parquet --ideal {logs}/journey.yaml -o {out}/m.svg -o {out}/m.html",
    "report {out}/log.parquet --ideal {logs}/journey.yaml -o {out}/r.html",
    "report {out}/c.json -o {out}/r2.html",
    "draft {logs} --goal Delivery -o {out}/d.yaml --force",
    "touchpoints {logs}",
    "identity report {logs}",
    "discover {logs} --region NL",
    "discover {out}/missing.csv",
    "check {logs} --ideal {out}/missing.yaml",
    "load {logs} --key-file {out}/missing.key -o {out}/x.parquet",
    "discover {logs} --config {out}/missing.toml",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders of a user with a name of its own, named by absolute paths from another folder."""
    root = tmp_path_factory.mktemp("homes") / "jan-jansen"
    shutil.copytree(SAMPLE_LOGS, root / "logs")
    for name in ("out", "keys", "here"):
        (root / name).mkdir()
    (root / "keys" / "my.key").write_text(KEY)
    (root / "keys" / "my.key").chmod(0o600)
    return root


@pytest.mark.parametrize("place", ["here", "."])
def test_absolute_paths_are_said_nowhere(folder: Path, place: str) -> None:
    """Whatever is typed with absolute paths, in a folder beside them and in one above them."""
    named = {name: str(folder / name) for name in ("logs", "out", "keys")}
    for verb in VERBS:
        ran: Ran = run(folder / place, *verb.format(**named).split())
        assert ran.status != 70, ran.err
        said = ran.out + ran.err
        assert "jan-jansen" not in said, f"{verb}\n{said}"
    for file in (folder / "out").iterdir():
        for part in unpacked(file):
            assert b"jan-jansen" not in part, file.name
    assert b"jan-jansen" not in pq.read_schema(folder / "out" / "log.parquet").metadata[b"cjmine"]
