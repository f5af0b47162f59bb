"""A check as SARIF 2.1.0 (OASIS), which code scanning of GitHub, Azure and editors shows."""

from __future__ import annotations

from urllib.parse import quote

from cjmine.errors import Code
from cjmine.reporters.check.findings import Finding, as_json, findings_of
from cjmine.reporters.explanations import explanation
from cjmine.reporters.formats import Asked
from cjmine.results.check import Check
from cjmine.results.expectations import Verdict
from cjmine.version import VERSION

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {
    Verdict.BROKEN: "error",
    Verdict.WARNED: "warning",
    Verdict.INCONCLUSIVE: "note",
    Verdict.ACCEPTED: "note",
}


def render(found: Check, asked: Asked) -> str:
    """A check as SARIF: a result for each expectation that is not kept, a rule for each code."""
    findings = list(findings_of(found))
    codes = list(dict.fromkeys(one.row.code for one in findings))
    driver = {"name": "cjmine", "version": VERSION, "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, codes.index(one.row.code)) for one in findings],
    }
    return as_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: Code) -> dict[str, object]:
    said = explanation(code)
    return {
        "id": code.value,
        "name": "".join(word.capitalize() for word in said.title.replace("-", " ").split()),
        "shortDescription": {"text": said.title},
        "fullDescription": {"text": said.what},
        "help": {"text": f"{said.why} {said.fix}"},
    }


def _result(one: Finding, rule: int) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": quote(one.path)}}
    if one.line is not None:
        place["region"] = {"startLine": one.line}
    result: dict[str, object] = {
        "ruleId": one.row.code.value,
        "ruleIndex": rule,
        "level": _LEVELS[one.row.verdict],
        "message": {"text": one.text},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"expectation/v1": one.fingerprint},
    }
    if one.row.verdict is Verdict.ACCEPTED:
        result["suppressions"] = [{"kind": "external", "status": "accepted"}]
    return result
