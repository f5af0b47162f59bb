"""What Zendesk's tables say of each other: whose ticket it is, and who is a customer.

A comment names a ticket and a writer, a ticket names its requester, and a table of users says who
works for the organisation. The tables lie in one folder, under names with "ticket" or "user".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pyarrow as pa

from cjmine.columns import strings
from cjmine.errors import DataError
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Recognition
from cjmine.loaders.presets import Known
from cjmine.loaders.records import CsvFields, EitherFields, JsonFields, Records
from cjmine.sources import File, Kind, Source

TICKETS = EitherFields(
    JsonFields(
        {
            **dict.fromkeys(
                ("id", "requester_id", "submitter_id", "created_at", "updated_at", "status"),
                "VARCHAR",
            ),
            "via": {"channel": "VARCHAR"},
        },
        ("requester_id", "created_at", "via"),
        "tickets",
        (("via_channel", "via.channel"),),
    ),
    CsvFields(
        {
            "id": ("id", "ticket id"),
            "requester_id": ("requester_id", "requester id"),
            "submitter_id": ("submitter_id", "submitter id"),
            "created_at": ("created_at", "created at"),
            "updated_at": ("updated_at", "updated at"),
            "status": ("status",),
            "via_channel": ("via_channel", "via channel", "via"),
        },
        ("id", "requester_id", "submitter_id", "created_at", "status"),
        certainty=1.0,
    ),
)
USERS = EitherFields(
    JsonFields(
        dict.fromkeys(("id", "role", "email", "phone"), "VARCHAR"),
        ("role", "moderator", "ticket_restriction"),
        "users",
    ),
    CsvFields(
        {"id": ("id",), "role": ("role",), "kind": ("ticket_restriction", "moderator")},
        ("id", "role", "kind"),
        certainty=1.0,
    ),
)

REQUESTER = Known(
    "requester_id",
    Kind.USER,
    "coalesce('zendesk:' || nullif(r.requester, ''), 'zendesk-ticket:' || trim(r.ticket_id))",
)


@dataclass(frozen=True, slots=True)
class BesideTickets:
    """Records that name a ticket, with what the tables of tickets and users say of them.

    Adds to `r`: requester and opened (of the ticket) and role (of the writer); null where the
    tables do not lie beside, or do not know them.
    """

    table: CsvFields

    def recognise(self, head: Head) -> Recognition | None:
        """By the columns of the table itself."""
        return self.table.recognise(head)

    def open(self, source: Source, head: Head) -> Records:
        """The records of a file, in its order."""
        records = self.table.open(source, head)
        for name, fields, columns in (
            ("tickets", TICKETS, ("id", "requester_id", "created_at")),
            ("users", USERS, ("id", "role", "role")),
        ):
            again = partial(_lookup, fields, columns, source)
            records.reader.register(name, again(), again)
        more = "requester := t.b, opened := t.c, role := u.b"
        sql = (
            f"(SELECT x.* EXCLUDE (r), struct_insert(x.r, {more}) AS r FROM {records.sql} x"
            " LEFT JOIN (SELECT a, any_value(b) AS b, any_value(c) AS c FROM tickets"
            " GROUP BY a) t ON t.a = trim(x.r.ticket_id)"
            " LEFT JOIN (SELECT a, any_value(b) AS b FROM users GROUP BY a) u"
            " ON u.a = trim(x.r.user_id) ORDER BY x.record)"
        )
        return replace(records, sql=sql)


def _tables_beside(path: Path) -> list[Path]:
    """The files of the folder whose names may be those of the other tables, in order."""
    named = (one for one in path.parent.iterdir() if re.search("ticket|user", one.name.lower()))
    return sorted(one for one in named if one.is_file() and one != path)


def _lookup(fields: EitherFields, names: tuple[str, str, str], source: Source) -> pa.Table:
    """Three columns of the files beside that have the fields."""
    found: list[tuple[object, ...]] = []
    for path in _tables_beside(source.path):
        beside = Source(File(path), str(path), "", source.name, source.roles)
        try:
            head = Head.of(path, str(path))
            if fields.recognise(head) is None:
                continue
            records = fields.open(beside, head)
            columns = ", ".join(f"trim(r.{name})" for name in names)
            found += records.reader.rows(f"SELECT {columns} FROM {records.sql} WHERE NOT blank")
        except DataError:
            continue  # a file that cannot be read is reported when it is read itself
    found.sort(key=str)
    return pa.table(
        {
            letter: strings([str(row[place] or "") for row in found])
            for place, letter in enumerate("abc")
        }
    )
