"""How good a trained classifier is on texts that it did not learn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from cjmine.results.figures import STRICT, Events, Proportion


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One label: `right` of `held_out` texts were found, among `given` texts that got the label.

    Recall is right / held_out, precision right / given; an unsure text counts as not found.
    """

    label: str
    right: Events
    held_out: Events
    given: Events


@dataclass(frozen=True, slots=True)
class ConfusionRow:
    """So many texts of one label that got another, or were unsure."""

    label: str
    taken_for: str
    texts: Events


@dataclass(frozen=True, slots=True)
class Training:
    """A classifier measured on `texts` that it did not learn from.

    `right` have the right best guess, whatever the confidence; `unsure` were below the limit, and
    of the others `right_when_sure` are right.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/classifier/1"]
    learnt: Events
    texts: Events
    right: Events
    unsure: Events
    right_when_sure: Events
    below: Proportion
    labels: tuple[LabelRow, ...]
    confusions: tuple[ConfusionRow, ...]
