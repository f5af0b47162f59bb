"""What looks at sources answers as text and as JSON, from one result."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from cjmine.results.every import RESULTS
from cjmine.results.schema import result_schema
from cli.running import SAMPLE_LOGS, run

VERBS = {
    "touchpoints": "cjmine/touchpoints/1",
    "identity report": "cjmine/identity/1",
    "sniff": "cjmine/sniff/1",
}


@pytest.mark.parametrize("verb", VERBS)
def test_json_keeps_its_published_schema(tmp_path: Path, verb: str) -> None:
    """Every key is declared, and none is missing."""
    ran = run(tmp_path, *verb.split(), SAMPLE_LOGS, "-f", "json")
    assert ran.status == 0, ran.err
    found = json.loads(ran.out)
    assert found["schema"] == VERBS[verb]
    jsonschema.validate(found, json.loads(result_schema(VERBS[verb])))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"schema": VERBS[verb]}, json.loads(result_schema(VERBS[verb])))


def test_every_schema_that_a_result_names_is_its_own() -> None:
    """A reader can tell the results apart by the first key."""
    for schema in RESULTS:
        assert json.loads(result_schema(schema))["properties"]["schema"]["const"] == schema


def test_labels_add_up_and_small_ones_are_counted_only(tmp_path: Path) -> None:
    """Shown and hidden labels make up all events of a source; text and JSON say the same."""
    found = json.loads(run(tmp_path, "touchpoints", SAMPLE_LOGS, "-f", "json").out)
    text = run(tmp_path, "touchpoints", SAMPLE_LOGS).out
    assert found["min_group"] == 10
    for source in found["sources"]:
        shown = sum(label["events"] for label in source["labels"])
        assert shown + source["hidden_events"] == source["events"]
        assert len(source["labels"]) + source["hidden_labels"] == source["distinct_labels"]
        assert all(label["customers"] >= 10 for label in source["labels"])
        assert sum(named["events"] for named in source["named"]) == source["events"]
        assert f"{source['source']}: {source['events']:,} events" in text


def test_the_account_of_identities_is_the_same_in_both(tmp_path: Path) -> None:
    """The sentence on top of the text is made of the figures of the JSON."""
    found = json.loads(run(tmp_path, "identity", "report", SAMPLE_LOGS, "-f", "json").out)
    text = run(tmp_path, "identity", "report", SAMPLE_LOGS).out
    assert text.startswith(
        f"{found['events']:,} events of {found['identifiers']:,} identifiers"
        f" become {found['customers']:,} customers\n"
    )
    assert {rule["rule"] for rule in found["rules"]} <= {
        line.split("  ")[1] for line in text.splitlines() if line.startswith("  ")
    }
