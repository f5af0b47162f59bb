"""What people declared: the journey, and the state space that traces are compared with."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.errors import Note
from cjmine.ideal.journey import IdealJourney
from cjmine.ideal.space import StateSpace, compile_space


@dataclass(frozen=True, slots=True)
class CompiledIdeal:
    """An ideal journey ready to compare with.

    A journey file gives both; a process model gives a space, and a journey that only lists the
    steps, the goal and no expectations. `notes` say what of a model was assumed.
    """

    journey: IdealJourney
    space: StateSpace
    notes: tuple[Note, ...] = ()


def compile_ideal(journey: IdealJourney) -> CompiledIdeal:
    """Compile a declared journey. Raises UsageError J111 where it has too many states."""
    return CompiledIdeal(journey, compile_space(journey.root, journey.file))
