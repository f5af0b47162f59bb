"""A load into one saved file, whose memory follows the parts that it is written in."""

from __future__ import annotations

from pathlib import Path

from cjmine.eventlog.log import size_in_words
from cjmine.eventlog.parquet import open_file, write_parts
from cjmine.ingest.inputs import Inputs
from cjmine.ingest.load import load_chunks
from cjmine.ingest.loaded import Loaded
from cjmine.ingest.ordered import parts_in_order
from cjmine.ingest.pieces import Spill
from cjmine.ingest.reject_budget import RejectBudget
from cjmine.output import write_whole
from cjmine.privacy.pseudonyms import Key
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.shown_paths import shown_path
from cjmine.temporary import place_in


def load_into_file(
    file: Path,
    inputs: Inputs,
    key: Key,
    budget: RejectBudget = RejectBudget(),
    progress: Progress = no_progress,
) -> tuple[Loaded, str]:
    """Load exports into a Parquet file, whole or not at all; the log, and its size in words.

    Times need a zone. Raises what `load_chunks` raises, and OutputError O101.
    """
    with place_in(file.parent) as folder:
        spill = Spill(folder)
        found = load_chunks(inputs, key, budget, True, progress, spill)
        size = size_in_words(found.events, found.customers, found.activities)
        progress(ProgressEvent(Phase.BUILD))
        repeats = found.repeats_cases
        parts, is_cut = parts_in_order(found, repeats, spill)
        progress(ProgressEvent(Phase.WRITE, shown_path(file)))
        write_whole(file, lambda temporary: write_parts(parts, temporary, is_cut, repeats))
    source = open_file(file, shown_path(file))
    return Loaded(source, found.rejects, found.notes, found.files, found.left), size
