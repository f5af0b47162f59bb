"""One row of the table of cases: what is run on which input, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """A command on the inputs of one case, and its right outcome; what is None is not looked at.

    `folder` is the case, `command` what is typed behind `cjmine` in a copy of its folder. A `load`
    writes `log.parquet` and the rejects beside it.

    `codes` are those of the errors and `notes` those of the notes, each once, in order of the
    alphabet. `customers` counts the customers of the log, `activities` the events of each label,
    `account` is (read, loaded, rejected, duplicate, filtered) of all files together, `rejects`
    pairs of line (else record) and code, `moments` all times in UTC, in order. `says` are texts
    that the output has, `hides` texts that neither the output nor the log has.
    """

    folder: str
    command: str
    status: int = 0
    codes: tuple[str, ...] | None = None
    notes: tuple[str, ...] | None = None
    customers: int | None = None
    activities: Mapping[str, int] | None = None
    account: tuple[int, int, int, int, int] | None = None
    rejects: tuple[tuple[int, str], ...] | None = None
    moments: tuple[str, ...] | None = None
    says: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How the test is called."""
        return f"{self.folder}: {self.command}"
