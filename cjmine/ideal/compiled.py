"""What people declared: the journey, and the state space that traces are compared with."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.errors import Note
from cjmine.ideal.choices import Choices, choices_of
from cjmine.ideal.journey import IdealJourney
from cjmine.ideal.space import StateSpace, compile_space


@dataclass(frozen=True, slots=True)
class CompiledIdeal:
    """An ideal journey ready to compare with.

    A journey file gives both; a process model gives a space, and a journey that only lists the
    steps, the goal and no expectations. `choices` are those of the journey: a process model has
    none that it names. `notes` say what of a model was assumed.
    """

    journey: IdealJourney
    space: StateSpace
    choices: Choices
    notes: tuple[Note, ...] = ()


def compile_ideal(journey: IdealJourney) -> CompiledIdeal:
    """Compile a declared journey. Raises UsageError J111 where it has too many states."""
    return compiled_with(journey, compile_space(journey.root, journey.file))


def compiled_with(
    journey: IdealJourney, space: StateSpace, notes: tuple[Note, ...] = ()
) -> CompiledIdeal:
    """A journey whose state space is known."""
    return CompiledIdeal(journey, space, choices_of(journey.root, space.labels), notes)
