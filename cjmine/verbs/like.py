"""What like journeys have in common beside one ideal: asked of a log that is being compared."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.analysis.compare.mix import Kinds
from cjmine.analysis.contacts import contacts_of
from cjmine.analysis.like.kinds import (
    CONTACTS_BEFORE,
    AskBegins,
    AskLike,
    Begins,
    count_begins,
    pooled,
)
from cjmine.analysis.like.trials import Landmarks
from cjmine.counting.merging import merged
from cjmine.counting.split import Split
from cjmine.disclosure.labels import shown_labels
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.eventlog.log import CHANNEL
from cjmine.eventlog.parts import Log
from cjmine.verbs.compared import ComparedLog
from cjmine.verbs.filters import check_column
from cjmine.verbs.months import months_of

_MOST = 1 << 62  # strata, that their numbers fit


@dataclass(frozen=True, slots=True)
class LikeAsked:
    """The question that trials are made from, and what it holds equal, by name."""

    asked: AskLike
    held: tuple[str, ...]


def asked_like(
    log: Log,
    measured: ComparedLog,
    contacts: tuple[str, ...],
    like: tuple[str, ...],
    split: Split,
) -> LikeAsked:
    """What like journeys have in common: begin, month, columns of `like`, progress, contacts.

    `contacts` are the names of contact that the project declares. Raises UsageError U101 for a
    column that the log does not have, and for more kinds of journeys than can be numbered.
    """
    for column in like:
        check_column(log, column, "--like")
    columns = [one for one in dict.fromkeys(like) if one != CHANNEL]
    names = AskBegins(measured.known.activities, measured.known.channels)
    begins = merged(measured.rounds.ask(count_begins, names, Begins))
    asked = AskLike(
        moments=measured.moments,
        names=names,
        contacts=contacts_of(contacts, measured.ideal.journey),
        entry=pooled(begins.activity),
        channel=pooled(begins.channel),
        months=months_of(measured.judging),
        columns=tuple(Kinds(one, shown_labels(log, 1, split, one)) for one in columns),
    )
    ideal = measured.ideal
    marks = len(Landmarks(len(ideal.space.labels), len(ideal.choices.names)))
    if asked.kinds * marks * CONTACTS_BEFORE > _MOST:
        raise UsageError(
            Problem(
                Code.USAGE,
                "there are too many kinds of journeys to hold equal",
                Place("--like"),
                remedy="hold fewer columns equal, or columns of fewer values",
            )
        )
    held = ("entry", *(["channel"] if log.has(CHANNEL) else []), "month", *columns)
    return LikeAsked(asked, (*held, "progress", "contacts"))
