"""What is told of reading: files of one source add up, and shares only grow."""

from __future__ import annotations

from pathlib import Path

from cjmine.ingest.inputs import find_inputs
from cjmine.ingest.load import load
from cjmine.ingest.source_flags import SourceFlags
from cjmine.loaders.batch import RawBatch
from cjmine.privacy.key import throw_away_key
from cjmine.progress import Phase, ProgressEvent

ROWS = "customer,activity,time\n" + "".join(
    f"c{n},Search,2026-03-02T10:{n % 60:02}:00Z\n" for n in range(40)
)


def told(folder: Path) -> list[ProgressEvent]:
    """Every step of a load of a folder."""
    steps: list[ProgressEvent] = []
    inputs = find_inputs([str(folder)], SourceFlags(), steps.append)
    load(inputs, throw_away_key(), progress=steps.append)
    return steps


def test_files_of_one_source_are_told_as_one(tmp_path: Path) -> None:
    """A folder of exports is one source: one name, events and shares of all its files."""
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.csv").write_text(ROWS.replace("\nc", f"\n{name}"))
    read = [step for step in told(tmp_path) if step.phase is Phase.READ]
    assert {step.what for step in read} == {f"{tmp_path.name} (3 files)"}
    assert [step.events for step in read] == [0, 40, 40, 80, 80, 120]
    shares = [step.share or 0.0 for step in read]
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert read[-1].whole == 1.0


def test_every_stage_is_told_once_and_in_order(tmp_path: Path) -> None:
    """Few steps, whatever the number of events."""
    (tmp_path / "a.csv").write_text(ROWS)
    stages = [step.phase for step in told(tmp_path)]
    assert stages == [Phase.LOOK, Phase.READ, Phase.READ, Phase.LINK, Phase.BUILD]


def test_a_share_is_between_nothing_and_all(tmp_path: Path) -> None:
    """Also for a mailbox and an XES log, which are read by their bytes."""
    mail = "From: a@example.nl\nTo: b@example.com\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n\nx\n"
    (tmp_path / "m.eml").write_text(mail)
    inputs = find_inputs([str(tmp_path / "m.eml")], SourceFlags())
    one = inputs.sources[0]
    batches: list[RawBatch] = list(one.read())
    assert [batch.through for batch in batches] == [1.0]
