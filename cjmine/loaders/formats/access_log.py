"""Access logs of Apache and nginx: Common and Combined, with further quoted fields if declared.

A line is one record. Lines are split at their quotes, which is fast and right for nearly all;
the others (escaped quotes, a user name with a blank) go through one expression that knows more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, flags, labels, mask, numbers, strings
from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.batch import (
    ACTIVITY,
    CUSTOMER,
    LATEST_US,
    MOST_REJECTS,
    TIME,
    Clock,
    Filtered,
    Head,
    Inspection,
    LeftOut,
    RawBatch,
    Recognition,
    Reject,
    RoleFound,
)
from cjmine.loaders.engine import reading, text
from cjmine.loaders.files import survey
from cjmine.loaders.times import EARLIEST_US
from cjmine.loaders.touchpoints import Touchpoints, web_activity
from cjmine.sources import Identifier, Kind, Source, TimeColumn

_QUOTED = r'"((?:[^"\\]|\\.)*)"'
_LINE = (
    r"^(?:(?:[^\s:]+|\[[^\]\s]+\]):\d+ )?(\S+) \S+ (.+?) \[([^\]]+)\] "
    + _QUOTED
    + r" (\d{3}) (?:\d+|-)(?:(?: "
    + _QUOTED
    + " "
    + _QUOTED
    + r""")((?: "(?:[^"\\]|\\.)*"| [^"\s]+)*)|(?: [^"\s]+)*)\s*$"""
)
_SHAPE = re.compile(_LINE)
_GROUPS = ("host", "user", "time", "request", "status", "referrer", "agent", "rest")
_TIME_FORMAT = "%d/%b/%Y:%H:%M:%S %z"
_BOT = (
    r"(?i)bot\b|bot/|crawl|spider|slurp|uptime|monitor|health|pingdom|statuscake|checker"
    r"|feedburner|feedfetcher|mediapartners|facebookexternalhit|preview|archiver|scan"
    r"|^(?:curl|wget|python|java|go-http|libwww|apache-httpclient|kube-probe|elb-)"
)
_ASSET = (
    r"(?i)^(?:[A-Z]+ )?(?:/assets/.*|/static/.*|/robots\.txt|[^?]*\.(?:css|js|mjs|map|png|jpe?g"
    r"|gif|svg|webp|avif|ico|woff2?|ttf|eot|otf|mp4|webm|mp3))$"
)
ERROR = " (error)"


@dataclass(frozen=True, slots=True)
class AccessLogLoader:
    """Reads access logs; query strings are cut off before anything else sees them."""

    name: str = "access-log"
    title: str = "access log (Common or Combined)"

    def recognise(self, head: Head) -> Recognition | None:
        """Most of the first lines have the shape of the Common Log Format."""
        lines = [line.rstrip("\r") for line in head.text.split("\n")[:50] if line.strip()]
        hits = sum(1 for line in lines if _SHAPE.match(line))
        if not lines or hits < 0.6 * len(lines):
            return None
        combined = sum(1 for line in lines if (found := _SHAPE.match(line)) and found[7])
        return Recognition(0.9, "access log, " + ("Combined" if combined else "Common") + " format")

    def inspect(self, source: Source) -> Inspection:
        """The roles are given by the format; who the customer is can be declared."""
        declared = source.roles
        known = ("host", "user", *source.extra_fields)
        if declared.customer is not None and declared.customer.column not in known:
            raise DataError(
                Problem(
                    Code.COLUMN_MISSING,
                    f'an access log has no field "{declared.customer.column}"',
                    Place(source.label),
                    cause=f"the fields that can name a customer are: {', '.join(known)}",
                    remedy='name further quoted fields in cjmine.toml: extra = ["…"]',
                )
            )
        customer = declared.customer or Identifier("host", Kind.IP)
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
        dropped = ("query strings", "referrer", "user agent (tells bots, then dropped)")
        return Inspection("access log", roles, found, dropped)

    def read(self, source: Source) -> Iterator[RawBatch]:
        """Stream the file; the record number is the line number."""
        about = survey(source.path, source.label)
        touchpoints = Touchpoints(source.rules, source.name, web_activity)
        line, left = 1, MOST_REJECTS
        with reading(source.path, source.label, about) as reader:
            for rows in reader.stream(_query(reader.lines, source)):
                batch = _batch(rows, source, touchpoints, line, left)
                left = max(0, left - batch.rejected)
                line += rows.num_rows
                yield batch


LOADER = AccessLogLoader()


def _query(scan: str, source: Source) -> str:
    """Parts by splitting at quotes, by the full expression where the split does not fit."""
    names = ", ".join(f"'{name}'" for name in _GROUPS)
    full = f"regexp_extract(line, {text(_LINE)}, [{names}])"
    quotes = 6 + 2 * len(source.extra_fields)
    simple = (
        f"len(parts) IN (3, 7, {quotes + 1}) AND NOT contains(line, '\\\"')"
        " AND len(front) = 5 AND len(middle) >= 3 AND length(middle[2]) = 3"
        " AND TRY_CAST(middle[2] AS USMALLINT) IS NOT NULL"
        " AND (middle[3] = '-' OR TRY_CAST(middle[3] AS UBIGINT) IS NOT NULL)"
    )
    customer = source.roles.customer or Identifier("host", Kind.IP)
    if customer.column in source.extra_fields:
        place = source.extra_fields.index(customer.column)
        between = r'(?: [^"\s]+)*'
        before = (between + r' "(?:[^"\\]|\\.)*"') * place + between
        quick = f"parts[{8 + 2 * place}]"
        slow = f"regexp_extract(slow.rest, {text(f'^{before} {_QUOTED}')}, 1)"
    elif customer.column == "user":
        quick, slow = "front[3]", "slow.user"
    else:
        quick, slow = "front[1]", "slow.host"
    return f"""
        SELECT line IS NULL OR trim(line) = '' AS blank,
               CASE WHEN simple THEN {quick} ELSE {slow} END AS customer,
               epoch_us(try_strptime(CASE WHEN simple THEN concat(ltrim(front[4], '['), ' ',
                   rtrim(front[5], ']')) ELSE slow.time END, {text(_TIME_FORMAT)})) AS time,
               split_part(split_part(CASE WHEN simple THEN parts[2] ELSE slow.request END,
                   ' HTTP/', 1), '?', 1) AS request,
               CASE WHEN simple THEN middle[2] ELSE slow.status END AS status,
               CASE WHEN simple THEN parts[6] ELSE slow.agent END AS agent,
               simple OR slow.status <> '' AS shaped
        FROM (SELECT line, parts, front, middle, simple,
                     CASE WHEN NOT simple THEN {full} END AS slow
              FROM (SELECT line, parts, front, middle, coalesce({simple}, false) AS simple
                    FROM (SELECT line, parts, string_split(rtrim(parts[1]), ' ') AS front,
                                 string_split(parts[3], ' ') AS middle
                          FROM (SELECT line, string_split(line, '"') AS parts FROM {scan}))))
    """


def _batch(
    rows: pa.RecordBatch, source: Source, touchpoints: Touchpoints, first: int, left: int
) -> RawBatch:
    blank = mask(rows.column("blank"))
    shaped = mask(rows.column("shaped"))
    request = pc.replace_substring_regex(rows.column("request"), r"^GET ", "").dictionary_encode()
    us = array(rows.column("time"))
    faults = np.zeros(rows.num_rows, np.int8)
    faults[(us < EARLIEST_US) | (us >= LATEST_US)] = 3
    faults[~mask(rows.column("time").is_valid())] = 2
    faults[~shaped] = 1
    faults[blank] = 0
    keep = ~blank & (faults == 0)
    filtered: list[Filtered] = []
    for reason, hit in (
        (LeftOut.NO_REQUEST, mask(pc.is_in(rows.column("request"), strings(["", "-"])))),
        (LeftOut.BOT, _matches(rows.column("agent"), _BOT)),
        (LeftOut.ASSET, _matches(request, _ASSET)),
    ):
        out = keep & hit
        keep &= ~hit
        if out.any():
            filtered.append(Filtered(reason, int(out.sum())))
    activity = _with_errors(touchpoints.map(request), rows.column("status"))
    ignored = keep & ~mask(activity.is_valid())
    keep &= ~ignored
    customer = rows.column("customer")
    empty = pc.is_in(customer, strings(["", "-"]))
    nobody = keep & (mask(empty) | ~mask(customer.is_valid()))
    keep &= ~nobody
    filtered += [
        Filtered(reason, int(out.sum()))
        for reason, out in ((LeftOut.RULE, ignored), (LeftOut.NOBODY, nobody))
        if out.any()
    ]
    rejected = int((faults > 0).sum())
    events = pa.RecordBatch.from_pydict(
        {CUSTOMER: customer, ACTIVITY: activity, TIME: numbers(us)}
    ).filter(flags(keep))
    return RawBatch(
        events=events,
        read=rows.num_rows - int(blank.sum()),
        rejected=rejected,
        rejects=tuple(
            _reject(first + int(row), int(faults[row])) for row in np.flatnonzero(faults)[:left]
        ),
        filtered=tuple(filtered),
        clock=Clock(zoned=int(keep.sum())),
    )


def _reject(line: int, fault: int) -> Reject:
    if fault == 1:
        return Reject(line, Code.ROW_STRUCTURE, "not a whole access log line", line=line)
    if fault == 3:
        reason = "the year is outside 1970 to 2100"
        return Reject(line, Code.TIME_IMPLAUSIBLE, reason, "time", line)
    return Reject(line, Code.TIME_UNREADABLE, "the time cannot be read", "time", line)


def _with_errors(activity: pa.DictionaryArray, status: pa.Array) -> pa.DictionaryArray:
    """A request that failed (status 400 and up) is another touchpoint than one that worked."""
    coded = status.dictionary_encode()
    bad = np.array([code is not None and code >= "400" for code in coded.dictionary.to_pylist()])
    failed = np.append(bad, False)[array(coded.indices, len(bad))] if len(bad) else False
    names: list[str] = activity.dictionary.to_pylist()
    codes = array(activity.indices, -1)
    codes = np.where((codes >= 0) & failed, codes + np.int32(len(names)), codes)
    return labels(codes, names + [name + ERROR for name in names])


def _matches(values: pa.Array, pattern: str) -> np.ndarray:
    """Which values match, decided once for each distinct value."""
    coded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
    hits = pc.match_substring_regex(coded.dictionary, pattern)
    matching: np.ndarray = np.append(mask(hits), False)[array(coded.indices, len(hits))]
    return matching
