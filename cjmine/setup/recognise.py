"""Recognising the files of a new project: sources, customer tables, and what is neither."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cjmine.database import Database
from cjmine.errors import Code, DataError, Problem
from cjmine.ingest.databases import declared_databases
from cjmine.ingest.source_flags import SourceFlags
from cjmine.loaders.dialect import recognise_dialect
from cjmine.loaders.files import head
from cjmine.loaders.folders import expand
from cjmine.loaders.mail_headers import Headers, split
from cjmine.loaders.role_claims import Column
from cjmine.loaders.roles import kind_of, names_alike
from cjmine.loaders.sniff import Sniffed, settle, sniff
from cjmine.loaders.text_bytes import head_text
from cjmine.sources import Extras, Identifier, Kind, Roles

_CUSTOMER = (
    *("customer number", "customer id", "customer", "klantnummer", "klant id", "klant"),
    *("relatienummer", "relatie", "account", "client id", "member id", "polisnummer"),
)
MANY = 3
_APART = Problem(
    Code.SOURCES_DISAGREE,
    "a process log with cases of its own: set it up apart, with --from and --into",
)


@dataclass(frozen=True, slots=True)
class FoundSource:
    """Files of one kind that are read alike."""

    first: Sniffed
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of customers and their identifiers."""

    path: Path
    customer: Identifier
    links: tuple[Identifier, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What lies there: sources, customer tables, and files that are neither, with the reason."""

    sources: tuple[FoundSource, ...]
    tables: tuple[FoundTable, ...]
    others: tuple[tuple[Path, Problem], ...]

    @property
    def without_zone(self) -> tuple[FoundSource, ...]:
        """The sources that have times without a zone."""
        return tuple(one for one in self.sources if one.first.inspection.local_times)

    @property
    def has_phones(self) -> bool:
        """Whether any source or table has phone numbers."""
        known = [one.first.source.roles.customer for one in self.sources]
        known += [link for one in self.sources for link in one.first.source.roles.links]
        known += [link for table in self.tables for link in table.links]
        return any(one is not None and one.kind is Kind.PHONE for one in known)

    @property
    def mail(self) -> tuple[FoundSource, ...]:
        """The sources that need to know one's own mail domains."""
        formats = ("mail", "message-trace")
        return tuple(one for one in self.sources if one.first.source.format in formats)


def look(arguments: Sequence[str], spared: Sequence[Path]) -> Found:
    """Recognise every file; the query of a database that is declared by asking it.

    `spared` are passed over. Raises DataError where none is an export.
    """
    databases = declared_databases(arguments, SourceFlags())
    alike: dict[tuple[str, Path, str, Roles], list[Sniffed]] = {}
    tables: list[FoundTable] = []
    others: list[tuple[Path, Problem]] = []
    left_out = {path.resolve() for path in spared}
    files = dict.fromkeys(file for argument in arguments for file in expand(argument))
    for file in files:
        if file.resolve() in left_out or file.suffix.lower() in (".toml", ".key", ".md"):
            continue
        asked = databases.get(file.resolve())
        table = None if asked else customer_table(file)
        if table is not None:
            tables.append(table)
            continue
        try:
            one = settle(asked) if asked else sniff(file, str(file), Roles(), Extras())
            one.opened.rest()  # there may be hundreds of files
        except DataError as error:
            others.append((file, error.problems[0]))
            continue
        name = file.name.removesuffix(".gz")
        kind = "" if one.source.format == "mail" else re.sub(r"[\d_\-.]+", "", name)
        alike.setdefault((one.source.format, file.parent, kind, one.source.roles), []).append(one)
    if not alike:
        raise DataError(
            *(problem for _, problem in others[:20]),
            Problem(Code.FORMAT_UNKNOWN, "no file here is an export that cjmine reads"),
        )
    sources = [
        FoundSource(group[0], tuple(one.source.path for one in group)) for group in alike.values()
    ]
    with_case = [one for one in sources if one.first.source.roles.case is not None]
    if len(with_case) < len(sources):
        others += [(path, _APART) for one in with_case for path in one.files]
        sources = [one for one in sources if one not in with_case]
    return Found(tuple(sources), tuple(tables), tuple(others))


def customer_table(path: Path) -> FoundTable | None:
    """The customer table in a file: a customer number, other identifiers, and no time."""
    try:
        form = recognise_dialect(head_text(head(path, str(path))))
    except DataError:
        return None
    if form is None or not form.has_header:
        return None
    named = names_alike(form.columns, {"customer": _CUSTOMER})
    if "customer" not in named:
        return None
    kinds = {name: kind_of(Column(name, ())) for name in form.columns if name != named["customer"]}
    links = tuple(
        Identifier(name, kind)
        for name, kind in kinds.items()
        if kind in (Kind.PHONE, Kind.EMAIL, Kind.COOKIE)
    )
    times = [name for name in form.columns if re.search(r"(?i)time|tijd|date|datum|start", name)]
    if not links or times:
        return None
    return FoundTable(path, Identifier(named["customer"]), links)


def own_domains(found: Found) -> tuple[str, ...]:
    """The mail domain that eight in ten messages share, if it is the only one; else none.

    Where two are in so many, one of them is a customer's, and nothing says which.
    """
    domains: Counter[str] = Counter()
    messages = 0
    for source in found.mail:
        for path in source.files[:200]:
            for message in split([head(path, str(path))]):
                headers = Headers(message.headers)
                every = {
                    address.rpartition("@")[2].lower()
                    for name in ("From", "To", "Cc")
                    for address in headers.addresses(name)
                }
                messages += bool(every)
                domains.update(every)
    shared = tuple(domain for domain, times in domains.items() if times >= 0.8 * messages)
    return shared if len(shared) == 1 else ()


def names_of(found: Found) -> tuple[str, ...]:
    """The names of the sources, as the configuration has them; two never share one."""
    names: list[str] = []
    for one in found.sources:
        name = base = _base_name(one)
        again = 1
        while name in names:
            again += 1
            name = f"{base}-{again}"
        names.append(name)
    return tuple(names)


def _base_name(one: FoundSource) -> str:
    """What to call a source: its file without numbers, or the folder of many single mails."""
    if one.first.source.format == "mail" and len(one.files) > MANY:
        folder = re.sub(r"[^A-Za-z0-9_-]+", "-", one.files[0].parent.name).strip("-").lower()
        return folder or one.first.source.format
    return re.sub(r"[_-]*\d[\d_-]*$", "", source_name(one.first)) or one.first.source.format


def source_name(one: Sniffed) -> str:
    """A name for a source: the declared one of a database, else from its file."""
    if isinstance(one.source.origin, Database):
        return one.source.name
    stem = one.source.path.name.split(".")[0]
    return re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-").lower() or "source"
