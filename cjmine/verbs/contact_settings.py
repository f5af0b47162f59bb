"""What can be asked of `contact`; light, because `--help` reads it."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.declared import Cost
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.option import option
from cjmine.results.contact import ContactBy
from cjmine.verbs.dropoff_settings import durations
from cjmine.verbs.settings import GoalSettings, duration

WEEK = 7 * 86_400_000_000


def by_what(written: str, name: str) -> ContactBy:
    """What contacts are listed by; `name` is the option for errors. Raises UsageError U101.

    >>> by_what("hour", "--by").value
    'hour'
    """
    if written in list(ContactBy):
        return ContactBy(written)
    raise UsageError(
        Problem(
            Code.USAGE,
            f'contacts are not listed by "{written}"',
            Place(name),
            remedy=f"one of {', '.join(ContactBy)}",
        )
    )


def costs(written: str, name: str) -> tuple[Cost, ...]:
    """What a contact costs by channel, as typed; `name` is the option for errors.

    >>> costs("call=7.5,mail=4", "--cost")
    (Cost(channel='call', amount=7.5), Cost(channel='mail', amount=4.0))

    Raises UsageError U101.
    """
    found = {}
    for one in written.split(","):
        channel, _, amount = one.partition("=")
        try:
            found[channel.strip()] = float(amount)
        except ValueError:
            found[""] = 0.0
    if "" in found or not all(0 <= one < 1e9 for one in found.values()):
        raise UsageError(
            Problem(
                Code.USAGE,
                "what a contact costs is an amount for each channel",
                Place(name),
                remedy=f"for example {name} call=7.50,mail=4",
            )
        )
    return tuple(Cost(channel, amount) for channel, amount in found.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSettings(GoalSettings):
    """Which contacts are looked at, and how long things matter, in microseconds.

    `before` are names of contacts, in which `*` holds for any text; `after` is a step. `costs` wins
    over what is declared.
    """

    by: str | None = None
    listed: ContactBy = option(
        ContactBy.CHANNEL,
        "List contacts by channel, hour of the day or reason.",
        "WHAT",
        names=("--by",),
        typed="channel",
        read=by_what,
    )
    window: int = option(
        WEEK, "How long a step or a failure leads to contact.", "TIME", typed="7d", read=duration
    )
    again: tuple[int, ...] = option(
        (WEEK,),
        "Within which times contact is one more: 1h,1d,7d.",
        "TIME,…",
        typed="7d",
        read=durations,
    )
    before: tuple[str, ...] = option(
        (), "Look before these contacts: 'Call: *'; repeatable.", "NAME", several=True
    )
    after: str | None = option(None, "Only contacts after this step.", "STEP")
    costs: tuple[Cost, ...] = option(
        (),
        "What a contact costs: call=7.50,mail=4.",
        "CHANNEL=…",
        names=("--cost",),
        kind=str,
        read=costs,
    )
    like: tuple[str, ...] = option(
        (), "Also hold a column equal; repeatable.", "COLUMN", several=True
    )

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that journeys are chosen and compared by: a load must keep them."""
        return (*(one.column for one in self.where), *self.like)
