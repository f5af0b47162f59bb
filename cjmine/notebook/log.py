"""A log in a notebook, and the ideal journey that it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from os import fspath
from pathlib import Path

from cjmine.eventlog import log as eventlog
from cjmine.eventlog.log import CUSTOMER, plural
from cjmine.ideal.compiled import CompiledIdeal
from cjmine.notebook import verbs
from cjmine.notebook.compare import compare
from cjmine.notebook.contact import contact
from cjmine.notebook.dropoff import dropoff
from cjmine.notebook.filtered import Filtered, Names, filtered, filters_of
from cjmine.notebook.hints import hints
from cjmine.notebook.html import block, heading, table_of_rows
from cjmine.notebook.ideals import File
from cjmine.notebook.ideas import ideas
from cjmine.notebook.outlying import outliers
from cjmine.notebook.portfolio import portfolio
from cjmine.notebook.priorities import priorities
from cjmine.notebook.satisfaction import satisfaction
from cjmine.notebook.trend import trend
from cjmine.reporters.language import english
from cjmine.results.log import day_of, moment
from cjmine.verbs.ideals import read_ideal


def filter(
    log: eventlog.EventLog | Filtered,
    since: str | None = None,
    until: str | None = None,
    where: Names = (),
    having: Names = (),
    variant: int | None = None,
    shorter: str | None = None,
    longer: str | None = None,
) -> FilteredLog:
    """The same log, of which only some journeys are counted. No journey is cut short.

    Of a log with filters all conditions hold, the earlier ones and these.

    Parameters
    ----------
    since, until
        Days or moments between which a journey begins, such as "2026-03-01".
    where
        Conditions on columns, such as 'fund = "A"'.
    having
        Activities that a journey has.
    variant
        The number of a variant, as `discover` lists them.
    shorter, longer
        How long a journey takes, such as "3d".

    Raises UsageError U101 for what is no condition, or is one already. An empty log stays empty;
    open journeys are chosen like others.
    """
    before = filters_of(log)
    made = filtered(before.filters, since, until, where, having, variant, shorter, longer)
    return FilteredLog(before.log, made)


@dataclass(frozen=True, slots=True, repr=False)
class EventLog(eventlog.EventLog):
    """An event log with the verbs of a notebook; nothing changes it, every verb gives a new value.

    >>> from cjmine.eventlog.build import log_of
    >>> made = log_of([("ann", "Search", 0), ("ann", "Buy", 60)])
    >>> EventLog(made.table, made.about).discover(min_group=1).activities["activity"].tolist()
    ['Buy', 'Search']
    """

    discover = verbs.discover
    check = verbs.check
    compare = compare
    dropoff = dropoff
    satisfaction = satisfaction
    priorities = priorities
    hints = hints
    ideas = ideas
    contact = contact
    outliers = outliers
    trend = trend
    portfolio = portfolio
    filter = filter
    save = verbs.save

    def _repr_html_(self) -> str:
        """Sizes, days and the account of the sources; no event and no customer."""
        words = english()
        facts = [
            words.counted("event", self.events),
            words.counted("customer", len(set(self.codes(CUSTOMER).tolist()))),
            words.counted("activity", len(self.activities)),
        ]
        if self.period:
            zone = self.about.zone
            first, last = (day_of(moment(one), zone) for one in self.period)
            facts.append(words.period((first, last), zone))
        names = ("source", "format", "read", "loaded", "rejected", "duplicate", "filtered")
        rows = [
            (
                one.path,
                one.format,
                *(
                    f"{count:,}"
                    for count in (
                        one.read,
                        one.loaded,
                        one.rejected,
                        one.duplicate,
                        one.filtered,
                    )
                ),
            )
            for one in self.about.sources
        ]
        return block(heading("Event log", " · ".join(facts)), table_of_rows(names, rows))


@dataclass(frozen=True, slots=True, repr=False)
class FilteredLog(Filtered):
    """A log of which only some journeys are counted, by every verb.

    >>> from cjmine.eventlog.build import log_of
    >>> made = log_of([("ann", "Search", 0), ("ann", "Buy", 60), ("bob", "Search", 5)])
    >>> some = EventLog(made.table, made.about).filter(having="Buy")
    >>> some.discover(min_group=1).size.journeys
    1
    """

    discover = verbs.discover
    check = verbs.check
    compare = compare
    dropoff = dropoff
    satisfaction = satisfaction
    priorities = priorities
    hints = hints
    ideas = ideas
    contact = contact
    outliers = outliers
    trend = trend
    portfolio = portfolio
    filter = filter


@dataclass(frozen=True, slots=True, repr=False)
class Journey(CompiledIdeal):
    """An ideal journey, read once and compared with many logs."""

    @classmethod
    def read(cls, file: File, pool: str | None = None) -> Journey:
        """Read a journey file, or a process model (.bpmn, .pnml); `pool` names one of several.

        Raises CjmineError with all problems of the file (J1xx).
        """
        found = read_ideal(Path(file), fspath(file), pool)
        return cls(found.journey, found.space, found.choices, found.notes)

    def __repr__(self) -> str:
        steps = len(self.journey.steps)
        return f"<cjmine.Journey {self.journey.name}, {steps:,} {plural(steps, 'step')}>"
