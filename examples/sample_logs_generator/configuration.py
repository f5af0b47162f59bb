"""The configuration file of the sample set, written out for a reader to copy from."""

CONFIGURATION = """\
# Lichtland Energie: how the exports in this folder are read.
# Try it: load the folder, then check the log against a journey file for "moving house".

timezone = "Europe/Amsterdam"            # zone of times that carry none: the calls

[source.web]
files    = ["web/access.log", "web/access.log.1.gz"]
format   = "access-log"
channel  = "web"
extra    = ["cookie", "device", "login", "banner", "customer_type", "fund"]  # quoted, after the user agent
customer = { column = "cookie", as = "cookie" }

[source.analytics]
files    = "analytics.csv"
format   = "csv"
channel  = { column = "platform" }       # web or app
customer = { column = "visitor", as = "cookie" }
time     = { column = "event_time" }
activity = { column = "event" }

[source.chats]
files    = "chats.csv"
format   = "csv"
channel  = "chat"
customer = { column = "visitor", as = "cookie" }
time     = { column = "started" }
activity = { column = "event" }

[source.calls]
files    = "calls_*.csv"
format   = "csv"
channel  = "call"
customer = { column = "Telefoonnummer", as = "phone", region = "NL" }
time     = { columns = ["Datum", "Begintijd"], format = "%d-%m-%Y %H:%M:%S" }
activity = { column = "Gespreksreden" }

[source.mail]
files    = "servicebox.mbox"
format   = "mail"
channel  = "mail"
own      = ["example.nl"]                # tells incoming from outgoing

[source.nps]
files    = "surveys.csv"
format   = "survey"
score    = "NPS"
scale    = "nps"

[source.csat]
files    = "surveys_csat.csv"
format   = "survey"
score    = "CSAT"
scale    = "csat-5"

[customers]
files    = "customers.csv"
customer = { column = "klantnummer", as = "customer" }
links    = [
  { column = "cookie", as = "cookie" },
  { column = "telefoon", as = "phone", region = "NL" },
  { column = "email", as = "email" },
]

[privacy]                                # cjmine privacy register, notice and purge
controller  = "Lichtland Energie, Utrecht"
contact     = "privacy@lichtland.example"
legal-basis = "legitimate-interests"
interest    = "a service in which people do not get stuck"
people      = ["customers who move house"]
journeys    = ["journey.yaml", "find-the-way.yaml", "contract.yaml", "final-bill.yaml", "tell-us-online.yaml"]
recipients  = []
retention   = "400d"
retention-exports = "90d"

[[change]]
on      = 2026-03-16
what    = "New meter form"
touches = "Meter readings"

[experiment.log-in]
by    = "login"
arms  = { password = 0.5, code = 0.5 }
until = 2026-05-17

[experiment.banner]
by    = "banner"
arms  = { plain = 0.5, photo = 0.5 }
until = 2026-05-17

[value]
goal     = 40.0                          # what one completed move is worth
currency = "EUR"

[contact]
activities = ["Call: *", "Mail question", "Chat opened", "Complaint"]
answers    = ["Mail answer"]
cost       = { call = 7.5, mail = 4.0, chat = 3.0 }
promise    = "2d"

[compare-like]
columns = ["customer_type"]              # heavy users do more of everything, and succeed more often
"""


def rule(source: str, way: str, text: str, activity: str) -> str:
    """One ``[[touchpoint]]`` table; without an activity, the label is ignored."""
    quoted = f"'{text}'" if "\\" in text else f'"{text}"'
    outcome = f'activity = "{activity}"' if activity else "ignore   = true"
    return f'\n[[touchpoint]]\nsource   = "{source}"\n{way:<8} = {quoted}\n{outcome}\n'


RULES = (
    ("web", "label", "/", "Home page"),
    ("web", "path", "/tarieven", "Rates page"),
    ("web", "path", "/contact", "Contact page"),
    ("web", "path", "/veelgestelde-vragen/{topic}", "FAQ page"),
    ("web", "path", "/mijn/facturen/{invoice}", "Invoice page"),
    ("web", "path", "/verhuizen", "Moving page"),
    ("web", "path", "/verhuizen/checklist", "Moving checklist"),
    ("web", "path", "/mijn/inloggen", "Log in"),
    ("web", "path", "/mijn/verhuizen/stap-1", "New address"),
    ("web", "path", "/mijn/verhuizen/stap-2", "Moving date"),
    ("web", "path", "/mijn/verhuizen/stap-3", "Meter readings"),
    ("web", "path", "/mijn/verhuizen/overzicht", "Move summary"),
    ("web", "path", "/mijn/verbruik", "Usage page"),
    ("web", "path", "/mijn/aanbod", "Contract offer"),
    ("web", "label", "POST /mijn/verhuizen/bevestigen", "Submit move"),
    ("web", "label", "POST /mijn/verhuizen/annuleren", "Move cancelled"),
    ("web", "pattern", "/.*", "Other page"),
    ("analytics", "label", "contract_behouden", "Keep contract"),
    ("analytics", "label", "contract_nieuw", "New contract"),
    ("analytics", "label", "faq_zoekopdracht", "FAQ search"),
    ("chats", "label", "chat_geopend", "Chat opened"),
    ("calls", "label", "Meterstanden doorgeven", "Meter readings"),
    ("calls", "label", "Verhuizing annuleren", "Move cancelled"),
    ("calls", "label", "Klacht", "Complaint"),
    ("calls", "label", "Waar blijft mijn bevestiging", "Call: where is my confirmation"),
    ("calls", "label", "Storing website", "Call: website does not work"),
    ("calls", "label", "Vraag over verhuizing", "Call: moving question"),
    ("calls", "label", "Vraag over nieuwsbrief", "Call: newsletter question"),
    ("calls", "label", "Vraag over eindnota", "Call: bill question"),
    ("calls", "label", "Verkeerd verbonden", ""),
    ("mail", "glob", "out: Bevestiging van uw verhuizing*", "Confirmation mail"),
    ("mail", "glob", "out: Uw eindnota staat klaar*", "Final bill mail"),
    ("mail", "glob", "out: Lichtland Nieuws*", "Newsletter"),
    ("mail", "glob", "out: Reactie op uw bericht*", "Mail answer"),
    ("mail", "glob", "in: Automatisch antwoord*", ""),
    ("mail", "pattern", "in: (Klacht|Ontevreden)\\b.*", "Complaint"),
    ("mail", "glob", "in: *", "Mail question"),
)


def configuration() -> str:
    """The whole ``cjmine.toml``."""
    return CONFIGURATION + "".join(rule(*parts) for parts in RULES)
