"""The touchpoints of the service: activity, source, and the raw text that an export shows."""

from enum import Enum, StrEnum


class Source(StrEnum):
    """An export of the set, by its name in ``cjmine.toml``."""

    WEB = "web"
    ANALYTICS = "analytics"
    CHATS = "chats"
    CALLS = "calls"
    MAIL = "mail"
    NPS = "nps"
    CSAT = "csat"


class Touchpoint(Enum):
    """One touchpoint as one source records it: (activity, source, raw text).

    An activity may have two touchpoints: meter readings come by web and by phone.
    The raw text of a touchpoint with ``{}`` varies; an empty activity is left out by a rule.
    """

    HOME = ("Home page", Source.WEB, "/")
    RATES = ("Rates page", Source.WEB, "/tarieven")
    CONTACT = ("Contact page", Source.WEB, "/contact")
    FAQ = ("FAQ page", Source.WEB, "/veelgestelde-vragen/{}")
    INVOICE = ("Invoice page", Source.WEB, "/mijn/facturen/{}")
    OTHER = ("Other page", Source.WEB, "{}")
    MOVING_PAGE = ("Moving page", Source.WEB, "/verhuizen")
    CHECKLIST = ("Moving checklist", Source.WEB, "/verhuizen/checklist")
    LOG_IN = ("Log in", Source.WEB, "/mijn/inloggen")
    NEW_ADDRESS = ("New address", Source.WEB, "/mijn/verhuizen/stap-1")
    MOVING_DATE = ("Moving date", Source.WEB, "/mijn/verhuizen/stap-2")
    READINGS = ("Meter readings", Source.WEB, "/mijn/verhuizen/stap-3")
    SUMMARY = ("Move summary", Source.WEB, "/mijn/verhuizen/overzicht")
    SUBMIT = ("Submit move", Source.WEB, "POST /mijn/verhuizen/bevestigen")
    CANCEL_WEB = ("Move cancelled", Source.WEB, "POST /mijn/verhuizen/annuleren")
    USAGE = ("Usage page", Source.WEB, "/mijn/verbruik")
    OFFER = ("Contract offer", Source.WEB, "/mijn/aanbod")

    KEEP_CONTRACT = ("Keep contract", Source.ANALYTICS, "contract_behouden")
    NEW_CONTRACT = ("New contract", Source.ANALYTICS, "contract_nieuw")
    FAQ_SEARCH = ("FAQ search", Source.ANALYTICS, "faq_zoekopdracht")
    CHAT = ("Chat opened", Source.CHATS, "chat_geopend")

    READINGS_CALL = ("Meter readings", Source.CALLS, "Meterstanden doorgeven")
    CANCEL_CALL = ("Move cancelled", Source.CALLS, "Verhuizing annuleren")
    COMPLAINT_CALL = ("Complaint", Source.CALLS, "Klacht")
    WHERE_CALL = ("Call: where is my confirmation", Source.CALLS, "Waar blijft mijn bevestiging")
    BROKEN_CALL = ("Call: website does not work", Source.CALLS, "Storing website")
    MOVING_CALL = ("Call: moving question", Source.CALLS, "Vraag over verhuizing")
    NEWSLETTER_CALL = ("Call: newsletter question", Source.CALLS, "Vraag over nieuwsbrief")
    BILL_CALL = ("Call: bill question", Source.CALLS, "Vraag over eindnota")
    WRONG_CALL = ("", Source.CALLS, "Verkeerd verbonden")

    CONFIRMATION = ("Confirmation mail", Source.MAIL, "out: Bevestiging van uw verhuizing naar {}")
    FINAL_BILL = ("Final bill mail", Source.MAIL, "out: Uw eindnota staat klaar – {}")
    NEWSLETTER = ("Newsletter", Source.MAIL, "out: Lichtland Nieuws: verhuizen in de lente")
    ANSWER = ("Mail answer", Source.MAIL, "out: Reactie op uw bericht {}")
    COMPLAINT_MAIL = ("Complaint", Source.MAIL, "in: {}")
    QUESTION_MAIL = ("Mail question", Source.MAIL, "in: {}")
    AUTO_REPLY = ("", Source.MAIL, "in: Automatisch antwoord: {}")

    def __init__(self, activity: str, source: Source, text: str) -> None:
        self.activity = activity
        self.source = source
        self.text = text


CONTRACTS = (Touchpoint.KEEP_CONTRACT, Touchpoint.NEW_CONTRACT)
CONTRACT_CHOICE = ("Keep contract", "New contract")
GOAL = "Final bill mail"
EXIT = "Move cancelled"
STEPS = (
    "Moving page",
    "Moving checklist",
    "Log in",
    "New address",
    "Moving date",
    "Meter readings",
    "Move summary",
    "Submit move",
    "Confirmation mail",
    "Contract offer",
    "Contract choice",
    "Final bill mail",
)
OPTIONAL = ("Moving checklist", "Move summary", "Contract offer")


def step_of(activity: str) -> str:
    """The step that an activity belongs to: both contracts are the step "Contract choice"."""
    return "Contract choice" if activity in CONTRACT_CHOICE else activity
