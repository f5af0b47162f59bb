"""One customer's one moving journey, from the moving page to the final bill."""

from datetime import date, datetime, timedelta

from .clock import (
    BROKEN_WEEK,
    EXPERIMENT,
    FORM_CHANGE,
    LATE_PERIOD,
    at,
    mail_time,
    visit_time,
    within,
)
from .contacts import Contacts
from .dice import Dice
from .people import Person
from .records import Records
from .touchpoints import Touchpoint


class MovingJourney:
    """Walks the stages in order; a stage answers whether the customer goes on."""

    def __init__(self, person: Person, day: date, dice: Dice, records: Records) -> None:
        self._contacts = Contacts(person, visit_time(day, dice), dice, records)
        self._dice = dice
        self._person = person
        if within(day, EXPERIMENT):
            self._contacts.take_part()

    def walk(self) -> None:
        """Leave all traces of this journey."""
        went_on = self._orient() and self._tell_us() and self._confirm() and self._finish()
        if not went_on and self._dice.chance(0.05):
            self._contacts.complain()

    def _orient(self) -> bool:
        contacts, dice = self._contacts, self._dice
        if dice.chance(0.07):
            contacts.page(Touchpoint.HOME)
        contacts.page(Touchpoint.MOVING_PAGE)
        if dice.chance(0.27):
            contacts.page(Touchpoint.CHECKLIST)
        if dice.chance(0.04):
            contacts.look_around()
        return not dice.chance(0.09)

    def _tell_us(self) -> bool:
        contacts, dice = self._contacts, self._dice
        if dice.chance(0.25):
            contacts.arrive(visit_time((contacts.now + timedelta(days=1)).date(), dice))
        if not dice.chance(0.06):  # the others were still logged in
            contacts.page(Touchpoint.LOG_IN)
            if dice.chance(0.06 if contacts.login == "code" else 0.2):
                return False
        contacts.page(Touchpoint.NEW_ADDRESS)
        if dice.chance(0.03):
            return False
        return self._give_date_and_readings() and not self._cancels() and self._submit()

    def _give_date_and_readings(self) -> bool:
        contacts, dice = self._contacts, self._dice
        if dice.chance(0.08):
            contacts.page(Touchpoint.READINGS)
            contacts.page(Touchpoint.MOVING_DATE)
            return True
        contacts.page(Touchpoint.MOVING_DATE)
        if dice.chance(0.025):
            return False
        if dice.chance(0.11):
            if dice.chance(0.4):
                contacts.page(Touchpoint.READINGS)
            contacts.call(Touchpoint.READINGS_CALL, days=dice.between(0, 1))
            return not dice.chance(0.05)
        contacts.page(Touchpoint.READINGS)
        while dice.chance(0.24):  # looking for the meter, coming back to the form
            if dice.chance(0.3):
                contacts.look_around()
            if dice.chance(0.4):
                contacts.arrive(visit_time((contacts.now + timedelta(days=1)).date(), dice))
            contacts.page(Touchpoint.READINGS)
        if not dice.chance(self._gives_up()):
            return True
        if dice.chance(0.15):
            contacts.chat()
        elif dice.chance(0.1):
            contacts.call(Touchpoint.MOVING_CALL)
        return False

    def _gives_up(self) -> float:
        """How often the meter readings are the end: less with the new form, more on a phone."""
        usual = 0.18 if self._contacts.now.date() >= FORM_CHANGE else 0.4
        return usual + (0.16 if self._person.device == "mobile" else 0)

    def _cancels(self) -> bool:
        contacts, dice = self._contacts, self._dice
        if not dice.chance(0.05):
            return False
        if dice.chance(0.6):
            contacts.call(Touchpoint.CANCEL_CALL)
        else:
            contacts.wait(dice.between(600, 7_200))
            contacts.page(Touchpoint.CANCEL_WEB)
        return True

    def _submit(self) -> bool:
        contacts, dice = self._contacts, self._dice
        if dice.chance(0.05):
            contacts.call(Touchpoint.MOVING_CALL)
        if contacts.now.hour in (8, 9, 10) or dice.chance(0.1):
            contacts.arrive(visit_time((contacts.now + timedelta(days=1)).date(), dice))
        for _ in range(3):
            broken = within(contacts.now.date(), BROKEN_WEEK)
            if not dice.chance(0.62 if broken else 0.008):
                contacts.page(Touchpoint.SUBMIT)
                return True
            contacts.page(Touchpoint.SUBMIT, status=500)
            if dice.chance(0.5):
                contacts.wait(dice.between(60, 1_500))
            elif dice.chance(0.6):
                contacts.call(Touchpoint.BROKEN_CALL)
                if dice.chance(0.4):
                    return False
                contacts.arrive(visit_time((contacts.now + timedelta(days=1)).date(), dice))
            else:
                return False
        return False

    def _confirm(self) -> bool:
        contacts, dice = self._contacts, self._dice
        submitted = contacts.now
        late = dice.chance(0.85 if within(submitted.date(), LATE_PERIOD) else 0.025)
        hours = dice.between(27, 92) if late else dice.early(0, 17)
        confirmed = submitted + timedelta(hours=hours, minutes=dice.between(0, 59))
        if dice.chance(0.02):  # in a hurry: chooses before the confirmation
            contacts.wait(1_200)
            self._choose_contract()
            contacts.now = max(confirmed, contacts.now)
            contacts.mail(Touchpoint.CONFIRMATION, self._person.town)
            return True
        if late and dice.chance(0.5):
            contacts.call(Touchpoint.WHERE_CALL, days=1)
        if not dice.chance(0.015):
            contacts.now = max(confirmed, contacts.now)
            contacts.mail(Touchpoint.CONFIRMATION, self._person.town)
        if dice.chance(0.018):
            contacts.call(Touchpoint.WHERE_CALL)
        if dice.chance(0.03):
            contacts.ask_by_mail()
        if dice.chance(0.07):
            return False
        if not dice.chance(0.02):  # the others keep their contract by saying nothing
            days = timedelta(days=dice.between(1, 3))
            contacts.arrive(visit_time((contacts.now + days).date(), dice))
            self._choose_contract()
        return True

    def _choose_contract(self) -> None:
        keeps = self._dice.chance(0.7)
        contract = Touchpoint.KEEP_CONTRACT if keeps else Touchpoint.NEW_CONTRACT
        self._contacts.event(contract, "app" if self._dice.chance(0.42) else "web")

    def _finish(self) -> bool:
        contacts, dice = self._contacts, self._dice
        if dice.chance(0.025):
            return False
        contacts.now = mail_time(contacts.now, dice, days=dice.between(3, 6))
        contacts.mail(Touchpoint.FINAL_BILL, dice.pick(("uw oude adres", "één overzicht")))
        if dice.chance(0.06):
            contacts.page(Touchpoint.INVOICE, str(dice.between(880_000, 899_999)))
        if dice.chance(0.05):
            contacts.call(Touchpoint.BILL_CALL, days=dice.between(0, 2))
        return True


def start_day(days: tuple[date, ...], dice: Dice) -> date:
    """When a journey begins: less often at weekends."""
    day = dice.pick(days)
    return dice.pick(days) if day.weekday() >= 5 and dice.chance(0.4) else day


def morning_of(day: date, dice: Dice) -> datetime:
    """A moment of the morning at which a mailing leaves."""
    return at(day, dice, 9, 11)
