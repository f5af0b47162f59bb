"""The findings of a check for code-quality tools: one for each expectation that is not kept."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath

from cjmine.reporters.check.words import expected_and_found, of_builds, why
from cjmine.reporters.escaping import unobeyed, visible
from cjmine.results.check import Check
from cjmine.results.expectations import ExpectationRow, Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """An expectation that is not kept, in words, and where it is declared.

    `line` is None where a process model was checked. `fingerprint` is the same for the same
    expectation of the same file, wherever in the file it is.
    """

    row: ExpectationRow
    text: str
    path: str
    line: int | None
    fingerprint: str


def findings_of(found: Check) -> Iterator[Finding]:
    """The findings in the order of the check."""
    path = PurePath(found.journey_file).as_posix()
    language = of_builds(found)
    alike: Counter[str] = Counter()
    for row in found.expectations:
        if row.verdict is Verdict.KEPT:
            continue
        text = f"{row.verdict.value}: {row.what}: {expected_and_found(row, language)}"
        reason = why(row, language)
        text += f" ({reason})" if reason else ""
        known = "\n".join((path, row.code.value, row.what, row.budget))
        alike[known] += 1
        known += f"\n{alike[known]}"
        yield Finding(
            row,
            visible(text),
            path,
            row.line or None,
            sha256(known.encode("utf-8", "surrogatepass")).hexdigest(),
        )


def as_json(value: object) -> str:
    """A document as JSON that no build service obeys; ends without a line feed."""
    return unobeyed(json.dumps(value, indent=2), "\\u0023")
