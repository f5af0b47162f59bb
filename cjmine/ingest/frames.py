"""A data frame in, settled as an input like any export."""

from __future__ import annotations

from cjmine.ingest.input_notes import assumptions
from cjmine.ingest.inputs import Inputs
from cjmine.ingest.kept_columns import keeping
from cjmine.ingest.source_flags import SourceFlags
from cjmine.loaders.arrow_rows import open_rows
from cjmine.loaders.frames import rows_of
from cjmine.loaders.sniff import settled
from cjmine.sources import Source

LABEL = "data frame"


def frame_inputs(frame: object, declared: SourceFlags) -> Inputs:
    """The one source that a data frame is. Raises UsageError, DataError as `find_inputs` does."""
    rows = rows_of(frame, LABEL)
    source = Source(rows, LABEL, "frame", LABEL, declared.roles, extras=declared.extras)
    opened = open_rows(rows, source, LABEL)
    found = settled(source, opened, "it was given", assumed=True)
    found = keeping(found, declared.keep, [found])
    return Inputs((found,), (), (), tuple(assumptions([found])))
