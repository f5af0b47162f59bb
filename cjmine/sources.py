"""What can be declared about an export: which columns play which role, and what labels mean.

Values only. `cjmine.toml`, command-line flags and sniffing all end in these, and loaders read
nothing else; so whatever was guessed can be written down and reviewed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from cjmine.database import Database

if TYPE_CHECKING:
    import pyarrow as pa


class Kind(StrEnum):
    """The kinds of identifier; each has its own sub-key, so tokens of two kinds never meet."""

    CUSTOMER = "customer"
    CASE = "case"
    COOKIE = "cookie"
    PHONE = "phone"
    EMAIL = "email"
    IP = "ip"
    USER = "user"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A column whose values identify a customer, and how to read them.

    `region` (ISO country code) says in which country's form phone numbers are written. `width` says
    that numbers have so many signs, with zeros in front where a system has lost them. `nobody` are
    values that stand for no customer.
    """

    column: str
    kind: Kind = Kind.CUSTOMER
    region: str | None = None
    width: int | None = None
    nobody: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeColumn:
    """The columns that hold the time; several are joined with a blank.

    `format` is a strptime pattern, or `epoch-s`, `epoch-ms`, `epoch-us`; None reads ISO 8601.
    `zone` is the zone of times that carry no offset; None means undeclared.
    """

    columns: tuple[str, ...]
    format: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class TouchpointRule:
    """One rule from raw label to activity; exactly one of the four ways to match is set.

    `activity` None leaves the row out (counted as filtered). `source` None means every source.
    `stage` is the stage of the journey in which the activity belongs, whichever rule names it.
    """

    activity: str | None
    source: str | None = None
    label: str | None = None
    path: str | None = None
    glob: str | None = None
    pattern: str | None = None
    stage: str | None = None


def stage_named(rules: tuple[TouchpointRule, ...], activity: str | None) -> str | None:
    """The stage that the rules name for an activity; None where none does.

    >>> stage_named((TouchpointRule("Checkout", glob="/cart/*", stage="Buy"),), "Checkout")
    'Buy'
    """
    return next((one.stage for one in rules if one.stage and one.activity == activity), None)


@dataclass(frozen=True, slots=True)
class ClassifierRule:
    """A classifier for raw labels that no rule catches and that begin with `prefix`.

    The rest of the label is classified; below the confidence `below` (None: the model's own) the
    label stays what it was. `source` None means every source.
    """

    model: Path
    prefix: str
    source: str | None = None
    below: float | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """Which column plays which role in one export. `case` is set for process logs only.

    `links` are further identifiers of the same records: they link what other exports know the
    customer by, and name the customer where the first identifier is empty. Rows with one id in the
    column `delivery` are one record, whichever file brings them, and the one with the largest
    number or time in the column `version` counts.
    """

    time: TimeColumn | None = None
    activity: str | None = None
    customer: Identifier | None = None
    case: str | None = None
    channel: str | None = None
    channel_column: str | None = None
    keep: tuple[str, ...] = ()
    links: tuple[Identifier, ...] = ()
    delivery: str | None = None
    version: str | None = None

    def __post_init__(self) -> None:
        """Keep each column once, however often it is asked for.

        >>> Roles(keep=("fund", "device", "fund")).keep
        ('fund', 'device')
        """
        object.__setattr__(self, "keep", tuple(dict.fromkeys(self.keep)))


@dataclass(frozen=True, slots=True)
class Extras:
    """What only some formats need to know.

    `own_domains` mark mail that goes out, `extra_fields` name what follows the user agent in
    an access log, `columns` the columns of a table without a header. `names` is a table that gives
    names to the ids of queues and codes. `object_type` is what the case of an object-centric log
    is, `sheet` the sheet of a workbook, `score` the column of a survey answer and `scale` its
    scale. `region` is the country in whose form phone numbers are written.
    `nobody` are the values that stand for no customer; None leaves that to how much they hold.
    `max_bytes` is how many bytes a packed file may unpack to, however small it was.
    """

    own_domains: tuple[str, ...] = ()
    extra_fields: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    names: Path | None = None
    object_type: str | None = None
    sheet: str | None = None
    score: str | None = None
    scale: str | None = None
    region: str | None = None
    nobody: tuple[str, ...] | None = None
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class File:
    """An export on disk."""

    path: Path

    @property
    def size(self) -> int:
        """How many bytes it has; 0 where it is not there any more."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows that come as Arrow and are no file of ours: a data frame, a stream, a lake's table.

    `batches` gives those columns that it is asked for, from the first row on. Of what comes only
    once, `first` are the rows that may be looked at before; None where `batches` may be called
    again. `records` is how many rows there are, 0 where that is unknown. `digest` gives the SHA-256
    of an object of a store, by which it is known when it comes again.
    """

    schema: pa.Schema
    batches: Callable[[Sequence[str]], Iterable[pa.RecordBatch]] = field(repr=False)
    records: int = 0
    first: Sequence[pa.RecordBatch] | None = field(default=None, repr=False)
    digest: Callable[[], str] | None = field(default=None, repr=False)

    @property
    def size(self) -> int:
        """No bytes are read from disk."""
        return 0


Origin = File | Rows | Database  # where records come from


@dataclass(frozen=True, slots=True)
class Source:
    """One export and all that is needed to read it.

    `label` is how messages name it: a file as the user wrote it, never an absolute path of ours.
    `raw_labels` hands labels over as they are, for looking at them; rules are then passed over.
    """

    origin: Origin
    label: str
    format: str
    name: str
    roles: Roles
    rules: tuple[TouchpointRule, ...] = ()
    extras: Extras = Extras()
    classifiers: tuple[ClassifierRule, ...] = ()
    raw_labels: bool = False

    def identified_by(self, identifier: Identifier) -> Identifier:
        """The same identifier with the values that stand for no customer in this source."""
        return replace(identifier, nobody=self.extras.nobody or ())

    @property
    def path(self) -> Path:
        """The file of an export, or of a query; only asked where no other rows can be."""
        assert isinstance(self.origin, File | Database)
        return self.origin.path


@dataclass(frozen=True, slots=True)
class CustomerTable:
    """A table that says which identifiers belong to one customer."""

    path: Path
    label: str
    customer: Identifier
    links: tuple[Identifier, ...]


HUB_LIMIT = 5  # customers
BACKWARD = 30 * 60 * 1_000_000  # microseconds


@dataclass(frozen=True, slots=True)
class IdentityRules:
    """How identifiers may be linked.

    `hubs` is the largest number of customers that one identifier may have; `backward`
    (microseconds) is how long before a customer was first seen on a shared device it may be theirs.
    """

    hubs: int = HUB_LIMIT
    backward: int = BACKWARD


@dataclass(frozen=True, slots=True)
class DeclaredSource:
    """A `[source.NAME]` table: file patterns relative to the configuration, and how to read.

    `database` is set instead of files, with the file of its query relative to the configuration.
    """

    name: str
    files: tuple[str, ...]
    format: str
    roles: Roles
    extras: Extras
    names: str | None = None
    database: Database | None = None


@dataclass(frozen=True, slots=True)
class DeclaredCustomers:
    """The `[customers]` table."""

    files: tuple[str, ...]
    customer: Identifier
    links: tuple[Identifier, ...]
