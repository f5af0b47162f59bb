"""How a person leaves traces: page requests, portal events, calls and mails."""

from datetime import datetime, timedelta

from .clock import call_time
from .dice import Dice
from .people import Person, spelled
from .records import Call, Chat, Machine, Mail, PortalEvent, Records, WebRequest
from .texts import AUTO_REPLIES, BODIES, COMPLAINTS, FAQ_TOPICS, NOTES, QUESTIONS, SEARCHES, STYLES
from .touchpoints import Touchpoint

SITE = "https://www.example.nl"
REFERRERS = ("-", "-", "https://www.google.com/", "https://www.bing.com/", SITE + "/")


class Contacts:
    """A person's clock (``now``, local) and the traces left at it.

    Every method moves the clock on, so that no two traces of a person share a second.
    """

    def __init__(self, person: Person, start: datetime, dice: Dice, records: Records) -> None:
        self.person = person
        self.now = start
        self.dice = dice
        self._records = records
        self._referrer = dice.pick(REFERRERS)
        self._login = self._banner = ""

    def take_part(self) -> None:
        """An arm of each experiment from now on, for browsers that keep a cookie."""
        if self.person.takes_cookies:
            self._login = "code" if self.dice.chance(0.5) else "password"
            self._banner = "photo" if self.dice.chance(0.5) else "plain"

    @property
    def login(self) -> str:
        """How the visitor logs in, empty outside the experiment."""
        return self._login

    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    def arrive(self, moment: datetime) -> None:
        """A new visit to the website."""
        self.now = max(moment, self.now + timedelta(seconds=30))
        self._referrer = self.dice.pick(REFERRERS)

    def page(self, touchpoint: Touchpoint, detail: str = "", status: int = 200) -> None:
        """One request; the answer's ``status`` of 400 or more is an error."""
        path = touchpoint.text.format(detail).removeprefix("POST ")
        size = 187 if status != 200 else self.dice.between(3_000, 19_000)
        if status == 200 and touchpoint in (Touchpoint.SUBMIT, Touchpoint.CANCEL_WEB):
            status, size = 302, 0
        request = WebRequest(
            self.now, self.person, touchpoint, path, self._query(touchpoint), status, size,
            self._referrer, self._login, self._banner,
        )  # fmt: skip
        self._records.add(request)
        if self.dice.chance(0.035) and status == 200:
            self._asset(SITE + path)
        self._referrer = SITE + path
        self.wait(self.dice.early(15, 260))

    def _query(self, touchpoint: Touchpoint) -> str:
        if touchpoint is Touchpoint.MOVING_PAGE and self.dice.chance(0.08):
            return "?utm_source=" + self.dice.pick(("zoeken", "makelaar", "gemeente"))
        if touchpoint is Touchpoint.NEW_ADDRESS and self.dice.chance(0.2):
            return "?postcode=" + self.person.postcode.replace(" ", "")
        if touchpoint is Touchpoint.READINGS and self.dice.chance(0.3):
            return "?meter=" + self.dice.pick(("stroom", "gas"))
        return ""

    def _asset(self, referrer: str) -> None:
        person = self.person
        cookie = person.cookie if person.takes_cookies else ""
        self._records.add(
            Machine(
                self.now + timedelta(seconds=1), person.address, self.dice.pick(STYLES),
                self.dice.between(900, 60_000), referrer, person.agent, cookie, is_bot=False,
            )
        )  # fmt: skip

    def look_around(self) -> None:
        """A page or a search beside the moving pages."""
        what = self.dice.between(1, 9)
        if what <= 4:
            self.page(Touchpoint.FAQ, self.dice.pick(FAQ_TOPICS))
        elif what <= 6:
            self.event(Touchpoint.FAQ_SEARCH, detail=self.dice.pick(SEARCHES))
        else:
            self.page(self.dice.pick((Touchpoint.HOME, Touchpoint.RATES, Touchpoint.CONTACT)))

    def event(self, touchpoint: Touchpoint, platform: str = "web", detail: str = "") -> None:
        """One event of the portal or the app."""
        self._records.add(PortalEvent(self.now, self.person, touchpoint, platform, detail))
        self.wait(self.dice.early(20, 200))

    def chat(self) -> None:
        """One chat with the service desk."""
        self._records.add(Chat(self.now, self.person, Touchpoint.CHAT, self.dice.between(2, 25)))
        self.wait(self.dice.early(20, 200))

    def call(self, touchpoint: Touchpoint, days: int = 0) -> None:
        """A call within opening hours, a number of days from now; some callers hide their number."""
        dice = self.dice
        self.now = call_time(self.now + timedelta(days=days), dice)
        hidden = dice.chance(0.05)
        name = self.person.name
        self._records.add(
            Call(
                self.now, self.person, touchpoint,
                "" if hidden else spelled(self.person.phone, dice),
                dice.early(4, 900), dice.between(45, 760), f"M{dice.between(1, 14):02d}",
                dice.pick(NOTES).format(name=name, phone=self.person.phone[-4:]),
            )
        )  # fmt: skip
        self.wait(900)

    def mail(self, touchpoint: Touchpoint, detail: str = "") -> None:
        """A message to or from the customer, now."""
        body = self.dice.pick(BODIES).format(name=self.person.name)
        if touchpoint.text.startswith("out: "):
            body = f"Zie {SITE}/mijn/berichten\n"
        self._records.add(Mail(self.now, self.person, touchpoint, detail, body))
        self.wait(60)

    def complain(self) -> None:
        """A complaint by mail, answered within days, or by phone."""
        if self.dice.chance(0.4):
            self.call(Touchpoint.COMPLAINT_CALL)
            return
        self.wait(self.dice.between(600, 20_000))
        self.mail(Touchpoint.COMPLAINT_MAIL, self.dice.pick(COMPLAINTS))
        if self.dice.chance(0.8):
            answer = call_time(self.now + timedelta(days=1), self.dice)
            ticket = f"[#{self.dice.between(20_000, 39_999)}]"
            self._records.add(
                Mail(answer, self.person, Touchpoint.ANSWER, ticket, "Excuses voor het ongemak.\n")
            )

    def ask_by_mail(self) -> None:
        """A question by mail, hours from now."""
        self.wait(self.dice.between(600, 20_000))
        self.mail(Touchpoint.QUESTION_MAIL, self.dice.pick(QUESTIONS).format(self.person.town))

    def reply_automatically(self) -> None:
        """An absence note that answers a mailing."""
        self.wait(self.dice.between(2, 40))
        self.mail(Touchpoint.AUTO_REPLY, self.dice.pick(AUTO_REPLIES))
