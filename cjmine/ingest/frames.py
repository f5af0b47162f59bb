"""A data frame in, settled as an input like any export."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from cjmine.ingest.input_notes import assumptions
from cjmine.ingest.inputs import Inputs, keeping
from cjmine.ingest.source_flags import SourceFlags
from cjmine.loaders.batch import Loader
from cjmine.loaders.frames import FrameLoader, table_of
from cjmine.loaders.sniff import settled
from cjmine.sources import Source

LABEL = "data frame"


def frame_inputs(frame: object, declared: SourceFlags) -> Inputs:
    """The one source that a data frame is. Raises UsageError, DataError as `find_inputs` does."""
    loader = cast(Loader, FrameLoader(table_of(frame, LABEL)))
    source = Source(Path(LABEL), LABEL, loader.name, LABEL, declared.roles, extras=declared.extras)
    found = settled(source, loader, "it was given", assumed=True)
    found = keeping(found, declared.keep, [found])
    return Inputs((found,), (), (), tuple(assumptions([found])))
