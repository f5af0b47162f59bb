"""Issues as Jira imports them: the table of its importer, and the bodies of its REST interface.

Both are files that somebody else hands over: nothing here connects to anything. The table is that
of Atlassian's CSV import (header row, `Summary` the only column that is needed); a body is that of
`POST /rest/api/3/issue/bulk`, with descriptions in the Atlassian Document Format.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cjmine.reporters.escaping import spreadsheet, visible

_HEAD = ("Summary", "Description", "Issue Type", "Priority", "Labels")
_TYPE = "Task"
MOST_ISSUES = 50  # a call of the REST interface takes no more


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue; labels have no blanks. Without a priority Jira gives its usual one."""

    summary: str
    description: str
    labels: tuple[str, ...]
    priority: str = ""


def as_table(issues: Sequence[Issue]) -> str:
    """The issues as CSV; no cell is a formula or holds a line feed. Ends without a line feed."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(_HEAD)
    for one in issues:
        cells = (one.summary, one.description, _TYPE, one.priority, " ".join(one.labels))
        writer.writerow([spreadsheet(cell) for cell in cells])
    return sink.getvalue().rstrip("\n")


def as_body(issues: Sequence[Issue], project: str) -> str:
    """The body of one call that makes the issues in a project; ends without a line feed.

    Raises ValueError for more issues than a call takes.
    """
    if len(issues) > MOST_ISSUES:
        raise ValueError("a call takes 50 issues")
    updates = [{"fields": _fields(one, project)} for one in issues]
    return json.dumps({"issueUpdates": updates}, indent=2, ensure_ascii=True)


def _fields(one: Issue, project: str) -> dict[str, object]:
    priority = {"priority": {"name": one.priority}} if one.priority else {}
    paragraph = {
        "type": "paragraph",
        "content": [{"type": "text", "text": visible(one.description)}],
    }
    return {
        "project": {"key": project},
        "issuetype": {"name": _TYPE},
        "summary": visible(one.summary),
        "description": {"type": "doc", "version": 1, "content": [paragraph]},
        "labels": list(one.labels),
        **priority,
    }


def label(text: str) -> str:
    """A name as a label: Jira's labels have no blanks.

    >>> label("order a new meter")
    'order-a-new-meter'
    """
    return re.sub(r"[^\w-]+", "-", text).strip("-")
