"""What every file holds and what a loader leaves out, so that its accounting can be checked."""

from collections.abc import Iterable, Sequence

from .clock import WINTER, zoned
from .people import Person
from .records import Records, Visible
from .truth import Truth
from .writers import ACCESS_LOGS, CALL_MONTHS, access_log_of, call_file


def accounts(customers: Sequence[Person], records: Records) -> Iterable[Truth]:
    """Records read, left out and loaded, file by file; read = loaded + all that is left out."""
    for name in ACCESS_LOGS:
        machines = [record for record in records.machines if access_log_of(record) == name]
        bots = sum(record.is_bot for record in machines)
        loaded = sum(access_log_of(record) == name for record in records.web)
        yield Truth(f"files.{name}.read", loaded + len(machines))
        yield Truth(f"files.{name}.bot", bots)
        yield Truth(f"files.{name}.asset", len(machines) - bots)
        yield Truth(f"files.{name}.loaded", loaded)
    yield from _account("analytics.csv", records.portal)
    yield from _account("chats.csv", records.chats)
    for month in CALL_MONTHS:
        calls = [call for call in records.calls if call.time.month == month]
        yield from _account(call_file(month), calls)
    yield from _account("servicebox.mbox", records.mails)
    yield Truth("files.customers.csv.read", len(customers))
    times = [record.time for record in records.web]
    times += [record.time for record in records.machines]
    winter = sum(zoned(time).tzinfo is WINTER for time in times)
    yield Truth("clock.web_lines_at_plus_0100", winter)
    yield Truth("clock.web_lines_at_plus_0200", len(times) - winter)


def _account(name: str, records: Sequence[Visible]) -> Iterable[Truth]:
    ignored = sum(not record.touchpoint.activity for record in records)
    yield Truth(f"files.{name}.read", len(records))
    yield Truth(f"files.{name}.ignored", ignored)
    yield Truth(f"files.{name}.loaded", len(records) - ignored)
