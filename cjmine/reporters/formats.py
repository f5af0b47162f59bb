"""The choices of the command line that reporters answer; light, because `--help` lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.reporters.language import Lang, Language, language
from cjmine.reporters.table_names import TableName as TableName

if TYPE_CHECKING:
    from cjmine.portfolio.declared import Level
    from cjmine.reporters.html.report import Made
    from cjmine.results.check import Check
    from cjmine.results.priorities import Per


class Subject(Enum):
    """What a report is about: the name of the package of `cjmine.reporters` that writes it."""

    DISCOVERY = "discovery"
    CHECK = "check"
    TREND = "trend"
    COMPARISON = "comparison"
    DROPOFF = "dropoff"
    HINTS = "hints"
    IDEAS = "ideas"
    SATISFACTION = "satisfaction"
    PRIORITIES = "priorities"
    CONTACT = "contact"
    OUTLIERS = "outliers"
    PORTFOLIO = "portfolio"


class Format(StrEnum):
    """The formats of reports: the name of `--format` and the suffixes of files."""

    suffixes: tuple[str, ...]

    def __new__(cls, name: str, *suffixes: str) -> Format:
        """A format by its name."""
        self = str.__new__(cls, name)
        self._value_ = name
        self.suffixes = suffixes
        return self

    TEXT = "text", ".txt"
    JSON = "json", ".json"
    MARKDOWN = "markdown", ".md", ".markdown"
    CSV = "csv", ".csv"
    GITHUB = ("github",)
    GITLAB = ("gitlab",)
    SARIF = "sarif", ".sarif"
    JUNIT = "junit", ".xml"
    JIRA = ("jira",)
    HTML = "html", ".html"

    def module(self, subject: Subject) -> str:
        """The module of `cjmine.reporters` that writes a subject so, "" where there is none.

        Each has `render(found, asked)`.

        >>> Format.TEXT.module(Subject.CHECK), Format.CSV.module(Subject.CHECK)
        ('check.text', 'csv')
        """
        shared = _OF_ANY.get(self)
        if shared is not None:
            return shared
        return f"{subject.value}.{self.value}" if self in _WRITTEN_FOR[subject] else ""


_OF_ANY = {Format.JSON: "json", Format.CSV: "csv", Format.HTML: "html.result"}
_IN_WORDS = (Format.TEXT, Format.MARKDOWN)
_WRITTEN_FOR = {
    Subject.DISCOVERY: _IN_WORDS,
    Subject.TREND: _IN_WORDS,
    Subject.COMPARISON: _IN_WORDS,
    Subject.DROPOFF: _IN_WORDS,
    Subject.HINTS: _IN_WORDS,
    Subject.IDEAS: _IN_WORDS,
    Subject.SATISFACTION: _IN_WORDS,
    Subject.PRIORITIES: (*_IN_WORDS, Format.JIRA),
    Subject.CONTACT: _IN_WORDS,
    Subject.OUTLIERS: _IN_WORDS,
    Subject.PORTFOLIO: _IN_WORDS,
    Subject.CHECK: (*_IN_WORDS, Format.GITHUB, Format.GITLAB, Format.SARIF, Format.JUNIT),
}


_TABLES: dict[Subject, tuple[TableName, ...]] = {
    Subject.DISCOVERY: (
        *(TableName.ACTIVITIES, TableName.DIRECTLY_FOLLOWS, TableName.VARIANTS, TableName.CHANNELS),
        *(TableName.SWITCHES, TableName.LOOPS, TableName.SEGMENTS, TableName.SOURCES),
    ),
    Subject.CHECK: (
        *(TableName.STEPS, TableName.DEVIATIONS, TableName.EXPECTATIONS),
        *(TableName.TIMINGS, TableName.SCORES, TableName.RANGES, TableName.SEGMENTS),
    ),
    Subject.TREND: (*(TableName.PERIODS, TableName.CHANGES, TableName.DRIFTS, TableName.COVERAGE),),
    Subject.COMPARISON: (
        *(TableName.MEASURES, TableName.GAINED, TableName.LOST, TableName.LEFT_OUT),
        TableName.WEEKS,
    ),
    Subject.DROPOFF: (
        *(TableName.HORIZONS, TableName.CURVE, TableName.STEPS, TableName.NEXT),
        *(TableName.SEGMENTS, TableName.DIFFERENCES),
    ),
    Subject.OUTLIERS: (TableName.CONTRASTS, TableName.WAVES, TableName.COVERAGE),
    Subject.HINTS: (TableName.HINTS, TableName.EDITS),
    Subject.IDEAS: (TableName.IDEAS,),
    Subject.SATISFACTION: (
        *(TableName.SCORES, TableName.BY, TableName.MOMENTS, TableName.TRUTHS, TableName.ENDS),
    ),
    Subject.PRIORITIES: (TableName.ITEMS,),
    Subject.CONTACT: (
        *(TableName.TYPES, TableName.BEFORE, TableName.AGAIN, TableName.CONTAINED),
        *(TableName.HOURS, TableName.GROUPS),
    ),
    Subject.PORTFOLIO: (
        *(TableName.JOURNEYS, TableName.PHASES, TableName.OWNERS, TableName.LEVELS),
        *(TableName.PARENTS, TableName.REASONS, TableName.VALUES, TableName.COURSES),
        *(TableName.SCORES, TableName.GROUP_SCORES, TableName.GROUP_COURSES, TableName.FINDINGS),
    ),
}


@dataclass(frozen=True, slots=True)
class Ranking:
    """How priorities are written: for what time, how many (None: all), and bare differences."""

    per: Per | None = None
    top: int | None = 10
    naive: bool = False


class Grouping(StrEnum):
    """By what the text of a portfolio puts journeys together."""

    OWNER = "owner"
    PHASE = "phase"


@dataclass(frozen=True, slots=True)
class Arranged:
    """How the text of a portfolio lists journeys: below each owner or phase with its figures.

    With a `level` only journeys of it, each with all that is below it; None as usual.
    """

    by: Grouping | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What only some formats use.

    CSV holds one `table` (None: the first), the text of a check draws `examples`, and `made` lets
    HTML say how to make it again. Text has lines of `width` columns, and that of a
    comparison `every` row; its page draws the journey maps of `sides`. `ranking` is for
    priorities, `arranged` for the text of a portfolio. Text, Markdown and HTML are in `lang`,
    annotations and JUnit in English, CSV and JSON in no language.
    """

    table: TableName | None = None
    examples: int = 1
    made: Made | None = None
    lang: Lang = Lang.EN
    width: int = 80
    every: bool = False
    sides: tuple[Check, Check] | None = None
    ranking: Ranking = Ranking()
    arranged: Arranged = Arranged()

    @property
    def language(self) -> Language:
        """The language itself."""
        return language(self.lang)


