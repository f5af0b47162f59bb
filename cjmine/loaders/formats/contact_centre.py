"""A table of calls as any contact centre reports it: one row a call, English or Dutch headings.

A row becomes the moments that its columns tell: the menu choice, waiting, being answered or giving
up, being put through, and the reason. A report by interval (calls an hour) is no such table.
"""

from __future__ import annotations

from cjmine.errors import Code
from cjmine.loaders.batch import LeftOut
from cjmine.loaders.preset_sql import detailed, moment, moments
from cjmine.loaders.preset_times import recognised
from cjmine.loaders.presets import Known, Preset, PresetLoader, Wrong
from cjmine.loaders.records import CsvFields, Records
from cjmine.loaders.times import TimeSql
from cjmine.sources import Kind, Source

_SPELLINGS = {
    "started": (
        *("start", "start time", "starttijd", "begin", "begintijd", "begin time", "aanvang"),
        *("start gesprek", "call start", "tijdstip", "datum tijd", "date time", "timestamp"),
    ),
    "day": ("date", "datum", "call date", "dag"),
    "clock": ("time", "tijd", "call time", "uur"),
    "caller": (
        *("number", "phone", "phone number", "telefoonnummer", "caller", "beller", "ani", "cli"),
        *("caller id", "caller number", "telefoon", "nummer beller", "van"),
    ),
    "customer": ("customer number", "klantnummer", "customer id", "relatienummer", "klant"),
    "menu": (
        *("menu", "menu path", "keuzemenu", "menukeuze", "ivr", "ivr path", "ivr pad", "keuze"),
        *("menu choice", "ivr choice", "keuzepad"),
    ),
    "queue": ("queue", "wachtrij", "queue name", "groep", "skill", "skill group", "team"),
    "wait": ("wait", "wachttijd", "wait time", "queue time", "time in queue", "wacht"),
    "talk": ("talk", "gesprekstijd", "spreektijd", "talk time", "duration", "duur", "gespreksduur"),
    "reason": (
        *("wrap up code", "wrapup code", "afhandelcode", "gespreksreden", "reason", "reden"),
        *("disposition code", "wrap up", "onderwerp", "call reason", "contactreden"),
    ),
    "abandoned": ("abandoned", "opgehangen", "afgebroken", "abandon", "verlaten", "opgegeven"),
    "outcome": ("outcome", "result", "resultaat", "status", "disposition", "afhandeling"),
    "transferred": (
        *("transferred", "transferred to", "transfer", "doorverbonden", "doorverbonden naar"),
        "transfer to",
    ),
    "direction": ("direction", "richting", "call type", "in uit"),
}
_YES = "('ja', 'yes', 'y', 'j', 'true', 'waar', '1', 'x')"
_NO = "('', 'nee', 'no', 'n', 'false', 'onwaar', '0', '-', 'geen', 'none', 'null')"
# A clock alone, as in a column Begintijd beside a column Datum, needs its day.
_START = (
    "CASE WHEN regexp_full_match(trim(r.started), '\\d{1,2}:\\d{2}(:\\d{2})?') THEN"
    " trim(r.day) || ' ' || trim(r.started)"
    " ELSE coalesce(nullif(trim(r.started), ''), trim(r.day) || ' ' || trim(r.clock)) END"
)
_OUTWARD = "regexp_matches(lower(coalesce(r.direction, '')), '^(out|uit)')"
_ABANDONED = (
    f"(lower(trim(coalesce(r.abandoned, ''))) IN {_YES}"
    " OR regexp_matches(lower(coalesce(r.outcome, '')),"
    " 'abandon|opgehangen|afgebroken|opgegeven|verlaten'))"
)
_NO_ANSWER = (
    "regexp_matches(lower(coalesce(r.outcome, '')), 'no.?answer|not answered|missed|gemist|"
    "niet beantwoord|niet opgenomen|geen gehoor|busy|bezet|failed|voicemail')"
)
_TALKED = f"NOT {_ABANDONED} AND NOT {_NO_ANSWER}"


def _duration(column: str) -> str:
    """Microseconds of h:mm:ss, mm:ss or whole seconds; null where it is none of these."""
    value = f"trim(coalesce({column}, ''))"
    parts = f"string_split({value}, ':')"
    seconds = (
        f"CASE WHEN regexp_full_match({value}, '\\d+') THEN TRY_CAST({value} AS BIGINT)"
        f" WHEN regexp_full_match({value}, '\\d+:[0-5]\\d:[0-5]\\d') THEN"
        f" TRY_CAST({parts}[1] AS BIGINT) * 3600 + TRY_CAST({parts}[2] AS BIGINT) * 60"
        f" + TRY_CAST({parts}[3] AS BIGINT)"
        f" WHEN regexp_full_match({value}, '\\d+:[0-5]\\d') THEN"
        f" TRY_CAST({parts}[1] AS BIGINT) * 60 + TRY_CAST({parts}[2] AS BIGINT) END"
    )
    return f"TRY(({seconds}) * 1000000)"


def _time(written: str, source: Source, records: Records) -> TimeSql:
    return recognised(_START, written, source, records)


_WAIT = f"coalesce({_duration('r.wait')}, 0)"
_END = f"{_WAIT} + coalesce({_duration('r.talk')}, 0)"
_TRANSFER = "lower(trim(coalesce(r.transferred, '')))"
_TARGET = f"CASE WHEN {_TRANSFER} IN {_YES} THEN NULL ELSE r.transferred END"

LOADER = PresetLoader(
    Preset(
        name="contact-centre",
        title="a table of calls",
        fields=CsvFields(_SPELLINGS, ("caller", "queue", "wait"), certainty=0.8),
        customer=(
            Known("caller", Kind.PHONE, "r.caller"),
            Known("customer", Kind.CUSTOMER, "r.customer", linked=True),
        ),
        activity="started, menu, waiting, answered, abandoned while waiting, transferred, reason",
        moments=moments(
            moment("'Call started'", _START, f"NOT {_OUTWARD}"),
            moment("'Called by us'", _START, _OUTWARD),
            moment(detailed("Call menu", "r.menu"), _START, "nullif(trim(r.menu), '') IS NOT NULL"),
            moment(
                detailed("Call waiting", "r.queue"),
                _START,
                f"nullif(trim(r.queue), '') IS NOT NULL AND NOT {_OUTWARD}",
            ),
            moment(
                detailed("Call answered", "r.queue"), _START, f"{_TALKED} AND NOT {_OUTWARD}", _WAIT
            ),
            moment(detailed("Call abandoned while waiting", "r.queue"), _START, _ABANDONED, _WAIT),
            moment("'Call not answered'", _START, f"{_NO_ANSWER} AND NOT {_ABANDONED}", _WAIT),
            moment(
                detailed("Call transferred", _TARGET), _START, f"{_TRANSFER} NOT IN {_NO}", _END
            ),
            moment(
                "concat('Call reason: ', trim(r.reason))",
                _START,
                "nullif(trim(r.reason), '') IS NOT NULL",
                _END,
            ),
        ),
        channel="call",
        left=((LeftOut.TOTALS, f"{_START} IS NULL AND nullif(trim(r.caller), '') IS NULL"),),
        wrong=(Wrong(f"{_START} IS NULL", Code.VALUE_MISSING, "the time is empty", "time"),),
        time=_time,
        when=("day", "started", "clock"),
        local=True,
        dropped=("agents and every column that is not named above",),
    )
)
