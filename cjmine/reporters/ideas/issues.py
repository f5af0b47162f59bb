"""Ideas as issues for Jira, in files of at most 50; each is found again by a label of its own."""

from __future__ import annotations

from collections.abc import Sequence

from cjmine.ideas.jira_export import LABEL
from cjmine.reporters.formats import JiraForm
from cjmine.reporters.ideas import words
from cjmine.reporters.jira import MOST_ISSUES, Issue, as_body, as_table, label
from cjmine.reporters.language import Language
from cjmine.results.ideas import Card, IdeaList


def without_key(found: IdeaList) -> tuple[Card, ...]:
    """The ideas that no issue is known of."""
    return tuple(one for one in found.ideas if one.jira is None)


def issue_files(
    ideas: Sequence[Card], form: JiraForm, project: str, language: Language
) -> tuple[str, ...]:
    """The text of each file, ending with a line feed; none without ideas."""
    issues = [_issue(one, language) for one in ideas]
    batches = [issues[at : at + MOST_ISSUES] for at in range(0, len(issues), MOST_ISSUES)]
    if form is JiraForm.REST:
        return tuple(f"{as_body(one, project)}\n" for one in batches)
    return tuple(f"{as_table(one)}\n" for one in batches)


def _issue(idea: Card, language: Language) -> Issue:
    """The idea with its promise; what it brought is not in it, because that changes."""
    said = [
        language.say(
            "ideas.promise",
            metric=words.metric(idea, language),
            promised=words.promised(idea, language),
        ),
        *(one for one in (idea.journey, idea.owner) if one),
    ]
    labels = ("cjmine", f"{LABEL}{idea.id}", *([label(idea.journey)] if idea.journey else []))
    return Issue(idea.title, " · ".join(said), tuple(one for one in labels if one))
