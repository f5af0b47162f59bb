"""A data frame in, settled as an input like any export."""

from __future__ import annotations

from cjmine.ingest.input_notes import assumptions
from cjmine.ingest.inputs import Inputs
from cjmine.ingest.kept_columns import keeping
from cjmine.ingest.source_flags import SourceFlags
from cjmine.loaders.frames import open_frame, table_of
from cjmine.loaders.sniff import settled
from cjmine.sources import Frame, Source

LABEL = "data frame"


def frame_inputs(frame: object, declared: SourceFlags) -> Inputs:
    """The one source that a data frame is. Raises UsageError, DataError as `find_inputs` does."""
    source = Source(
        Frame(table_of(frame, LABEL)),
        LABEL,
        "frame",
        LABEL,
        declared.roles,
        extras=declared.extras,
    )
    found = settled(source, open_frame(source), "it was given", assumed=True)
    found = keeping(found, declared.keep, [found])
    return Inputs((found,), (), (), tuple(assumptions([found])))
