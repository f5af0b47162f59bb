"""A check as a Code Quality report of GitLab: a finding for each expectation that is not kept."""

from __future__ import annotations

from cjmine.reporters.check.findings import as_json, findings_of
from cjmine.reporters.escaping import visible
from cjmine.reporters.formats import Asked
from cjmine.results.check import Check
from cjmine.results.expectations import Verdict

_SEVERITIES = {
    Verdict.BROKEN: "major",
    Verdict.WARNED: "minor",
    Verdict.INCONCLUSIVE: "info",
    Verdict.ACCEPTED: "info",
}


def render(found: Check, asked: Asked) -> str:
    """A check as a JSON list of findings; an empty one where all is kept."""
    return as_json(
        [
            {
                "description": one.text,
                "check_name": one.row.code.value,
                "fingerprint": one.fingerprint,
                "severity": _SEVERITIES[one.row.verdict],
                "location": {"path": visible(one.path), "lines": {"begin": one.line or 1}},
            }
            for one in findings_of(found)
        ]
    )
