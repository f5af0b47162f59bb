"""Write the whole set into a folder."""

import json
from collections.abc import Sequence
from pathlib import Path

from .accounts import accounts
from .comparisons import comparisons
from .configuration import configuration
from .dice import Dice
from .events import events_of, journeys_of
from .ideal import JOURNEY
from .ideas import IDEAS, ideas
from .lifecycle import lifecycle
from .opinions import opinions
from .organisation import FILES
from .pages import pages, silent
from .people import Person
from .planted import behaviour, broken_page, late_mails, mailing
from .readme import readme
from .records import Records
from .story import tell
from .surveys import Survey, survey_events, surveys_of
from .truth import Truth
from .truths import check_margins, funnel, overview
from .writers import (
    write_access_logs,
    write_analytics,
    write_calls,
    write_chats,
    write_customers,
    write_mailbox,
    write_surveys,
)


def build(folder: Path) -> list[Path]:
    """Write every file of the set and answer their paths; existing files are replaced."""
    customers, records = tell()
    events = events_of(records)
    surveys = surveys_of(journeys_of(events), events[-1].time)
    folder.mkdir(parents=True, exist_ok=True)
    write_access_logs(folder, records)
    write_analytics(folder, records.portal)
    write_chats(folder, records.chats)
    write_calls(folder, records.calls)
    write_mailbox(folder, records.mails, Dice("mailbox"))
    write_customers(folder, customers, Dice("customers"))
    write_surveys(folder, surveys)
    truths = all_truths(customers, records, surveys)
    figures = {truth.key: truth.value for truth in truths}
    _write(folder / "truths.json", json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    _write(folder / "cjmine.toml", configuration())
    _write(folder / "journey.yaml", JOURNEY)
    _write(folder / "ideas.yaml", IDEAS)
    for name, text in FILES.items():
        _write(folder / name, text)
    _write(folder / "README.md", readme(truths))
    return sorted(path for path in folder.rglob("*") if path.is_file())


def all_truths(customers: Sequence[Person], records: Records, surveys: list[Survey]) -> list[Truth]:
    """Every figure of the set, in the order in which the README shows them."""
    events = sorted([*events_of(records), *survey_events(surveys)], key=lambda event: event.time)
    until = events[-1].time
    journeys = journeys_of(events)
    known = [journey for journey in journeys if journey.known]
    everybody = [journey for journey in journeys if journey.has("Moving page")]
    movers = [journey for journey in known if journey.has("Moving page")]
    check_margins(everybody, until)
    return [
        *accounts(customers, records),
        *overview(len(customers), records, events),
        *funnel("movers", movers, until),
        *funnel("movers_all_identities", everybody, until),
        *broken_page(known, events),
        *mailing(known, events),
        *late_mails(known, events),
        *behaviour(movers),
        *comparisons(everybody, events, until),
        *pages(everybody, until),
        *opinions(surveys, movers),
        *silent(len(customers), journeys),
        *lifecycle(journeys, events, until),
        *ideas(everybody, until),
    ]


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())
