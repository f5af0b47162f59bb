"""Who does what in these five months: people, journeys and everything around them."""

from datetime import timedelta

from .clock import DAYS, MAILING_DAY
from .dice import Dice
from .journeys import MovingJourney, start_day
from .noise import (
    add_cookieless_visits,
    add_machines,
    add_other_errands,
    add_strangers,
    frame,
    send_newsletter,
)
from .people import Person, make_people
from .planting import plant
from .records import Records

CUSTOMERS = 2_880
IDLE_CUSTOMERS = 380  # in the table, but not moving house
STRANGERS = 180


def tell() -> tuple[list[Person], Records]:
    """The customers and all records of the set."""
    customers, strangers = make_people(CUSTOMERS, STRANGERS, Dice("people"))
    dice, records = Dice("story"), Records()
    shuffled = dice.shuffled(customers)
    idle, movers = shuffled[:IDLE_CUSTOMERS], shuffled[IDLE_CUSTOMERS:]
    recipients = idle[:120]
    for person in movers:
        day = start_day(DAYS, dice)
        MovingJourney(person, day, dice, records).walk()
        # the mailing goes to customers who had a move under way, and to some others
        under_way = timedelta(days=2) <= MAILING_DAY - day <= timedelta(days=22)
        if under_way and dice.chance(0.85):
            recipients.append(person)
    send_newsletter(recipients, dice, records)
    add_strangers(strangers, dice, records)
    add_cookieless_visits(customers, 140, dice, records)
    add_other_errands(idle, 270, dice, records)
    add_machines(dice, records)
    frame(next(person for person in idle if person.cookie_listed), dice, records)
    plant(records)
    return customers, records
