"""What every result in a notebook can do: print itself, and be handed on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from cjmine.output import Access, write_text
from cjmine.reporters.formats import Format, format_of
from cjmine.reporters.registry import render, subject_of
from cjmine.reporters.result import Reported

Result = TypeVar("Result", bound=Reported)


@dataclass(frozen=True, repr=False)
class ShownResult(Generic[Result]):
    """A result that prints itself: its fields are the keys of its JSON.

    A figure that is withheld, because it is about too few customers, is missing (NA).
    """

    result: Result

    def to_markdown(self) -> str:
        """The summary for a pull request or a wiki."""
        return render(self.result, Format.MARKDOWN)

    def to_dict(self) -> dict[str, Any]:
        """The result as `-f json` gives it; its keys are never renamed."""
        found: dict[str, Any] = json.loads(render(self.result, Format.JSON))
        return found

    def _write(self, path: Path) -> None:
        """Write the result, whole or not at all; the suffix decides.

        Raises UsageError U101, OutputError O101.
        """
        found = self.result
        text = render(found, format_of(path, subject_of(found)))
        write_text(path, text, Access.of(found.privacy.release))

    def __repr__(self) -> str:
        return render(self.result, Format.TEXT).rstrip("\n")
