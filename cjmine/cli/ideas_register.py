"""`cjmine ideas list|add|export|read`: the register itself, and the files of Jira."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjmine.cli import options
from cjmine.cli.command import command
from cjmine.cli.ideas_found import idea_at, place_of
from cjmine.cli.outputs import refuse_existing, write, wrote
from cjmine.cli.screen import put, remark, screen_width
from cjmine.counting.split import Split
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.ingest.source_options import SourceOptions
from cjmine.reporters.escaping import visible
from cjmine.reporters.formats import JiraForm, TextOrJson
from cjmine.reporters.language import Lang
from cjmine.verbs.priorities_settings import PrioritiesSettings

if TYPE_CHECKING:
    from cjmine.ideas.declared import Register

RegisterFile = Annotated[
    Path | None,
    typer.Option("--register", metavar="FILE", help="The ideas; else ideas.yaml here."),
]


def put_list(register: Path | None, form: TextOrJson, lang: Lang) -> None:
    """Print the ideas as they are declared. Raises UsageError J104 to J110."""
    from cjmine.disclosure.ideas import idea_list
    from cjmine.disclosure.policy import Policy
    from cjmine.reporters.ideas.text import listed
    from cjmine.reporters.language import language
    from cjmine.results.codec import to_json
    from cjmine.verbs.ideas_register import register_of

    found = idea_list(register_of(register), Policy())
    if form is TextOrJson.JSON:
        put(to_json(found) + "\n")
    else:
        put(listed(found, language(lang), screen_width()) + "\n")


@command
def list_(
    *,
    register: RegisterFile = None,
    form: options.SimpleFormat = TextOrJson.TEXT,
    lang: options.Language = Lang.EN,
) -> None:
    """List the ideas as they are written down.

    Example: cjmine ideas list
    """
    put_list(register, form, lang)


@command
def add(
    *,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="LOG… | RESULT.json", help="Where --from looks."),
    ] = None,
    ideal: options.IdealFile = None,
    register: RegisterFile = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="VERB:N", help="From a result: priorities:1, hints:3."),
    ] = None,
    what: Annotated[
        str | None, typer.Option("--idea", metavar="TEXT", help="What is changed, in one line.")
    ] = None,
    owner: Annotated[str | None, typer.Option(metavar="NAME", help="Who answers for it.")] = None,
    noted: Annotated[
        str | None, typer.Option(metavar="DAY", help="When it was born; else today.")
    ] = None,
    settings: PrioritiesSettings,
    sources: SourceOptions,
    split: Split,
) -> None:
    """Write an idea down: a title, or the deviation at a place of the priorities.

    Example: cjmine ideas add exports --from priorities:1 --idea "Remember the readings"
    """
    from cjmine.ideas.declared import Idea, Metric
    from cjmine.ideas.edits import next_id
    from cjmine.output import Access, write_text
    from cjmine.verbs.ideas_register import (
        added,
        checked_name,
        register_or_new,
        register_path,
    )
    from cjmine.verbs.periods import day

    born = date.today() if noted is None else day(noted, "--noted")
    path = register_path(register)
    tried = register_or_new(path)
    title = None if what is None else checked_name(what, "--idea")
    owner = None if owner is None else checked_name(owner, "--owner")
    if from_ is not None:
        found = idea_at(place_of(from_), inputs or [], ideal, settings, sources, split)
    elif title is None:
        raise _unnamed()
    elif inputs:
        raise _not_looked_at(inputs[0])
    else:
        found = Idea("", title, Metric.GOAL)
    idea = replace(
        found, id=next_id(tried.ideas), title=title or found.title, owner=owner, noted=born
    )
    write_text(path, added(tried, idea), Access.SHARED)
    remark(f"{idea.id}: {visible(idea.title)}")
    wrote(path)


def _unnamed() -> UsageError:
    return UsageError(
        Problem(
            Code.USAGE,
            "an idea has a title, or comes from a result",
            Place("--idea"),
            remedy='--idea "What is changed", or --from priorities:1',
        )
    )


def _not_looked_at(log: str) -> UsageError:
    return UsageError(
        Problem(
            Code.USAGE,
            "an idea with a title alone is not about a log or a result",
            Place(log),
            remedy="leave it away, or say what of it: --from priorities:1",
        )
    )


@command
def export(
    *,
    register: RegisterFile = None,
    jira: Annotated[
        JiraForm, typer.Option("--jira", help="The table of its importer, or REST bodies.")
    ] = JiraForm.CSV,
    project: Annotated[
        str | None, typer.Option(metavar="KEY", help="The project, for REST bodies.")
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The file; more get a number.")
    ],
    lang: options.Language = Lang.EN,
) -> None:
    """Write the ideas that have no issue yet as files for Jira; nothing is connected to.

    Example: cjmine ideas export --jira csv -o jira.csv
    """
    from cjmine.disclosure.ideas import idea_list
    from cjmine.disclosure.policy import Policy
    from cjmine.reporters.ideas.issues import issue_files, without_key
    from cjmine.reporters.language import language
    from cjmine.verbs.ideas_register import project_key, register_of

    key = project_key(project, jira is JiraForm.REST)
    tried: Register = register_of(register)
    ideas = without_key(idea_list(tried, Policy()))
    texts = issue_files(ideas, jira, key, language(lang))
    files = [output, *(output.with_stem(f"{output.stem}-{n}") for n in range(2, len(texts) + 1))]
    options.spare([tried.file], files)
    refuse_existing(files[1:], "choose another name, or remove it")
    for file, text in zip(files, texts, strict=False):
        write(file, text, release=False)
    if not texts:
        remark("every idea has an issue, so nothing is written")


@command
def read(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV export of Jira.")],
    register: RegisterFile = None,
) -> None:
    """Take the keys and statuses of issues back into the register; comments and layout stay.

    Example: cjmine ideas read jira-export.csv
    """
    from cjmine.output import Access, write_text
    from cjmine.verbs.ideas_register import export_text, progressed, register_of

    tried = register_of(register)
    text, found = progressed(tried, export_text(file), file.as_posix())
    remark(f"ideas that change: {len(found.news)}; issues of no idea: {found.others}")
    if found.unread:
        remark(f"issues with a status that is not known, left as it is: {found.unread}")
    if found.news:
        path = Path(tried.file)
        write_text(path, text, Access.SHARED)
        wrote(path)
