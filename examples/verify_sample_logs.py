"""Recompute the planted truths of the sample logs from the raw files alone.

``python examples/verify_sample_logs.py [FOLDER]`` prints every figure beside the one in
``truths.json`` and exits 1 when any differs, is missing, or stands differently in the README.
Only the standard library; neither cjmine nor the generator. Raw labels become activities by
the rules of ``cjmine.toml``, so a rule that is wrong or missing shows as well.
"""

import csv
import fnmatch
import gzip
import io
import json
import mailbox
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple

ACCESS_LOGS = ("web/access.log", "web/access.log.1.gz")
CALL_FILES = tuple(f"calls_2026-{month:02d}.csv" for month in range(1, 6))
LINE = re.compile(
    r'\S+ - - \[(?P<time>[^\]]+)\] "(?P<method>[A-Z]+) (?P<target>\S+) HTTP/1\.1" (?P<status>\d{3})'
    r' \d+ "[^"]*" "(?P<agent>[^"]*)" "(?P<cookie>[^"]*)"'
    r' "(?P<device>[^"]*)" "(?P<login>[^"]*)" "(?P<banner>[^"]*)"'
    r' "(?P<customer_type>[^"]*)" "(?P<fund>[^"]*)"'
)
ASSET = re.compile(r"/assets/.*|.*\.(css|js|png|svg|woff2|ico)")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CLOCK_CHANGE = datetime(2026, 3, 29, 1, tzinfo=UTC)
STEPS = (
    "Moving page", "Moving checklist", "Log in", "New address", "Moving date", "Meter readings",
    "Move summary", "Submit move", "Confirmation mail", "Contract offer", "Contract choice",
    "Final bill mail",
)  # fmt: skip
# A step that may be left out, and the later step at which leaving it out is judged.
OPTIONAL = {
    "Moving checklist": "Log in",
    "Move summary": "Submit move",
    "Contract offer": "Contract choice",
}
SURVEYS = {
    "surveys.csv": ("NPS", ("detractor", "passive", "promoter"), (6, 8)),
    "surveys_csat.csv": ("CSAT", ("dissatisfied", "neutral", "satisfied"), (2, 3)),
}
# Of each journey of portfolio.yaml: where it begins, and its goal; the last is the template.
JOURNEYS = {
    "find-the-way": ("Home page", "Log in"),
    "contract": ("Confirmation mail", "Keep contract"),
    "final-bill": ("Contract choice", "Final bill mail"),
    "tell-us-online": ("Log in", "Submit move"),
}
# Of each idea of ideas.yaml: written down, begun, and the step at which people leave, if any.
IDEAS = {
    "M-1": (date(2026, 3, 10), date(2026, 3, 16), "Meter readings"),
    "M-2": (date(2026, 3, 17), date(2026, 3, 23), "Moving page"),
    "M-3": (date(2026, 3, 30), date(2026, 4, 6), None),
}
CHOICE = ("Keep contract", "New contract")
DEADLINE = timedelta(days=14)
WAVE = (date(2026, 3, 25), date(2026, 3, 26), date(2026, 3, 27))
truths: dict[str, int | float | str] = {}


class Event(NamedTuple):
    """One loaded event; ``kind`` of identity is customer, unknown or nothing."""

    time: datetime
    activity: str
    channel: str
    source: str
    identity: str
    kind: str
    device: str = "-"
    login: str = "-"
    banner: str = "-"
    customer_type: str = "-"
    fund: str = "-"
    score: int | None = None

    @property
    def step(self) -> str:
        return "Contract choice" if self.activity in CHOICE else self.activity

    @property
    def day(self) -> date:
        """The Amsterdam day."""
        hours = 2 if self.time >= CLOCK_CHANGE else 1
        return (self.time.astimezone(UTC) + timedelta(hours=hours)).date()


