"""Tokens of two keys never meet: a customer would be two, and nothing would say so."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from cli.running import KEY, events, run

from cjmine.errors import DataError
from cjmine.ingest import inputs
from cjmine.ingest.source_flags import SourceFlags

OTHER = KEY[::-1]


def saved(folder: Path, name: str, key: str) -> None:
    """A log in the folder `logs`, made of an export that lies elsewhere."""
    (folder / "logs").mkdir(exist_ok=True)
    (folder / "a.csv").write_text(events(20))
    ran = run(folder, "load", "a.csv", "-o", f"logs/{name}", key=key)
    assert ran.status == 0, ran.err


@pytest.mark.parametrize("verb", ["discover logs", "load logs -o both.parquet"])
def test_logs_of_two_keys_are_not_read_together(tmp_path: Path, verb: str) -> None:
    """Refused wherever a folder or several names bring them together, with both names."""
    saved(tmp_path, "one.parquet", KEY)
    saved(tmp_path, "two.parquet", OTHER)
    ran = run(tmp_path, *verb.split(), key=KEY)
    assert (ran.status, ran.codes) == (3, ["L123"]) and "different keys" in ran.err, ran.err
    assert "one.parquet" in ran.err and "two.parquet" in ran.err


def test_logs_of_one_key_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with one key passes; and without the check, two keys do too (control)."""
    saved(tmp_path, "one.parquet", KEY)
    saved(tmp_path, "two.parquet", KEY)
    table = pq.read_table(tmp_path / "logs" / "two.parquet")
    pq.write_table(table.slice(0, 10), tmp_path / "logs" / "two.parquet")
    assert run(tmp_path, "discover", "logs", "--min-group", "1").status == 0
    saved(tmp_path, "two.parquet", OTHER)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match="L123"):
        inputs.find_inputs(["logs"], SourceFlags())
    monkeypatch.setattr(inputs, "check_one_key", lambda _: None)
    assert len(inputs.find_inputs(["logs"], SourceFlags()).sources) == 2
