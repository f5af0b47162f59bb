"""Writing `cjmine.toml`: the block of one source, and the whole file for what was found."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cjmine.database import TIMEOUT, Database
from cjmine.loaders.customers import read_customers
from cjmine.loaders.formats.access_log import further_values
from cjmine.loaders.head import Head
from cjmine.loaders.sniff import Sniffed
from cjmine.reporters.escaping import visible
from cjmine.reporters.toml import toml_identifier, toml_text
from cjmine.setup.recognise import MANY, Found, FoundSource, FoundTable, names_of, source_name
from cjmine.sources import CustomerTable, Kind, TimeColumn


def source_block(one: Sniffed, files: Sequence[str] = (), name: str = "") -> list[str]:
    """The table of one source; `files` replace its path where there are several of its kind."""
    source, roles, given = one.source, one.source.roles, one.inspection.given
    here = source.path if not source.path.is_absolute() else _relative(source.path, Path.cwd())
    named = list(files) or [str(here)]
    several = "[" + ", ".join(map(toml_text, named)) + "]"
    lines = [f"[source.{name or source_name(one)}]"]
    if isinstance(source.origin, Database):
        lines += _asked(source.origin, named[0])
    else:
        lines.append(f"files    = {toml_text(named[0]) if len(named) == 1 else several}")
        lines.append(f'format   = "{source.format}"')
    if "channel" in given:
        pass
    elif roles.channel is not None:
        lines.append(f"channel  = {toml_text(roles.channel)}")
    elif roles.channel_column is not None:
        lines.append(f"channel  = {{ column = {toml_text(roles.channel_column)} }}")
    if roles.customer is not None and "customer" not in given:
        lines.append(f"customer = {toml_identifier(roles.customer)}")
        if roles.customer.kind is Kind.PHONE and roles.customer.region is None:
            lines.append('# numbers without a country code: add  region = "NL"  to the customer')
    if roles.case is not None and "case" not in given:
        lines.append(f"case     = {{ column = {toml_text(roles.case)} }}")
    if roles.time is not None and roles.time.columns and "time" not in given:
        lines.append(f"time     = {_time(roles.time)}")
    if roles.activity is not None and "activity" not in given:
        lines.append(f"activity = {{ column = {toml_text(roles.activity)} }}")
    if roles.time is not None and roles.time.zone is None and _needs_zone(one):
        lines.append('# local times: add  time = { zone = "Europe/Amsterdam" }  or timezone on top')
    if roles.delivery is not None:
        lines.append(f"delivery = {toml_text(roles.delivery)}")
    if roles.version is not None:
        lines.append(f"version  = {toml_text(roles.version)}")
    if source.extras.object_type is not None:
        lines.append(f"object   = {toml_text(source.extras.object_type)}")
    if source.format == "mail":
        lines.append('# own    = ["example.nl"]   # your own domains: tell incoming from outgoing')
    return lines


def _asked(database: Database, query: str) -> list[str]:
    """The keys of a source that asks a database; `query` is the path of its file."""
    order = ", ".join(map(toml_text, database.order))
    lines = [f'database = "{database.kind}"']
    if database.service is not None:
        lines.append(f"service  = {toml_text(database.service)}")
    if database.variable is not None:
        lines.append(f"connection-env = {toml_text(database.variable)}")
    lines.append(f"query    = {toml_text(query)}")
    lines.append(f"order    = {order if len(database.order) == 1 else f'[{order}]'}")
    if database.since is not None:
        lines.append(f"since    = {toml_text(database.since)}")
    if database.timeout != TIMEOUT:
        lines.append(f'timeout  = "{database.timeout / 1_000_000:g}s"')
    return lines


def _needs_zone(one: Sniffed) -> bool:
    """Whether a format that gives the time by itself writes local times."""
    return one.inspection.local_times and "time" in one.inspection.given


def _time(time: TimeColumn) -> str:
    columns = ", ".join(map(toml_text, time.columns))
    written = f"column = {columns}" if len(time.columns) == 1 else f"columns = [{columns}]"
    if time.format:
        written += f", format = {toml_text(time.format)}"
    if time.zone:
        written += f", zone = {toml_text(time.zone)}"
    return f"{{ {written} }}"


@dataclass(frozen=True, slots=True)
class Answers:
    """What only people know: the zone of local times, the country of phones, one's own domains."""

    zone: str | None = None
    region: str | None = None
    own: tuple[str, ...] = ()


