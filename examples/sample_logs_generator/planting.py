"""What is planted into finished journeys: kinds and funds of customers, three more pages.

Each is drawn by dice of its own, once it is known how a journey ends: the outcome of no journey
changes, and no record moves. A kind that goes with the goal is drawn by how likely it is beside
that outcome.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from .dice import Dice
from .people import Person
from .records import Records, Visible, WebRequest
from .touchpoints import CONTRACTS, Touchpoint

HEAVY, LIGHT = "heavy", "light"
SITE = "https://www.example.nl"


def plant(records: Records) -> None:
    """Give every visitor with a cookie a kind and a fund, and some journeys the three pages."""
    types, funds = _types(records), _funds(records)
    usage, summary, offer = Dice("usage"), Dice("summary"), Dice("offer")
    found: list[WebRequest] = []
    for trail in _trails(records).values():
        person, reached = trail[0].person, _reached(trail)
        is_heavy = types.get(person.cookie) == HEAVY
        wants_usage = usage.chance(0.3 if is_heavy else 0.04)
        wants_summary = summary.chance(0.62 if reached else 0.3)
        wants_offer = offer.chance(0.5)
        if wants_usage:
            found += _between(trail, Touchpoint.USAGE, usage)
        if wants_summary:
            found += _before(trail, (Touchpoint.SUBMIT,), Touchpoint.SUMMARY, summary)
        if wants_offer and any(one.touchpoint is Touchpoint.CONFIRMATION for one in trail):
            found += _before(trail, CONTRACTS, Touchpoint.OFFER, offer)
    records.web += found
    records.web[:] = [
        replace(
            one,
            customer_type=types.get(one.identifier, ""),
            fund=funds.get(one.identifier, ""),
        )
        for one in records.web
    ]


def _types(records: Records) -> dict[str, str]:
    """The kind of each visitor by cookie: those who reach the goal are more often heavy users."""
    dice, found = Dice("customer types"), {}
    for cookie, trail in _trails(records).items():
        is_heavy = dice.chance(0.55 if _reached(trail) else 0.25)
        if trail[0].person.takes_cookies:
            found[cookie] = HEAVY if is_heavy else LIGHT
    return found


def _funds(records: Records) -> dict[str, str]:
    """The fund of each visitor by cookie: those of C submit a move less often, A and B alike."""
    dice, found = Dice("funds"), {}
    for cookie, trail in _trails(records).items():
        submitted = any(one.touchpoint is Touchpoint.SUBMIT for one in trail)
        is_small = dice.chance(0.07 if submitted else 0.15)
        fund = "A" if dice.chance(0.55) else "B"
        if trail[0].person.takes_cookies:
            found[cookie] = "C" if is_small else fund
    return found


def _trails(records: Records) -> dict[str, list[Visible]]:
    """All that a person left behind, in the order of time; by the person's cookie."""
    everything: list[Visible] = [
        *(*records.web, *records.portal, *records.chats),
        *(*records.calls, *records.mails),
    ]
    grouped: defaultdict[str, list[Visible]] = defaultdict(list)
    for record in sorted(everything, key=lambda one: one.time):
        grouped[record.person.cookie].append(record)
    return {cookie: grouped[cookie] for cookie in sorted(grouped)}


def _reached(trail: list[Visible]) -> bool:
    return any(one.touchpoint is Touchpoint.FINAL_BILL for one in trail)


def _between(trail: list[Visible], page: Touchpoint, dice: Dice) -> list[WebRequest]:
    """A page between the first log-in and the new address right after it, if there is such."""
    for one, after in pairwise(trail):
        if one.touchpoint is Touchpoint.LOG_IN:
            gap = int((after.time - one.time).total_seconds())
            if after.touchpoint is not Touchpoint.NEW_ADDRESS or gap < 12:
                return []
            return [_page(one.person, one.time + timedelta(seconds=gap // 2), page, after, dice)]
    return []


def _before(
    trail: list[Visible], steps: tuple[Touchpoint, ...], page: Touchpoint, dice: Dice
) -> list[WebRequest]:
    """A page shortly before the first record of a step that went well."""
    for before, one in pairwise(trail):
        failed = isinstance(one, WebRequest) and one.status >= 400
        if one.touchpoint in steps and not failed:
            if page is Touchpoint.OFFER and not _is_confirmed(trail, one.time):
                return []
            gap = int((one.time - before.time).total_seconds())
            if gap < 12:
                return []
            early = min(gap // 2, dice.between(20, 110))
            return [_page(one.person, one.time - timedelta(seconds=early), page, one, dice)]
    return []


def _is_confirmed(trail: list[Visible], moment: datetime) -> bool:
    return any(one.touchpoint is Touchpoint.CONFIRMATION and one.time < moment for one in trail)


def _page(
    person: Person, time: datetime, page: Touchpoint, beside: Visible, dice: Dice
) -> WebRequest:
    """A request of the same visit, in the same arms as the records beside it."""
    arms = (beside.login, beside.banner) if isinstance(beside, WebRequest) else ("", "")
    return WebRequest(
        time, person, page, page.text, "", 200, dice.between(3_000, 19_000),
        SITE + "/mijn/", *arms,
    )  # fmt: skip
