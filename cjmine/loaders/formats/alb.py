"""Access logs of AWS load balancers: blanks, quoted parts, UTC.

The order of the fields is the vendor's (Elastic Load Balancing, access log entries); columns were
added behind over the years, and classic balancers have no type in front. The time of a request is
when it arrived, not when it was answered. Connections of network balancers lie in the same places;
they carry no request and are counted as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Inspection, Opened, Recognition, RoleFound
from cjmine.loaders.web_requests import open_requests
from cjmine.sources import Identifier, Kind, Source, TimeColumn

_SHAPE = re.compile(
    r"(?:(?:https?|h2|grpcs|wss?) )?\d{4}-\d\d-\d\dT[\d:.]+Z \S+ \S+ \S+ \S+ \S+ \S+ (?:\d+|-) \S+"
    r' -?\d+ -?\d+ "[^"]*" "|tls \d'
)


@dataclass(frozen=True, slots=True)
class AlbLoader:
    """Reads load balancer logs; query strings are cut off before anything else sees them."""

    name: str = "alb"
    title: str = "access log of an AWS load balancer"

    def recognise(self, head: Head) -> Recognition | None:
        """Most of the first lines have the shape of an entry."""
        return Recognition(1.0, "load balancer entries") if head.most_lines(_SHAPE) else None

    def open(self, source: Source, head: Head) -> Opened:
        """The roles are given by the format, which names no customer but by address."""
        declared = source.roles
        named = [*([declared.customer] if declared.customer else []), *declared.links]
        missing = [one.column for one in named if one.column != "client"]
        if missing or declared.links:
            raise DataError(
                Problem(
                    Code.COLUMN_MISSING,
                    f'the log has no further field "{(missing or ["client"])[0]}"',
                    Place(source.label),
                    remedy='leave it out, or name "client"',
                )
            )
        roles = replace(
            declared,
            time=TimeColumn(("time",)),
            activity="request",
            customer=declared.customer or Identifier("client", Kind.IP),
            channel=declared.channel or "web",
        )
        found = (
            RoleFound("customer (ip)", "client", "the only identifier in every line"),
            RoleFound("time", "request_creation_time", "the format: UTC"),
            RoleFound("activity", "request", "the path of the request, without its query"),
        )
        dropped = ("query strings", "user agent (tells bots, then dropped)", "certificates")
        given = frozenset(("time", "activity"))
        inspection = Inspection(self.title, roles, found, dropped, given)
        return open_requests(source, head, inspection, lambda scan, _: _query(scan))


def _query(scan: str) -> str:
    r"""Front fields by splitting at blanks; the request, the agent and the tail by the quotes.

    A quote inside the agent is written as %22 or \x22, so quotes in even places divide fields.
    The arrival is between the certificate and the actions; before it was added, `time` counts.
    """
    arrival = r"regexp_extract(quoted[11], '(\d{4}-\d\d-\d\dT[\d:.]+Z)', 1)"
    return rf"""
        SELECT file, coalesce(trim(line), '') = '' AS blank,
               regexp_replace(front[4], ':\d+$', '') AS customer,
               coalesce(epoch_us(TRY_CAST(nullif({arrival}, '') AS TIMESTAMPTZ)),
                        epoch_us(TRY_CAST(front[CASE WHEN tls THEN 3 ELSE 2 END]
                                          AS TIMESTAMPTZ))) AS time,
               CASE WHEN NOT regexp_matches(quoted[2], '^[A-Z]+ [^ -]') THEN ''
                    ELSE split_part(quoted[2], ' ', 1) || ' ' || path END AS request,
               coalesce(nullif(front[9], '-'), '') AS status,
               coalesce(quoted[4], '') AS agent,
               coalesce(tls AND len(front) > 12 OR len(front) = 12 AND len(quoted) >= 5, false)
                   AS shaped
        FROM (SELECT * REPLACE (CASE WHEN tls THEN ['', '- - -', '', ''] ELSE quoted END AS quoted),
                     coalesce(nullif(split_part(regexp_replace(split_part(quoted[2], ' ', 2),
                     '^[a-z]+://[^/?]*', ''), '?', 1), ''), '/') AS path
              FROM (SELECT file, line, quoted, starts_with(line, 'tls ') AS tls,
                           string_split(concat(CASE WHEN regexp_matches(line, '^\d{{4}}-')
                                               THEN 'http ' ELSE '' END, rtrim(quoted[1])), ' ')
                           AS front
                    FROM (SELECT file_index AS file, line, string_split(line, '"') AS quoted
                          FROM {scan})))
    """


LOADER = AlbLoader()
