"""The table that Jira exports, read back: which issue each idea has become, and how far it is."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.ideas.declared import Idea, Status
from cjmine.ideas.edits import Progress
from cjmine.ideas.keys import ISSUE

LABEL = "cjmine-idea-"
_KEYS, _STATUSES = ("issue key", "key", "issuesleutel"), ("status",)
_CATEGORIES, _LABELS = ("status category",), ("labels", "label")
_SUMMARIES = ("summary", "samenvatting")
# Words of Jira's own workflows; other workflows are known by their category.
_WORDS = {
    Status.PLANNED: ("to do", "open", "backlog", "selected for development", "te doen", "new"),
    Status.RUNNING: ("in progress", "in review", "reopened", "bezig", "in behandeling"),
    Status.DONE: ("done", "closed", "resolved", "complete", "gereed", "gesloten"),
    Status.STOPPED: ("won't do", "rejected", "cancelled", "canceled", "declined", "afgewezen"),
}


_DELIMITERS = (",", ";", "\t")
_SEPARATOR = re.compile(r"sep=(?P<sign>[,;\t|])")  # the first line of some spreadsheets


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row, and the line on which it ends."""

    cells: Sequence[str]
    line: int


_NO_ROW = _Row((), 0)


@dataclass(frozen=True, slots=True)
class Issues:
    """What an export says of the ideas of a register, and how many of its issues are of none.

    `unread` are statuses of issues of ideas that are no word of Jira's own.
    """

    news: tuple[Progress, ...]
    others: int
    unread: int


def read_issues(text: str, label: str, ideas: Sequence[Idea]) -> Issues:
    """What the text of an export says; an issue is an idea's by key, else by label, else by title.

    Raises UsageError U102 for what is no export, without a value from it.
    """
    rows = _rows(text, label)
    head = [one.strip().casefold() for one in next(rows, _NO_ROW).cells]
    at_key, at_status = _places(head, _KEYS), _places(head, _STATUSES)
    if not at_key:
        raise _refused(label, 'a column "Issue key" is missing')
    news, others, unread = [], 0, 0
    for row in rows:
        cells = [*row.cells, *[""] * (len(head) - len(row.cells))]
        key = cells[at_key[0]].strip()
        if not any(cell.strip() for cell in row.cells):
            continue
        if not ISSUE.fullmatch(key):
            cause = "an issue key is letters, a hyphen and a number: a spreadsheet may change it"
            raise _refused(label, cause, row.line)
        idea = _idea_of(cells, head, key, ideas)
        if idea is None:
            others += 1
            continue
        said = [cells[place] for place in (*at_status, *_places(head, _CATEGORIES))]
        status = next((found for one in said if (found := _status(one))), None)
        unread += status is None and any(one.strip() for one in said)
        changed = None if status is idea.status else status
        if key != idea.jira or changed is not None:
            news.append(Progress(idea.id, None if key == idea.jira else key, changed))
    return Issues(tuple(news), others, unread)


def _rows(text: str, label: str) -> Iterator[_Row]:
    """The rows of a table, as Jira and spreadsheets write it, each with its last line."""
    first, _, rest = text.partition("\n")
    declared = _SEPARATOR.fullmatch(first.strip("\r"))
    before = 0
    if declared:
        text, before = rest, 1
        delimiter = declared["sign"]
    else:
        delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield _Row(cells, reader.line_num + before)
    except csv.Error:
        raise _refused(label, "it is no table of CSV", reader.line_num + before) from None


def _places(head: Sequence[str], names: Sequence[str]) -> list[int]:
    """The columns with one of some names: Jira writes a column for each label of an issue."""
    return [place for place, one in enumerate(head) if one in names]


def _idea_of(
    cells: Sequence[str], head: Sequence[str], key: str, ideas: Sequence[Idea]
) -> Idea | None:
    labels = " ".join(cells[place] for place in _places(head, _LABELS)).replace(",", " ").split()
    titles = [_plain(cells[place]) for place in _places(head, _SUMMARIES)]
    by_key = [one for one in ideas if one.jira == key]
    by_label = [one for one in ideas if f"{LABEL}{one.id}" in labels]
    by_title = [one for one in ideas if one.jira is None and _plain(one.title) in titles]
    found = by_key or by_label or (by_title if len(by_title) == 1 else [])
    return found[0] if found else None


def _plain(title: str) -> str:
    """A title as it is compared: without the mark that keeps a cell from being a formula."""
    return " ".join(title.strip().removeprefix("'").split())


def _status(written: str) -> Status | None:
    word = written.strip().casefold().replace("’", "'")
    return next((status for status, words in _WORDS.items() if word in words), None)


def _refused(label: str, cause: str, line: int | None = None) -> UsageError:
    return UsageError(
        Problem(
            Code.RESULT_FORMAT,
            "this is no table that Jira exports",
            Place(label, line),
            cause=cause,
            remedy="export issues as CSV with their key, status, summary and labels",
        )
    )
