"""What happens besides the journeys: a mailing, strangers, other errands, bots."""

from datetime import date

from .clock import DAYS, FIRST_DAY, LAST_DAY, MAILING_DAY, at, next_working_day, visit_time
from .contacts import Contacts
from .dice import Dice
from .journeys import morning_of
from .people import Person
from .records import Machine, Records
from .texts import FAQ_TOPICS, WRONG_PATHS
from .touchpoints import Touchpoint

BOTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
)
HEALTH_CHECK = "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)"
CRAWLED = (
    "/", "/robots.txt", "/verhuizen", "/verhuizen/checklist", "/tarieven", "/sitemap.xml",
    "/assets/img/logo.svg",
)  # fmt: skip


def send_newsletter(recipients: list[Person], dice: Dice, records: Records) -> None:
    """One mailing; a part of the recipients calls within the three working days after it."""
    for person in recipients:
        contacts = Contacts(person, morning_of(MAILING_DAY, dice), dice, records)
        contacts.mail(Touchpoint.NEWSLETTER)
        if dice.chance(0.02):
            contacts.reply_automatically()
        elif dice.chance(0.17):
            day = next_working_day(MAILING_DAY)
            for _ in range(dice.early(0, 2)):
                day = next_working_day(day)
            # seven o'clock: the call falls on this day
            contacts.now = at(day, dice, 7, 8)
            contacts.call(Touchpoint.NEWSLETTER_CALL)


def add_strangers(strangers: list[Person], dice: Dice, records: Records) -> None:
    """People whom no table knows: visitors, callers and writers."""
    for person in strangers:
        contacts = Contacts(person, visit_time(dice.pick(DAYS), dice), dice, records)
        what = dice.between(1, 10)
        if what <= 6:
            if dice.chance(0.6):
                contacts.page(Touchpoint.MOVING_PAGE)
            for _ in range(dice.between(1, 2)):
                contacts.look_around()
        elif what <= 8:
            contacts.call(dice.pick((Touchpoint.BILL_CALL, Touchpoint.MOVING_CALL)))
        else:
            contacts.ask_by_mail()


def add_cookieless_visits(people: list[Person], count: int, dice: Dice, records: Records) -> None:
    """Single requests without a cookie, some to pages that do not exist."""
    refusing = [person for person in people if not person.takes_cookies]
    for _ in range(count):
        person = dice.pick(refusing)
        contacts = Contacts(person, visit_time(dice.pick(DAYS), dice), dice, records)
        if dice.chance(0.3):
            contacts.page(Touchpoint.OTHER, dice.pick(WRONG_PATHS), status=404)
        elif dice.chance(0.5):
            contacts.page(Touchpoint.FAQ, dice.pick(FAQ_TOPICS))
        else:
            contacts.page(dice.pick((Touchpoint.HOME, Touchpoint.RATES, Touchpoint.MOVING_PAGE)))


def add_other_errands(customers: list[Person], count: int, dice: Dice, records: Records) -> None:
    """Contacts of customers who are not moving, and wrong numbers."""
    for _ in range(count):
        person = dice.pick(customers)
        contacts = Contacts(person, visit_time(dice.pick(DAYS), dice), dice, records)
        what = dice.between(1, 10)
        if what <= 5:
            contacts.call(Touchpoint.BILL_CALL)
        elif what <= 7:
            contacts.page(Touchpoint.LOG_IN)
            contacts.page(Touchpoint.INVOICE, str(dice.between(880_000, 899_999)))
        elif what <= 9:
            contacts.look_around()
        else:
            contacts.call(Touchpoint.WRONG_CALL)


def add_machines(dice: Dice, records: Records) -> None:
    """Crawlers and health checks, some of them every day."""
    for day in DAYS:
        for hour in (4, 16):
            _add_machine(day, hour, "/health", HEALTH_CHECK, dice, records)
        for _ in range(dice.between(1, 4)):
            hour = dice.between(0, 20)
            _add_machine(day, hour, dice.pick(CRAWLED), dice.pick(BOTS), dice, records)


def _add_machine(
    day: date, hour: int, path: str, agent: str, dice: Dice, records: Records
) -> None:  # fmt: skip
    records.add(
        Machine(
            at(day, dice, hour, hour + 1), f"203.0.113.{dice.between(200, 254)}", path,
            2 if path == "/health" else dice.between(400, 19_000), "-", agent, "", is_bot=True,
        )
    )  # fmt: skip


def frame(person: Person, dice: Dice, records: Records) -> None:
    """A first and a last visit, so that the observed period spans all days."""
    for day, hour in ((FIRST_DAY, 0), (LAST_DAY, 23)):
        Contacts(person, at(day, dice, hour, hour + 1), dice, records).page(Touchpoint.HOME)
