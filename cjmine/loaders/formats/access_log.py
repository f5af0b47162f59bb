"""Access logs of Apache and nginx: Common and Combined, with further quoted fields if declared.

A line is one record. Lines are split at their quotes, which is fast and right for nearly all;
the others (escaped quotes, a user name with a blank) go through one expression that knows more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.connections import quote_text
from cjmine.loaders.head import Head
from cjmine.loaders.line_clients import CLIENTS, with_clients
from cjmine.loaders.loader import Inspection, Opened, Recognition, RoleFound
from cjmine.loaders.web_requests import open_requests
from cjmine.sources import Identifier, Kind, Source, TimeColumn

_QUOTED = r'"((?:[^"\\]|\\.)*)"'
_LINE = (
    r"^(.+?) \[([^\]]+)\] "
    + _QUOTED
    + r" (\d{3}) (?:\d+|-)(?:(?: "
    + _QUOTED
    + " "
    + _QUOTED
    + r""")((?: "(?:[^"\\]|\\.)*"| [^"\s]+)*)|(?: [^"\s]+)*)\s*$"""
)
_SHAPE = re.compile(_LINE)
_OTHER = re.compile(r".*?\[\d\d?/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d")
_GROUPS = ("front", "time", "request", "status", "referrer", "agent", "rest")
_TIME_FORMAT = "%d/%b/%Y:%H:%M:%S %z"


@dataclass(frozen=True, slots=True)
class AccessLogLoader:
    """Reads access logs; query strings are cut off before anything else sees them."""

    name: str = "access-log"
    title: str = "access log (Common or Combined)"

    def recognise(self, head: Head) -> Recognition | None:
        """Most of the first lines have the shape of the Common Log Format."""
        if not head.most_lines(_SHAPE):
            # Opening it says what it is; it must not be taken for a table with a header.
            return Recognition(0.6, "times of a web server") if head.most_lines(_OTHER) else None
        combined = any((found := _SHAPE.match(line)) and found[6] for line in _lines(head)[:50])
        return Recognition(0.9, "access log, " + ("Combined" if combined else "Common") + " format")

    def open(self, source: Source, head: Head) -> Opened:
        """The roles are given by the format; who the customer is can be declared.

        Raises DataError L106 for a field that is not there, L122 for lines in another form.
        """
        if head.most_lines(_OTHER) and not any(map(_SHAPE.match, _lines(head)[:200])):
            raise DataError(_other_form(source.label))
        declared = source.roles
        known = ("host", "user", "forwarded", *source.extras.extra_fields)
        who = [*([declared.customer] if declared.customer else []), *declared.links]
        missing = [one.column for one in who if one.column not in known]
        missing += [name for name in declared.keep if name not in source.extras.extra_fields]
        if missing:
            raise DataError(
                Problem(
                    Code.COLUMN_MISSING,
                    f'an access log has no field "{missing[0]}"',
                    Place(source.label),
                    cause=f"the fields are: {', '.join(known)}; the first three are never kept",
                    remedy='name further quoted fields in cjmine.toml: extra = ["…"]',
                )
            )
        customer = declared.customer or Identifier("host", Kind.IP)
        if customer.column in CLIENTS and customer.kind is Kind.CUSTOMER:
            customer = replace(customer, kind=Kind.IP)
        because = "declared" if declared.customer else "the only identifier in every line"
        roles = replace(
            declared,
            time=TimeColumn(("time",)),
            activity="request",
            customer=customer,
            channel=declared.channel or "web",
        )
        found = (
            RoleFound("customer", customer.column, because),
            RoleFound("time", "time", "the format: English month, with offset"),
            RoleFound("activity", "request", "the path of the request, without its query"),
        )
        dropped: tuple[str, ...] = (
            "query strings", "referrer", "user agent (tells bots, then dropped)"
        )  # fmt: skip
        named = source.extras.extra_fields
        taken = {*declared.keep, *(one.column for one in who)}
        dropped += tuple(name for name in named if name not in taken)
        further = 0 if named else max(map(len, further_values(head)), default=0)
        if further:
            dropped += (f"{further} quoted behind the user agent (name them: extra)",)
        given = frozenset(("time", "activity"))
        inspection = Inspection("access log", roles, found, dropped, given, unnamed_fields=further)
        is_sure = declared.customer is not None
        return open_requests(
            source,
            head,
            inspection,
            _query,
            lambda rows, given: with_clients(rows, given.roles, is_sure),
        )


LOADER = AccessLogLoader()


def _other_form(label: str) -> Problem:
    return Problem(
        Code.LOG_FORMAT,
        "this is the log of a web server, but in neither the Common nor the Combined format",
        Place(label, 1),
        cause='a line is: client ident user [time] "request" status size, and further fields may'
        " be in front of the client or behind the size, not between",
        remedy="log in the Combined format; further fields go behind it",
    )


def further_values(head: Head) -> list[list[str]]:
    """The quoted values behind the user agent of the first lines, raw."""
    found = (_SHAPE.match(line) for line in _lines(head)[:200])
    return [re.findall(r'"((?:[^"\\]|\\.)*)"', one[7]) for one in found if one and one[7]]


def _lines(head: Head) -> list[str]:
    return [line.rstrip("\r") for line in head.text.split("\n")]


def _query(scan: str, source: Source) -> str:
    """Parts by splitting at quotes, by the full expression where the split does not fit.

    What is in front of the time is handed on as `front` where it is not client, ident and user.
    """
    names = ", ".join(f"'{name}'" for name in _GROUPS)
    full = f"regexp_extract(line, {quote_text(_LINE)}, [{names}])"
    quotes = 6 + 2 * len(source.extras.extra_fields)
    simple = (
        f"len(parts) IN (3, 7, {quotes + 1}) AND NOT contains(line, '\\\"')"
        " AND len(front) = 5 AND front[2] = '-' AND len(middle) >= 3 AND length(middle[2]) = 3"
        " AND TRY_CAST(middle[2] AS USMALLINT) IS NOT NULL"
        " AND (middle[3] = '-' OR TRY_CAST(middle[3] AS UBIGINT) IS NOT NULL)"
    )
    who = [source.roles.customer or Identifier("host", Kind.IP), *source.roles.links]
    named = ["customer", *(f"link{place}" for place in range(len(source.roles.links)))]
    kept = source.roles.keep
    columns = [*(one.column for one in who), *kept]
    named += [f"keep{place}" for place in range(len(kept))]
    fields = ",\n               ".join(
        f"CASE WHEN simple THEN {quick} ELSE {slow} END AS {name}"
        for name, (quick, slow) in zip(
            named, (_field(column, source) for column in columns), strict=True
        )
    )
    return f"""
        SELECT file, line IS NULL OR trim(line) = '' AS blank,
               CASE WHEN NOT simple THEN slow.front END AS front,
               {fields},
               epoch_us(try_strptime(CASE WHEN simple THEN concat(ltrim(front[4], '['), ' ',
                   rtrim(front[5], ']')) ELSE slow.time END, {quote_text(_TIME_FORMAT)})) AS time,
               split_part(split_part(CASE WHEN simple THEN parts[2] ELSE slow.request END,
                   ' HTTP/', 1), '?', 1) AS request,
               CASE WHEN simple THEN middle[2] ELSE slow.status END AS status,
               CASE WHEN simple THEN parts[6] ELSE slow.agent END AS agent,
               simple OR slow.status <> '' AS shaped
        FROM (SELECT file, line, parts, front, middle, simple,
                     CASE WHEN NOT simple THEN {full} END AS slow
              FROM (SELECT file, line, parts, front, middle, coalesce({simple}, false) AS simple
                    FROM (SELECT file, line, parts, string_split(rtrim(parts[1]), ' ') AS front,
                                 string_split(parts[3], ' ') AS middle
                          FROM (SELECT file_index AS file, line, string_split(line, '"') AS parts
                                FROM {scan}))))
    """


def _field(column: str, source: Source) -> tuple[str, str]:
    """The SQL of a field that names a person: for lines that were split, and for the others."""
    if column in source.extras.extra_fields:
        place = source.extras.extra_fields.index(column)
        between = r'(?: [^"\s]+)*'
        before = (between + r' "(?:[^"\\]|\\.)*"') * place + between
        slow = f"regexp_extract(slow.rest, {quote_text(f'^{before} {_QUOTED}')}, 1)"
        return f"parts[{8 + 2 * place}]", slow
    quick = {"user": "front[3]", "host": "front[1]"}.get(column, "NULL::VARCHAR")
    return quick, "NULL::VARCHAR"