class Reader:
    """Reads all sources of a folder into events and counts what is left out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        rules = tomllib.loads((folder / "cjmine.toml").read_text("utf-8"))["touchpoint"]
        self.rules = [(rule["source"], matcher(rule), rule.get("activity", "")) for rule in rules]
        with (folder / "customers.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream, delimiter=";"))
        truths["files.customers.csv.read"] = truths["journeys.customers_in_table"] = len(rows)
        self.links: dict[str, str] = {}
        for row in rows:
            for value in (row["cookie"], phone(row["telefoon"]), row["email"].lower()):
                if value and self.links.setdefault(value, row["klantnummer"]) != row["klantnummer"]:
                    sys.exit(f"one identifier links two customers: {row['klantnummer']}")

    def event(
        self, time: datetime, label: str, channel: str, source: str, who: str, error: str = ""
    ) -> Event | None:
        """The event of a record, none when its label is ignored; no rule ends the run."""
        rules = (act for src, fits, act in self.rules if src == source and fits(label))
        activity = next(rules, None)
        if activity is None:
            sys.exit(f"no rule of cjmine.toml for a label of {source}: {label}")
        customer = self.links.get(who, "")
        kind = "customer" if customer else "unknown" if who else ""
        event = Event(time, activity + error, channel, source, customer or who, kind)
        return event if activity else None

    def counted(self, name: str, found: list[Event | None]) -> list[Event]:
        events = [event for event in found if event]
        truths[f"files.{name}.read"] = len(found)
        truths[f"files.{name}.ignored"] = len(found) - len(events)
        truths[f"files.{name}.loaded"] = len(events)
        return events

    def web(self) -> Iterator[Event]:
        offsets: Counter[str] = Counter()
        for name in ACCESS_LOGS:
            raw = (self.folder / name).read_bytes()
            lines = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode().splitlines()
            counts: Counter[str] = Counter(read=len(lines), bot=0, asset=0, loaded=0)
            for line in lines:
                found = LINE.fullmatch(line)
                if found is None:
                    sys.exit(f"{name}: a line is not Combined with six more fields")
                offsets[found["time"][-5:]] += 1
                path = found["target"].partition("?")[0]
                if "bot" in found["agent"].lower():
                    counts["bot"] += 1
                elif ASSET.fullmatch(path):
                    counts["asset"] += 1
                else:
                    counts["loaded"] += 1
                    day, month, rest = found["time"].split("/")
                    number = MONTHS.index(month) + 1
                    time = datetime.strptime(f"{day}/{number}/{rest}", "%d/%m/%Y:%H:%M:%S %z")
                    label = path if found["method"] == "GET" else f"{found['method']} {path}"
                    cookie = "" if found["cookie"] == "-" else found["cookie"]
                    error = " (error)" if int(found["status"]) >= 400 else ""
                    event = self.event(time, label, "web", "web", cookie, error)
                    assert event is not None
                    kinds = ("device", "login", "banner", "customer_type", "fund")
                    yield event._replace(**{kind: found[kind] for kind in kinds})
            truths.update({f"files.{name}.{what}": count for what, count in counts.items()})
        truths["clock.web_lines_at_plus_0100"] = offsets["+0100"]
        truths["clock.web_lines_at_plus_0200"] = offsets["+0200"]

    def analytics(self) -> list[Event]:
        with (self.folder / "analytics.csv").open(encoding="utf-8", newline="") as stream:
            return self.counted("analytics.csv", [
                self.event(datetime.fromisoformat(row["event_time"]), row["event"],
                           row["platform"], "analytics", row["visitor"])
                for row in csv.DictReader(stream)
            ])  # fmt: skip

    def chats(self) -> list[Event]:
        with (self.folder / "chats.csv").open(encoding="utf-8", newline="") as stream:
            return self.counted("chats.csv", [
                self.event(datetime.fromisoformat(row["started"]), row["event"],
                           "chat", "chats", row["visitor"])
                for row in csv.DictReader(stream)
            ])  # fmt: skip

    def calls(self) -> Iterator[Event]:
        for name in CALL_FILES:
            raw = (self.folder / name).read_bytes()
            if not raw.startswith(b"\xef\xbb\xbf") or raw.count(b"\n") != raw.count(b"\r\n"):
                sys.exit(f"{name}: not UTF-8 with byte order mark and CRLF")
            table = io.StringIO(raw.decode("utf-8-sig"), newline="")
            found = []
            for row in csv.DictReader(table, delimiter=";"):
                text = f"{row['Datum']} {row['Begintijd']}"
                time = amsterdam(datetime.strptime(text, "%d-%m-%Y %H:%M:%S"))
                number = phone(row["Telefoonnummer"])
                found.append(self.event(time, row["Gespreksreden"], "call", "calls", number))
            yield from self.counted(name, found)

    def mail(self) -> list[Event]:
        found = []
        for message in mailbox.mbox(self.folder / "servicebox.mbox", create=False):
            sender, to = (parseaddr(str(message[name]))[1].lower() for name in ("From", "To"))
            outgoing = sender.endswith("@example.nl")
            subject = str(make_header(decode_header(message["Subject"])))
            label = f"{'out' if outgoing else 'in'}: {subject}"
            time = parsedate_to_datetime(message["Date"])
            envelope = message.get_from().split(" ", 1)[1]
            if envelope.split()[2:4] != f"{time.astimezone(UTC):%d %H:%M:%S}".lstrip("0").split():
                sys.exit("servicebox.mbox: envelope and date of a message differ")
            found.append(self.event(time, label, "mail", "mail", to if outgoing else sender))
        return self.counted("servicebox.mbox", found)

    def surveys(self) -> Iterator[Event]:
        """Being asked, and answering; known customers only."""
        for name, (metric, bands, ends) in SURVEYS.items():
            with (self.folder / name).open(encoding="utf-8", newline="") as stream:
                rows = list(csv.DictReader(stream, delimiter=";"))
            answered = 0
            for row in rows:
                who, source = row["klantnummer"], metric.lower()
                if who not in self.links.values():
                    sys.exit(f"{name}: a customer who is not in the table")
                asked = datetime.fromisoformat(row["verstuurd op"])
                yield Event(asked, f"{metric} asked", "survey", source, who, "customer")
                if bool(row["ingevuld op"]) != bool(row[metric]):
                    sys.exit(f"{name}: an answer without a moment, or a moment without an answer")
                if row[metric]:
                    answered += 1
                    score, time = int(row[metric]), datetime.fromisoformat(row["ingevuld op"])
                    label = f"{metric} {bands[sum(score > end for end in ends)]}"
                    answer = Event(time, label, "survey", source, who, "customer", score=score)
                    yield answer
            truths[f"files.{name}.read"] = len(rows)
            truths[f"files.{name}.answered"] = answered
            truths[f"files.{name}.loaded"] = len(rows)


def matcher(rule: dict[str, str]) -> Callable[[str], bool]:
    """Whether a raw label meets a rule of ``cjmine.toml``."""
    if "label" in rule:
        return rule["label"].__eq__
    if "path" in rule:
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(rule["path"]))
    else:
        pattern = rule["pattern"] if "pattern" in rule else fnmatch.translate(rule["glob"])
    fits = re.compile(pattern).fullmatch
    return lambda label: fits(label) is not None


def phone(text: str) -> str:
    """A Dutch number as +31…, whatever its spelling; hidden and empty ones as nothing."""
    digits = re.sub(r"[^\d+]", "", text.replace("(0)", ""))
    return re.sub(r"^(\+|00)31|^0", "+31", digits)


def amsterdam(local: datetime) -> datetime:
    """The UTC time of a local time of spring 2026."""
    time = local.replace(tzinfo=UTC) - timedelta(hours=1)
    return time if time < CLOCK_CHANGE else time - timedelta(hours=1)


def first(journey: list[Event], step: str, channel: str = "") -> datetime | None:
    """When a journey first meets a step, on any channel or on one."""
    return next(
        (
            event.time
            for event in journey
            if step in (event.step, event.activity) and channel in ("", event.channel)
        ),
        None,
    )


def share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def funnel(name: str, journeys: list[list[Event]], until: datetime) -> None:
    """Reached, states and drop-offs of the journeys with a moving page.

    States, goal and drop-offs look at the first 14 days from the first moving page.
    """
    states: Counter[str] = Counter(completed=0, exited=0, abandoned=0, open=0)
    reached, last, came = Counter[str](), Counter[str](), Counter[str]()
    later = chose = 0
    for journey in journeys:
        reached.update({event.step for event in journey if event.step in STEPS})
        judged = within_deadline(journey)
        state = state_of(judged, until)
        states[state] += 1
        if state == "open":
            continue
        chose += first(judged, "Contract choice") is not None
        bill = first(journey, "Final bill mail")
        later += state != "completed" and bill is not None and bill > judged[0].time
        places = [STEPS.index(event.step) for event in judged if event.step in STEPS]
        end = max(places) if state == "completed" else places[-1]
        came.update(
            STEPS[place]
            for place in range(end + 1)
            if place in places or STEPS[place] not in OPTIONAL
        )
        if state == "abandoned":
            last[STEPS[end]] += 1
    truths.update({f"reached.{name}.{step}": reached[step] for step in STEPS})
    truths.update({f"states.{name}.{state}": count for state, count in states.items()})
    counted = len(journeys) - states["open"]
    truths[f"goal.{name}.counted"] = counted
    truths[f"goal.{name}.later"] = later
    truths[f"goal.{name}.with_contract_choice"] = chose
    truths[f"goal.{name}.share"] = share(states["completed"], counted)
    for step in STEPS[:-1]:
        truths[f"drop_off.{name}.{step}.abandoned"] = last[step]
        truths[f"drop_off.{name}.{step}.reached"] = came[step]
        truths[f"drop_off.{name}.{step}.share"] = share(last[step], came[step])
    worst = max(STEPS[:-1], key=lambda step: share(last[step], came[step]))
    truths[f"drop_off.{name}.worst_step"] = worst


def within_deadline(journey: list[Event]) -> list[Event]:
    """The events from the first moving page up to 14 days after it."""
    start = first(journey, "Moving page")
    assert start is not None
    return [event for event in journey if start <= event.time <= start + DEADLINE]


def state_of(judged: list[Event], until: datetime) -> str:
    activities = {event.activity for event in judged}
    if until - judged[0].time < DEADLINE:
        return "open"
    if "Final bill mail" in activities:
        return "completed"
    return "exited" if "Move cancelled" in activities else "abandoned"


def overview(events: list[Event]) -> None:
    """Counts of events, unlinkable events, clock."""
    truths["observed.from"], truths["observed.until"] = (
        event.time.astimezone(UTC).isoformat() for event in (events[0], events[-1])
    )
    truths["events.total"] = len(events)
    for event, count in Counter(event.activity for event in events).items():
        truths[f"events.{event}"] = count
    for channel, count in Counter(event.channel for event in events).items():
        truths[f"channel.{channel}"] = count
    loose = [event for event in events if event.kind != "customer"]
    for source in ("web", "analytics", "chats", "calls", "mail", "nps", "csat"):
        unlinked = [event for event in loose if event.source == source]
        strange = [event.identity for event in unlinked if event.identity]
        truths[f"unlinked.{source}.events_without_identifier"] = len(unlinked) - len(strange)
        truths[f"unlinked.{source}.events_of_unknown_identifiers"] = len(strange)
        truths[f"unlinked.{source}.unknown_identifiers"] = len(set(strange))
    early = [e for e in events if e.channel == "call" and e.time.astimezone(UTC).hour == 6]
    truths["clock.calls_from_06_to_07_utc"] = len(early)
    before = sum(event.time < CLOCK_CHANGE for event in early)
    truths["clock.calls_from_06_to_07_utc_before_29_march"] = before


def by_days(events: list[Event], activity: str, start: date, end: date) -> tuple[int, int]:
    """Events of an activity from start to end (both included), and on all other days."""
    days = [event.day for event in events if event.activity == activity]
    inside = sum(start <= day <= end for day in days)
    return inside, len(days) - inside


def stories(events: list[Event], known: list[list[Event]]) -> None:
    """The broken page, the mailing and the late mails."""
    week = date(2026, 4, 13), date(2026, 4, 19)
    good, bad = (by_days(events, name, *week) for name in ("Submit move", "Submit move (error)"))
    for name, right, wrong in zip(("week", "other"), good, bad, strict=True):
        truths[f"broken_page.{name}.posts"] = right + wrong
        truths[f"broken_page.{name}.errors"] = wrong
        truths[f"broken_page.{name}.error_share"] = share(wrong, right + wrong)
    hit = [journey for journey in known if by_days(journey, "Submit move (error)", *week)[0]]
    truths["broken_page.customers_hit"] = len(hit)
    never = sum(first(journey, "Submit move") is None for journey in hit)
    truths["broken_page.customers_hit_who_never_submitted"] = never
    calls = by_days(events, "Call: website does not work", week[0], date(2026, 4, 22))
    truths["broken_page.calls_13_to_22_april"], truths["broken_page.calls_other_days"] = calls

    days = Counter(event.day for event in events if event.channel == "call")
    before, after = (sum(days[date(2026, 3, n + k)] for k in range(3)) for n in (18, 25))
    truths["mailing.sent"] = truths["events.Newsletter"]
    truths["mailing.calls_18_to_20_march"] = before
    truths["mailing.calls_25_to_27_march"] = after
    truths["mailing.calls_per_day_before"] = round(before / 3, 4)
    truths["mailing.calls_per_day_after"] = round(after / 3, 4)
    truths["mailing.newsletter_questions"] = truths["events.Call: newsletter question"]
    truths["mailing.recipients_who_called_25_to_27_march"] = sum(
        first(journey, "Newsletter") is not None
        and any(e.channel == "call" and e.day in WAVE for e in journey)
        for journey in known
    )

    waits: dict[str, list[timedelta]] = {"period": [], "other": []}
    for journey in known:
        mail = first(journey, "Confirmation mail")
        sent = [e for e in journey if mail and e.activity == "Submit move" and e.time < mail]
        if mail and sent:
            inside = date(2026, 5, 4) <= sent[-1].day <= date(2026, 5, 10)
            waits["period" if inside else "other"].append(mail - sent[-1].time)
    for name, found in waits.items():
        late = sum(wait > timedelta(hours=24) for wait in found)
        truths[f"late_mails.{name}.confirmations"] = len(found)
        truths[f"late_mails.{name}.late"] = late
        truths[f"late_mails.{name}.late_share"] = share(late, len(found))
    span = date(2026, 5, 4), date(2026, 5, 14)
    where = by_days(events, "Call: where is my confirmation", *span)
    truths["late_mails.calls_4_to_14_may"], truths["late_mails.calls_other_days"] = where


def behaviour(movers: list[list[Event]]) -> None:
    """Rework, channels, skipped and swapped steps, ends."""

    def count(condition: Callable[[list[Event]], bool]) -> int:
        return sum(map(condition, movers))

    def has(step: str, channel: str = "") -> int:
        return count(lambda journey: first(journey, step, channel) is not None)

    visits = [sum(e.activity == "Meter readings" for e in journey) for journey in movers]
    truths["rework.Meter readings.customers"] = sum(number >= 2 for number in visits)
    truths["rework.Meter readings.extra_events"] = sum(number - 1 for number in visits if number)
    by_call = has("Meter readings", "call")
    truths["channel_choice.Meter readings.by_call"] = by_call
    truths["channel_choice.Meter readings.by_call_only"] = count(
        lambda journey: {e.channel for e in journey if e.step == "Meter readings"} == {"call"}
    )
    for step, later in (
        ("Log in", "Submit move"),
        ("Confirmation mail", "Final bill mail"),
        ("Contract choice", "Final bill mail"),
    ):
        steps = [{event.step for event in journey} for journey in movers]
        number = sum(later in each and step not in each for each in steps)
        truths[f"skipped.{step}.customers_with_{later}"] = number
    for one, two in (("Meter readings", "Moving date"), ("Contract choice", "Confirmation mail")):
        number = 0
        for journey in movers:
            a, b = first(journey, one), first(journey, two)
            number += a is not None and b is not None and a < b
        truths[f"out_of_order.{one} before {two}"] = number
    for contract in CHOICE:
        truths[f"contract.{contract}"] = has(contract)
    truths["contract.in_app"] = has("Contract choice", "app")
    for channel in ("web", "call"):
        truths[f"cancelled.by_{channel}"] = has("Move cancelled", channel)
    for channel in ("mail", "call"):
        truths[f"complaints.customers_by_{channel}"] = has("Complaint", channel)
    starts = [next(e.day for e in journey if e.activity == "Moving page") for journey in movers]
    recent = [
        {event.activity for event in journey}
        for journey, start in zip(movers, starts, strict=True)
        if start >= date(2026, 5, 18)
    ]
    truths["open_at_end.started_since_18_may"] = len(recent)
    without = sum(not one & {"Final bill mail", "Move cancelled"} for one in recent)
    truths["open_at_end.of_them_without_goal_or_exit"] = without


def comparisons(moving: list[list[Event]], until: datetime) -> None:
    """Goal and drop-off of the journeys with a moving page, by what they differ in."""
    counted = [one for one in map(within_deadline, moving) if state_of(one, until) != "open"]
    for column, step in (
        ("device", "Meter readings"), ("login", "Log in"), ("banner", "Log in"),
        ("customer_type", "Log in"),
    ):  # fmt: skip
        groups: dict[str, list[list[Event]]] = {}
        for journey in moving:
            judged = within_deadline(journey)
            if state_of(judged, until) == "open":
                continue
            value = first_value(journey, column)
            groups.setdefault(value, []).append(judged)
        for value in sorted(groups.keys() - {"-"}):
            outcomes(f"{column}.{value}", groups[value], step)
    sides: dict[str, list[list[Event]]] = {"before": [], "between": [], "after": []}
    for judged in counted:
        day = judged[0].day
        late = "between" if day >= date(2026, 3, 2) else "before"
        sides["after" if day >= date(2026, 3, 16) else late].append(judged)
    for side in ("before", "after"):
        outcomes(f"form_change.{side}", sides[side], "Meter readings")
    truths["form_change.between"] = len(sides["between"])


def first_value(journey: list[Event], column: str) -> str:
    """The first value of a column from the first moving page on."""
    start = first(journey, "Moving page")
    assert start is not None
    values = (getattr(event, column) for event in journey if event.time >= start)
    return next((one for one in values if one != "-"), "-")


def pages(moving: list[list[Event]], until: datetime) -> None:
    """The goal with and without each planted page."""
    counted = []
    for journey in moving:
        judged = within_deadline(journey)
        if state_of(judged, until) != "open":
            counted.append(
                (judged, {e.step for e in judged}, first_value(journey, "customer_type"))
            )
    with_and_without("usage_page", "Usage page", [steps for _, steps, _ in counted])
    beyond = [one for one in counted if {"New address", "Log in"} <= one[1]]
    name = "usage_page.new_address"
    with_and_without(name, "Usage page", [steps for _, steps, _ in beyond])
    for kind in ("heavy", "light"):
        chosen = [steps for _, steps, each in beyond if each == kind]
        with_and_without(f"{name}.{kind}", "Usage page", chosen)
    for step, later in OPTIONAL.items():
        came = [steps for _, steps, _ in counted if later in steps]
        with_and_without(f"optional.{step}", step, came)


def with_and_without(name: str, activity: str, journeys: list[set[str]]) -> None:
    for side in ("with", "without"):
        chosen = [one for one in journeys if (activity in one) == (side == "with")]
        completed = sum("Final bill mail" in one for one in chosen)
        truths[f"{name}.{side}.counted"] = len(chosen)
        truths[f"{name}.{side}.completed"] = completed
        truths[f"{name}.{side}.share"] = share(completed, len(chosen))


def opinions(movers: list[list[Event]]) -> None:
    """Who answered and what, by kind of customer and by what happened to them."""
    scores: list[tuple[int, str, bool, bool]] = []
    asked: Counter[str] = Counter()
    satisfied = 0
    for journey in movers:
        kind = first_value(journey, "customer_type")
        mail = first(journey, "Confirmation mail")
        sent = [e.time for e in journey if mail and e.activity == "Submit move" and e.time < mail]
        late = bool(mail and sent and mail - sent[-1] > timedelta(hours=24))
        again = sum(e.activity == "Meter readings" for e in journey) >= 2
        for event in journey:
            asked[kind] += event.activity == "NPS asked"
            satisfied += event.activity == "CSAT satisfied"
            if event.source == "nps" and event.score is not None:
                scores.append((event.score, kind, late, again))
    truths["survey.csat.satisfied"] = satisfied
    scored("survey.nps", [score for score, *_ in scores])
    weighted = 0.0
    for kind in ("heavy", "light"):
        found = [score for score, each, *_ in scores if each == kind]
        scored(f"survey.nps.{kind}", found)
        truths[f"survey.nps.{kind}.asked"] = asked[kind]
        weighted += asked[kind] * points(found) / (asked["heavy"] + asked["light"])
    truths["survey.nps.weighted_by_customer_type"] = round(weighted, 1)
    for place, name in ((2, "Confirmation mail late"), (3, "Meter readings repeated")):
        for side in ("bad", "good"):
            found = [one[0] for one in scores if one[place] == (side == "bad")]
            scored(f"survey.nps.{name}.{side}", found)


def scored(name: str, scores: list[int]) -> None:
    truths[f"{name}.answered"] = len(scores)
    truths[f"{name}.promoters"] = sum(score >= 9 for score in scores)
    truths[f"{name}.detractors"] = sum(score <= 6 for score in scores)
    truths[f"{name}.points"] = round(points(scores), 1)
    truths[f"{name}.mean"] = round(sum(scores) / len(scores), 2)


def points(scores: list[int]) -> float:
    """Promoters minus detractors in a hundred answers."""
    net = sum(score >= 9 for score in scores) - sum(score <= 6 for score in scores)
    return 100 * net / len(scores)


def outcomes(name: str, journeys: list[list[Event]], step: str) -> None:
    """The goal and the drop-off at one step of judged journeys."""
    completed = reached = lost = 0
    for journey in journeys:
        activities = {event.activity for event in journey}
        steps = [STEPS.index(event.step) for event in journey if event.step in STEPS]
        done, gone = "Final bill mail" in activities, "Move cancelled" in activities
        completed += done
        reached += done or steps[-1] >= STEPS.index(step)
        lost += not done and not gone and STEPS[steps[-1]] == step
    truths[f"{name}.counted"] = len(journeys)
    truths[f"{name}.completed"] = completed
    truths[f"{name}.share"] = share(completed, len(journeys))
    truths[f"{name}.{step}.abandoned"] = lost
    truths[f"{name}.{step}.reached"] = reached
    truths[f"{name}.{step}.share"] = share(lost, reached)


def portfolio(folder: Path, journeys: list[list[Event]], until: datetime) -> None:
    """The goal of each journey of the portfolio, and of each fund; contacts with a journey."""
    for name, ends in JOURNEYS.items():
        reached(f"portfolio.{name}", journeys, *ends, until)
    for fund in ("A", "B", "C"):
        chosen = [one for one in journeys if fund in {event.fund for event in one}]
        reached(f"portfolio.{name}.fund.{fund}", chosen, *ends, until)
    lines = (folder / "portfolio.yaml").read_text("utf-8").partition("reasons:\n")[2].splitlines()
    homes = {key.strip(' "'): home for key, _, home in (line.rpartition(": ") for line in lines)}
    contacts = [homes[e.activity] for journey in journeys for e in journey if e.activity in homes]
    truths["portfolio.contacts"] = len(contacts)
    truths["portfolio.contacts.covered"] = len(contacts) - contacts.count("none yet")


def reached(name: str, journeys: list[list[Event]], entry: str, goal: str, until: datetime) -> None:
    counted = completed = 0
    for journey in journeys:
        start = first(journey, entry)
        if start is not None and until - start >= DEADLINE:
            counted += 1
            end = start + DEADLINE
            completed += any(e.activity == goal and start <= e.time <= end for e in journey)
    truths[f"{name}.counted"] = counted
    truths[f"{name}.completed"] = completed
    truths[f"{name}.share"] = share(completed, counted)


def ideas(moving: list[list[Event]], until: datetime) -> None:
    """Of each idea the journeys before, after and in the month in which it was born, by day."""
    judged = [one for one in map(within_deadline, moving) if state_of(one, until) != "open"]
    for name, (noted, since, step) in IDEAS.items():
        monday = noted - timedelta(days=noted.weekday())
        bad = {monday + timedelta(days=n) for n in range(-7, 7)}
        last = until - DEADLINE
        end = min(monday + timedelta(days=7), since)
        days = {
            "before": whole(date(2026, 1, 5), since - DEADLINE) - bad,
            "after": whole(since, last.astimezone(UTC).date()),
            "month": whole(end - timedelta(days=28), end),
        }
        for side, chosen in days.items():
            found = [one for one in judged if one[0].day in chosen]
            if step:
                counts = abandoned(found, step)
            else:
                calls = [first(one, "Call: newsletter question") for one in found]
                counts = len(calls) - calls.count(None), len(calls)
            truths[f"ideas.{name}.{side}.weeks"] = len(chosen) // 7
            truths[f"ideas.{name}.{side}.having"], truths[f"ideas.{name}.{side}.of"] = counts
            truths[f"ideas.{name}.{side}.share"] = share(*counts)


def whole(start: date, end: date) -> set[date]:
    """The days of the whole weeks from a day up to another one, which is in none."""
    return {start + timedelta(days=n) for n in range((end - start).days // 7 * 7)}


def abandoned(journeys: list[list[Event]], step: str) -> tuple[int, int]:
    """How many of judged journeys are lost at a step, of those that came so far."""
    place = STEPS.index(step)
    lost = reached = 0
    for journey in journeys:
        activities = {event.activity for event in journey}
        last = max(n for n, event in enumerate(journey) if event.step in STEPS)
        at = STEPS.index(journey[last].step)
        done = "Final bill mail" in activities
        reached += done or at >= place
        lost += at == place and not activities & {"Final bill mail", "Move cancelled"}
    return lost, reached


def recompute(folder: Path) -> None:
    """Fill ``truths`` from the files of the folder."""
    reader = Reader(folder)
    events = [
        *(*reader.web(), *reader.analytics(), *reader.chats()),
        *(*reader.calls(), *reader.mail(), *reader.surveys()),
    ]
    events.sort(key=lambda event: event.time)
    until = events[-1].time
    overview(events)
    grouped: dict[str, list[Event]] = {}
    for event in events:
        if event.identity:
            grouped.setdefault(event.identity, []).append(event)
    journeys = list(grouped.values())
    known = [journey for journey in journeys if journey[0].kind == "customer"]
    moving = [journey for journey in journeys if first(journey, "Moving page") is not None]
    movers = [journey for journey in moving if journey[0].kind == "customer"]
    truths["journeys.customers_with_events"] = len(known)
    truths["journeys.unknown_identities"] = len(journeys) - len(known)
    truths["journeys.all_identities"] = len(journeys)
    truths["journeys.movers"] = len(movers)
    truths["journeys.movers_all_identities"] = len(moving)
    tied = sum(len({event.time for event in journey}) < len(journey) for journey in journeys)
    truths["journeys.with_two_events_in_one_second"] = tied
    funnel("movers", movers, until)
    funnel("movers_all_identities", moving, until)
    stories(events, known)
    behaviour(movers)
    comparisons(moving, until)
    pages(moving, until)
    opinions(movers)
    portfolio(folder, journeys, until)
    ideas(moving, until)
    silent = int(truths["journeys.customers_in_table"]) - len(known)
    truths["silent.customers"] = silent
    chats = [event.day for event in events if event.activity == "Chat opened"]
    truths["late_source.chats"] = len(chats)
    truths["late_source.first_day"] = min(chats).isoformat()


def main(folder: Path) -> int:
    """Print the comparison; 0 when every figure agrees."""
    recompute(folder)
    expected = json.loads((folder / "truths.json").read_text("utf-8"))
    text = (folder / "README.md").read_text("utf-8")
    shown = dict(re.findall(r"^\| `(.+?)` \| (.+?) \|$", text, re.MULTILINE))
    wrong = 0
    for key in [*expected, *(key for key in truths if key not in expected)]:
        want, got = expected.get(key, "missing"), truths.get(key, "missing")
        agrees = want == got and shown.get(key) == str(want)
        wrong += not agrees
        print(f"{'ok   ' if agrees else 'WRONG'} {key:<70} {got!s:>26}"
              + ("" if agrees else f"  truths.json {want}  README {shown.get(key)}"))  # fmt: skip
    print(f"{len(expected)} figures, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    default = Path(__file__).resolve().parent.parent / "sample_logs"
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else default))
