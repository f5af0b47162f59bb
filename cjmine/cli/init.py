"""`cjmine init`: from a folder of exports to a configuration that works."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli import options
from cjmine.cli.command import Without, command
from cjmine.cli.init_journey import write_journey
from cjmine.cli.init_portfolio import write_portfolio
from cjmine.cli.outputs import refuse_existing
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import remark, say, show_error
from cjmine.errors import Code, Place, Problem, UsageError, listed
from cjmine.ingest.source_options import SourceOptions
from cjmine.reporters.escaping import visible
from cjmine.reporters.language import Lang
from cjmine.setup.journey_templates import Service
from cjmine.shown_paths import shown_path
from cjmine.verbs.settings import CutSettings


@command
def init(
    *,
    exports: Annotated[
        list[str] | None,
        typer.Option("--from", metavar="SOURCE...", help="Exports, or folders of them."),
    ] = None,
    more: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE...", help="Further exports.")
    ] = None,
    journey: Annotated[
        Service | None,
        typer.Option(
            "--journey", help="Write the template of a journey for this service, and nothing else."
        ),
    ] = None,
    portfolio: Annotated[
        bool,
        typer.Option(
            "--portfolio", help="Write a first portfolio.yaml from these logs, and nothing else."
        ),
    ] = False,
    lang: options.Language = Lang.EN,
    into: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Where the files go.", show_default="here")
    ] = Path(),
    own: Annotated[
        list[str] | None,
        typer.Option(metavar="DOMAIN", help="A mail domain of your own; repeatable."),
    ] = None,
    settings: Annotated[
        CutSettings,
        Without("entry", "gap", "release", "observed_from", "observed_until", "deadline"),
    ],
    sources: Annotated[
        SourceOptions,
        Without(
            "case",
            "customer",
            "activity",
            "timestamp",
            "channel",
            "time_format",
            "object_type",
            "config",
        ),
    ],
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing.")] = False,
    force: options.Force = False,
) -> None:
    """Write cjmine.toml, touchpoint rules, a first journey file and a CI job for your exports.

    Sniffs every file, asks what only you know, and leaves the exports as they are.

    Instead, --journey claim writes one journey file to begin with, and --portfolio LOG proposes
    phases, contact reasons and first journeys.

    Example: cjmine init --from exports --tz Europe/Amsterdam --region NL
    """
    from cjmine.setup.recognise import look, own_domains
    from cjmine.setup.write_config import Answers
    from cjmine.verbs.init import CI_JOB, CONFIG, JOURNEY, slack
    from cjmine.verbs.init import init as make

    tz, region = sources.tz, sources.region
    if not into.is_dir():
        raise UsageError(Problem(Code.USAGE, "there is no such folder", Place("--into")))
    named = [*(exports or []), *(more or [])]
    if (exports is not None) + (journey is not None) + portfolio != 1 or (portfolio and not more):
        raise UsageError(
            Problem(
                Code.USAGE,
                "exports, the service of a template, or logs for a portfolio are needed",
                Place("--from"),
                remedy="cjmine init --from FOLDER, --journey claim, or --portfolio LOG",
            )
        )
    if portfolio:
        write_portfolio(named, into, settings, sources, lang, force)
        return
    if journey is not None:
        write_journey(journey, into, lang, force)
        return
    targets = [into / name for name in (CONFIG, JOURNEY, CI_JOB)]
    if not force:
        refuse_existing(targets, "choose another folder with --into, or --force")
    found = look(named, targets)
    for one in found.sources:
        like = f" and {len(one.files) - 1:,} like it" if len(one.files) > 1 else ""
        remark(
            f"{visible(shown_path(one.files[0]))}{like}:"
            f" {visible(one.first.inspection.description)}"
        )
    for table in found.tables:
        remark(f"{visible(shown_path(table.path))}: customers and their identifiers")
    for path, problem in found.others:
        remark(f"{visible(shown_path(path))}: not read ({visible(problem.message)})")
    if found.others:
        remark("what to do about a file that is not read: cjmine sniff FILE")
    ask = not no_input and sys.stdin is not None and sys.stdin.isatty()
    guessed = tuple(own or ()) or own_domains(found)
    if ask:
        needs_zone = bool(found.without_zone)
        tz, region, guessed = _asked(needs_zone, found.has_phones, found.mail, tz, region, guessed)
    if found.without_zone and tz is None:
        files = [str(path) for one in found.without_zone for path in one.files]
        raise UsageError(
            Problem(
                Code.ZONE_UNDECLARED,
                f"times carry no zone in {listed(files, 6)}",
                Place("--tz"),
                cause="one hour off moves every wait",
                remedy="say which: --tz Europe/Amsterdam",
            )
        )
    if found.has_phones and region is None:
        say("phone numbers without a country code are nobody's until --region names the country")
    with progress_bar() as progress:
        written = make(
            found,
            Answers(tz, region, guessed),
            into,
            settings,
            sources.max_rejects,
            progress,
        )
    for path in written.files:
        remark(f"wrote {visible(shown_path(path))}")
    if written.without_journey is None:
        goal_said = f"; goal: {visible(', '.join(written.goal))}"
    else:
        goal_said = f"; no journey file: {visible(written.without_journey)}"
    remark(f"touchpoint rules: {written.rules}{goal_said}")
    place = "" if into == Path() else f" --config {visible(shlex.quote(str(into / CONFIG)))}"
    place += slack(sources.max_rejects)
    load = f"cjmine load{place} --key-file my.key -o log.parquet"
    remark(f"next: cjmine privacy new-key my.key; {load}")


def _asked(
    needs_zone: bool,
    has_phones: bool,
    mail: tuple[object, ...],
    tz: str | None,
    region: str | None,
    own: tuple[str, ...],
) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Ask for what is needed and not given yet; Enter takes the default in brackets."""
    if needs_zone and tz is None:
        tz = _answer(
            "Zone of times that carry none",
            "Europe/Amsterdam",
            lambda said: SourceOptions(tz=said),
        )
    if has_phones and region is None:
        region = _answer(
            "Country of phone numbers",
            "NL",
            lambda said: SourceOptions(region=said),
        )
    if mail:
        said = typer.prompt("Your own mail domains", default=" ".join(own) or "none", err=True)
        own = tuple(name for name in said.replace(",", " ").split() if name != "none")
    return tz, region, own


def _answer(question: str, default: str, check: Callable[[str], object]) -> str:
    """Ask until the answer is one that cjmine knows."""
    while True:
        said: str = typer.prompt(question, default=default, err=True)
        try:
            check(said)
        except UsageError as error:
            show_error(error)
        else:
            return said