_CHANNELS = {Kind.COOKIE: "web", Kind.IP: "web", Kind.PHONE: "call", Kind.EMAIL: "mail"}


def config_text(found: Found, answers: Answers, folder: Path) -> str:
    """`cjmine.toml` for what was found, with paths from `folder`."""
    lines = [
        "# How cjmine reads these exports. Check the columns and the names of touchpoints.",
        "",
    ]
    if answers.zone:
        lines.append(f"timezone = {toml_text(answers.zone)}")
    if answers.region:
        lines.append(f"region   = {toml_text(answers.region)}")
    for one, name in zip(found.sources, names_of(found), strict=True):
        block = source_block(one.first, [_relative(path, folder) for path in _shortened(one)], name)
        kept = [line for line in block if not line.startswith("#")]
        roles = one.first.source.roles
        channel = _CHANNELS.get(roles.customer.kind) if roles.customer else None
        if channel and not roles.channel and not roles.channel_column:
            kept.append(f"channel  = {toml_text(channel)}")
        kept = _with_cookie(one, found.tables, kept)
        if one in found.mail and answers.own:
            kept.append("own      = [" + ", ".join(map(toml_text, answers.own)) + "]")
        elif one in found.mail:
            kept.append(
                '# own    = ["example.nl"]   # your own domains: tell incoming from outgoing'
            )
        lines += ["", f"# {visible(one.first.inspection.description)}", *kept]
    for table in found.tables[:1]:
        links = [f"  {toml_identifier(link)}," for link in table.links]
        lines += [
            "",
            "[customers]",
            f"files    = {toml_text(_relative(table.path, folder))}",
            f"customer = {toml_identifier(table.customer)}",
            "links    = [",
            *links,
            "]",
        ]
    return "\n".join(lines) + "\n"


def _with_cookie(one: FoundSource, tables: tuple[FoundTable, ...], block: list[str]) -> list[str]:
    """An access log's block with the quoted field behind the user agent named, if it is a cookie.

    It is one where most of its first values are cookies of a customer table.
    """
    if not one.first.inspection.unnamed_fields:
        return block
    named = ['extra    = ["cookie"]', 'customer = { column = "cookie", as = "cookie" }']
    head = Head.of(one.files[0], str(one.files[0]))
    seen = {values[0] for values in further_values(head) if values} - {"-", ""}
    for table in tables:
        link = next((link for link in table.links if link.kind is Kind.COOKIE), None)
        if link is None:
            continue
        known = CustomerTable(table.path, str(table.path), table.customer, (link,))
        cookies = {value for rows in read_customers(known) for value in rows.column(1).to_pylist()}
        if 2 * len(seen & cookies) > len(seen):
            return [line for line in block if not line.startswith("customer")] + named
    return [*block, *(f"# {line}" for line in named)]


def _shortened(one: FoundSource) -> list[Path]:
    """Many files of one kind by a pattern, where it means these and no others."""
    if len(one.files) <= MANY:
        return list(one.files)
    folder = one.files[0].parent
    patterns = (re.sub(r"\d[\d_\-.]*\d|\d", "*", one.files[0].name), "*")
    for pattern in patterns:
        matched = sorted(path for path in folder.glob(pattern) if path.is_file())
        if matched == sorted(one.files):
            return [folder / pattern]
    return list(one.files)


def _relative(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()
