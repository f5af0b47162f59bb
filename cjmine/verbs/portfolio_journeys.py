"""Finding a portfolio file, and reading the journey files that it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from cjmine.analysis.compared_part import rules_of
from cjmine.analysis.contacts import contacts_of
from cjmine.analysis.portfolio.members import Journeys, Member
from cjmine.analysis.portfolio.part import Family
from cjmine.counting.split import Split
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.eventlog.log import About
from cjmine.eventlog.parts import Log
from cjmine.eventlog.where import Where
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.ideal.yaml_nodes import Problems
from cjmine.portfolio.declared import Entry, Status
from cjmine.portfolio.file import beside, portfolio_as_read, read_portfolio
from cjmine.verbs.filters import check_column, filter_of
from cjmine.verbs.ideals import columns_of, read_ideal
from cjmine.verbs.portfolio_settings import PortfolioSettings

PORTFOLIO_NAME = "portfolio.yaml"
_SUFFIXES = (".yaml", ".yml")


def is_portfolio(argument: str) -> bool:
    """Whether an argument names a portfolio file: logs are no YAML.

    >>> is_portfolio("portfolio.yaml"), is_portfolio("log.parquet")
    (True, False)
    """
    return argument.lower().endswith(_SUFFIXES)


def needed_portfolio(arguments: Sequence[str]) -> tuple[Journeys, list[str]]:
    """The portfolio that is named, or the portfolio.yaml beside the logs; and the logs.

    Raises UsageError J104 where there is none, U101 for two of them, and what is wrong with it.
    """
    named = [one for one in arguments if is_portfolio(one)]
    logs = [one for one in arguments if not is_portfolio(one)]
    if len(named) > 1:
        raise UsageError(
            Problem(
                Code.USAGE,
                "two portfolios are named",
                Place(named[1]),
                remedy="name one: a portfolio holds all journeys",
            )
        )
    file = Path(named[0]) if named else portfolio_beside(logs)
    if file is None:
        raise UsageError(
            Problem(
                Code.JOURNEY_SYNTAX,
                "no portfolio is named, and there is no portfolio.yaml",
                Place(PORTFOLIO_NAME),
                remedy="name one: cjmine portfolio portfolio.yaml LOG; docs/portfolio.md shows how",
            )
        )
    return read_journeys(file, file.as_posix()), logs


def portfolio_beside(logs: Sequence[str]) -> Path | None:
    """The portfolio.yaml in the folder of a log, or here; None without one."""
    folders = [path if path.is_dir() else path.parent for path in map(Path, logs)]
    places = (folder / PORTFOLIO_NAME for folder in dict.fromkeys([*folders, Path()]))
    return next((one for one in places if one.is_file()), None)


def read_journeys(file: Path, label: str) -> Journeys:
    """A portfolio with the journey file of each journey that is measured.

    Raises UsageError with all problems of the portfolio, then with those of its journey files.
    """
    read = portfolio_as_read(file, label)
    declared = read.declared
    inside: list[Problem] = []
    found: list[Member] = []
    for entry in declared.entries:
        ideal = None
        if entry.file is not None and entry.status is not Status.RETIRED:
            path = beside(declared, entry)
            try:
                if not path.is_file():
                    _add_absent(entry, read.problems)
                else:
                    ideal = read_ideal(path, path.as_posix())
            except UsageError as error:
                inside += error.problems
        found += _members(entry, ideal)
    read.problems.raise_all(inside)
    return Journeys(declared, tuple(found))


def _add_absent(entry: Entry, problems: Problems) -> None:
    problems.add(
        Code.JOURNEY_SYNTAX,
        entry.mark,
        f'there is no journey file "{entry.file}"',
        "journey files are looked for from the folder of the portfolio on",
        "check the name; cjmine draft LOG writes a first one; a name without a suffix has no file",
    )


def _members(entry: Entry, ideal: CompiledIdeal | None) -> Iterator[Member]:
    if entry.column is None:
        yield Member(entry, None, ideal)
    for one in entry.values:
        own, deadline = ideal, one.override.deadline
        if own is not None and deadline is not None:
            own = replace(own, journey=replace(own.journey, deadline=deadline))
        is_retired = one.override.status is Status.RETIRED
        yield Member(entry, one, None if is_retired else own)


def files_of(found: Journeys) -> list[str]:
    """The files that are read beside the logs."""
    declared = found.declared
    journeys = [beside(declared, one).as_posix() for one in declared.entries if one.file]
    return [declared.file, *journeys]


def measured_by(file: Path) -> list[Path]:
    """The journey files of a portfolio that is named: those of retired journeys are not measured.

    Raises UsageError with all problems of the portfolio.
    """
    declared = read_portfolio(file, file.as_posix())
    live = (one for one in declared.entries if one.file and one.status is not Status.RETIRED)
    return [beside(declared, one) for one in live]


def digest_of(found: Journeys) -> str:
    """The SHA-256 of the portfolio file, as pages say it."""
    return sha256(Path(found.declared.file).read_bytes()).hexdigest()


def columns_in(found: Journeys) -> list[str]:
    """The columns that a load must keep."""
    templates = [one.column for one in found.templates if one.column is not None]
    ideals = [column for one in found.members for column in columns_of(one.ideal)]
    return sorted({*templates, *ideals})


def check_columns(log: Log, asked: Journeys) -> None:
    """Refuse a log without the columns of templates. Raises UsageError U101, one a template."""
    problems: list[Problem] = []
    for entry in asked.templates:
        assert entry.column is not None
        place = Place(asked.declared.file, entry.mark.line, position=entry.mark.column)
        try:
            check_column(log, entry.column, place)
        except UsageError as error:
            problems += error.problems
    if problems:
        raise UsageError(*problems)


def families_of(
    log: Log,
    members: Sequence[Member],
    about: About,
    settings: PortfolioSettings,
    contact: tuple[str, ...],
    split: Split,
) -> tuple[Family, ...]:
    """The measured journeys, those of a template that share a deadline together.

    `contact` are the touchpoints that the project declares as contact.
    """
    found = []
    for _, group in groupby(members, key=lambda one: id(one.ideal)):
        several = list(group)
        ideal = several[0].ideal
        assert ideal is not None
        rules = rules_of(ideal, about.observed_until)
        filters = []
        for one in several:
            asked = settings
            if one.value is not None:
                column = one.entry.column
                assert column is not None
                asked = replace(settings, where=(Where(column, (one.value,)),))
            filters.append(filter_of(log, rules.cut, about, asked, split))
        found.append(Family(rules, tuple(filters), contacts_of(contact, ideal.journey)))
    return tuple(found)
