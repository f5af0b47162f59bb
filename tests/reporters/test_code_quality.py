"""Checks as SARIF 2.1.0 and as GitLab's Code Quality report: what their readers require."""

from __future__ import annotations

import json
from pathlib import PurePath
from urllib.parse import unquote

import pytest
from reporters.hostile import LABELS, check

from cjmine.reporters.formats import Format
from cjmine.reporters.registry import render
from cjmine.results.expectations import Verdict

LEVELS = {
    Verdict.BROKEN: ("error", "major"),
    Verdict.WARNED: ("warning", "minor"),
    Verdict.INCONCLUSIVE: ("note", "info"),
    Verdict.ACCEPTED: ("note", "info"),
}


@pytest.mark.parametrize("label", LABELS, ids=range(len(LABELS)))
def test_sarif(label: str) -> None:
    """The facts of the schema that consumers rely on, whatever the label."""
    found = check(label)
    expected = [row for row in found.expectations if row.verdict is not Verdict.KEPT]
    document = json.loads(render(found, Format.SARIF))
    assert set(document) == {"$schema", "version", "runs"}
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "cjmine" and driver["version"]
    rules = [rule["id"] for rule in driver["rules"]]
    assert len(set(rules)) == len(rules)
    assert all(
        rule["shortDescription"]["text"] and rule["help"]["text"] for rule in driver["rules"]
    )
    assert len(run["results"]) == len(expected)
    for row, result in zip(expected, run["results"], strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == row.code.value
        assert result["level"] == LEVELS[row.verdict][0]
        assert result["message"]["text"].isprintable()
        (place,) = result["locations"]
        uri = place["physicalLocation"]["artifactLocation"]["uri"]
        assert (
            uri.isascii()
            and " " not in uri
            and unquote(uri) == PurePath(found.journey_file).as_posix()
        )
        assert place["physicalLocation"]["region"] == {"startLine": row.line}
        assert len(result["partialFingerprints"]["expectation/v1"]) == 64
        accepted = row.verdict is Verdict.ACCEPTED
        assert ("suppressions" in result) == accepted
    assert {row.verdict for row in expected} == set(LEVELS)


@pytest.mark.parametrize("label", LABELS, ids=range(len(LABELS)))
def test_code_quality(label: str) -> None:
    """Each finding has what GitLab requires, and a fingerprint of its own."""
    found = check(label)
    expected = [row for row in found.expectations if row.verdict is not Verdict.KEPT]
    document = json.loads(render(found, Format.GITLAB))
    assert len(document) == len(expected)
    for row, one in zip(expected, document, strict=True):
        assert set(one) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert one["check_name"] == row.code.value
        assert one["severity"] == LEVELS[row.verdict][1]
        assert one["location"]["lines"]["begin"] == row.line
    prints = [one["fingerprint"] for one in document]
    assert len(set(prints)) == len(prints)


@pytest.mark.parametrize("form", [Format.SARIF, Format.GITLAB])
def test_a_kept_check_has_no_findings(form: Format) -> None:
    from dataclasses import replace

    found = check("Search")
    kept = [row for row in found.expectations if row.verdict is Verdict.KEPT]
    document = json.loads(
        render(replace(found, expectations=tuple(kept), verdict=Verdict.KEPT), form)
    )
    assert (document["runs"][0]["results"] if form is Format.SARIF else document) == []