USUAL = Asked()


def formats_of(subject: Subject) -> list[Format]:
    """The formats that reports of a subject can have."""
    return [one for one in Format if one.module(subject)]


def tables_of(subject: Subject) -> list[TableName]:
    """The tables of a result that CSV can hold; the first is the usual one."""
    return list(_TABLES[subject])


class JiraForm(StrEnum):
    """How issues are written for Jira: the table that it imports, or bodies of REST calls."""

    CSV = "csv"
    REST = "rest"


class TextOrJson(StrEnum):
    """The reporters of what looks at sources, by the name of `--format`."""

    TEXT = "text"
    JSON = "json"


class WordsOrJson(StrEnum):
    """The reporters of results that are words, by the name of `--format`."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class View(StrEnum):
    """What a picture shows."""

    JOURNEY = "journey"
    FLOW = "flow"
    VARIANTS = "variants"
    MODEL = "model"


class PictureFormat(StrEnum):
    """How a picture is written to stdout."""

    SVG = "svg"
    DOT = "dot"


class PictureFile(StrEnum):
    """The files that a picture can be, by their suffix."""

    SVG = ".svg"
    PNG = ".png"
    DOT = ".dot"
    HTML = ".html"


def format_of(file: Path, subject: Subject) -> Format:
    """The format that a file's suffix asks for. Raises UsageError U101."""
    known = {suffix: one for one in formats_of(subject) for suffix in one.suffixes}
    found = known.get(file.suffix.lower())
    if found is None:
        raise _unknown_suffix(file, known)
    return found


def words_format_of(file: Path) -> WordsOrJson:
    """The format of words that a file's suffix asks for. Raises UsageError U101."""
    known = {suffix: one for one in WordsOrJson for suffix in Format(one.value).suffixes}
    found = known.get(file.suffix.lower())
    if found is None:
        raise _unknown_suffix(file, known)
    return found


def picture_file_of(file: Path) -> PictureFile:
    """The kind of picture that a file's suffix asks for. Raises UsageError U101."""
    try:
        return PictureFile(file.suffix.lower())
    except ValueError:
        raise _unknown_suffix(file, [one.value for one in PictureFile]) from None


def _unknown_suffix(file: Path, known: Iterable[str]) -> UsageError:
    return UsageError(
        Problem(
            Code.USAGE,
            "the suffix of the output file names no format",
            Place(str(file)),
            remedy="use one of " + ", ".join(sorted(known)),
        )
    )
