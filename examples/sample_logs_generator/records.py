"""What the exports hold: one record type a source, times local."""

from dataclasses import dataclass, field
from datetime import datetime

from .clock import CHATS_KEPT_SINCE, observed
from .people import Person
from .touchpoints import Touchpoint


@dataclass(frozen=True, slots=True)
class WebRequest:
    """One line of the access log that a person caused; ``path`` holds no query.

    ``login`` and ``banner`` are the arms of two experiments, empty outside of them;
    ``customer_type`` is the kind of user that the portal knows behind the cookie, ``fund`` the
    one of three funds to which the customer belongs.
    """

    time: datetime
    person: Person
    touchpoint: Touchpoint
    path: str
    query: str
    status: int
    size: int
    referrer: str
    login: str
    banner: str
    customer_type: str = ""
    fund: str = ""

    @property
    def identifier(self) -> str:
        """The cookie as recorded, empty without one."""
        return self.person.cookie if self.person.takes_cookies else ""


@dataclass(frozen=True, slots=True)
class PortalEvent:
    """One row of the analytics export."""

    time: datetime
    person: Person
    touchpoint: Touchpoint
    platform: str
    detail: str

    @property
    def identifier(self) -> str:
        """The visitor as recorded, empty without one."""
        return self.person.cookie if self.person.takes_cookies else ""


@dataclass(frozen=True, slots=True)
class Chat:
    """One row of the chat export, which its provider keeps for three months only."""

    time: datetime
    person: Person
    touchpoint: Touchpoint
    minutes: int

    @property
    def identifier(self) -> str:
        """The visitor as recorded, empty without one."""
        return self.person.cookie if self.person.takes_cookies else ""


@dataclass(frozen=True, slots=True)
class Call:
    """One row of the contact-centre export."""

    time: datetime
    person: Person
    touchpoint: Touchpoint
    spelling: str  # empty: the caller hides the number
    wait: int
    talk: int
    agent: str
    note: str

    @property
    def identifier(self) -> str:
        """The phone number in full, empty when hidden."""
        return self.person.phone if self.spelling else ""


@dataclass(frozen=True, slots=True)
class Mail:
    """One message; the direction is in the touchpoint's text, ``detail`` completes the subject."""

    time: datetime
    person: Person
    touchpoint: Touchpoint
    detail: str
    body: str

    @property
    def identifier(self) -> str:
        """The address on the other side."""
        return self.person.email


@dataclass(frozen=True, slots=True)
class Machine:
    """One line of the access log that is left out: a bot's or health check's, or an asset."""

    time: datetime
    address: str
    path: str
    size: int
    referrer: str
    agent: str
    cookie: str
    is_bot: bool


Visible = WebRequest | PortalEvent | Chat | Call | Mail


@dataclass(slots=True)
class Records:
    """Everything the exports hold; whatever falls outside the observed days is dropped."""

    web: list[WebRequest] = field(default_factory=list)
    portal: list[PortalEvent] = field(default_factory=list)
    chats: list[Chat] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)
    machines: list[Machine] = field(default_factory=list)

    def add(self, record: Visible | Machine) -> None:
        """Keep a record that falls into the observed days."""
        if not observed(record.time):
            return
        match record:
            case WebRequest():
                self.web.append(record)
            case PortalEvent():
                self.portal.append(record)
            case Chat():
                if record.time.date() >= CHATS_KEPT_SINCE:
                    self.chats.append(record)
            case Call():
                self.calls.append(record)
            case Mail():
                self.mails.append(record)
            case Machine():
                self.machines.append(record)
