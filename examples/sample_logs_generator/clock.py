"""Amsterdam clock of early 2026 and the calendar of the contact centre.

Written out instead of read from a time zone database, so that a machine without one
writes the same files. Inside the generator times are local and carry no zone.
"""

from datetime import date, datetime, timedelta, timezone

from .dice import Dice

FIRST_DAY = date(2026, 1, 5)
LAST_DAY = date(2026, 5, 31)
DAYS = tuple(FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))

BROKEN_WEEK = (date(2026, 4, 13), date(2026, 4, 19))
MAILING_DAY = date(2026, 3, 24)
LATE_PERIOD = (date(2026, 5, 4), date(2026, 5, 10))
FORM_CHANGE = date(2026, 3, 16)
EXPERIMENT = (date(2026, 3, 30), date(2026, 5, 17))  # days on which visitors get an arm
CHATS_KEPT_SINCE = date(2026, 3, 2)
DEADLINE = timedelta(days=14)

# Easter Monday, King's Day, Ascension Day, Whit Monday
HOLIDAYS = frozenset({date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 14), date(2026, 5, 25)})

WINTER = timezone(timedelta(hours=1))
SUMMER = timezone(timedelta(hours=2))
_SKIPPED_HOUR = datetime(2026, 3, 29, 2)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def zoned(local: datetime) -> datetime:
    """The local time with its offset; a time in the skipped hour moves on by one hour."""
    if local < _SKIPPED_HOUR:
        return local.replace(tzinfo=WINTER)
    if local < _SKIPPED_HOUR + timedelta(hours=1):
        local += timedelta(hours=1)
    return local.replace(tzinfo=SUMMER)


def within(day: date, period: tuple[date, date]) -> bool:
    """Whether the day lies in the period, both ends included."""
    return period[0] <= day <= period[1]


def observed(local: datetime) -> bool:
    """Whether the exports, which end with the last day, still hold this moment."""
    return FIRST_DAY <= local.date() <= LAST_DAY


def is_working_day(day: date) -> bool:
    """Whether the contact centre and the mail room work on this day."""
    return day.weekday() < 5 and day not in HOLIDAYS


def next_working_day(day: date) -> date:
    """The first working day after the day."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def at(day: date, dice: Dice, first_hour: int, last_hour: int) -> datetime:
    """A drawn moment of the day within the hours, the last hour excluded."""
    seconds = dice.between(first_hour * 3600, last_hour * 3600 - 1)
    return datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)


def visit_time(day: date, dice: Dice) -> datetime:
    """When somebody sits down at the website: mostly by day and in the evening."""
    if dice.chance(0.03):
        return at(day, dice, 0, 7)
    if dice.chance(0.45):
        return at(day, dice, 19, 23)
    return at(day, dice, 8, 19)


def call_time(after: datetime, dice: Dice) -> datetime:
    """A moment within opening hours (working days 8:00 to 18:00), later than ``after``."""
    if is_working_day(after.date()) and after.hour < 16:
        return at(after.date(), dice, max(8, after.hour + 1), 18)
    return at(next_working_day(after.date()), dice, 8, 18)


def mail_time(after: datetime, dice: Dice, days: int) -> datetime:
    """A morning run of outgoing mail, a number of days later, on a working day."""
    day = (after + timedelta(days=days)).date()
    return at(day if is_working_day(day) else next_working_day(day), dice, 6, 9)
