"""The miners of process models; light, because `--help` lists them."""

from __future__ import annotations

from enum import StrEnum


class Model(StrEnum):
    """How a model is discovered.

    The inductive miner's model replays every trace; the heuristics miner's shows the main paths
    and leaves out what is rare.
    """

    INDUCTIVE = "inductive"
    HEURISTICS = "heuristics"
