"""A table of calls as any contact centre reports it: one row a call, English or Dutch headings.

A row becomes the moments that its columns hold: the menu choice, waiting, being answered or giving
up, being put through, and the reason. A report by interval (calls an hour) is no such table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.batch import LeftOut
from cjmine.loaders.connections import quote_text
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Recognition
from cjmine.loaders.moments import RejectRule
from cjmine.loaders.preset_sql import detailed, moment, moments
from cjmine.loaders.preset_times import recognised
from cjmine.loaders.presets import Known, Preset, PresetLoader
from cjmine.loaders.records import CsvFields, Records
from cjmine.loaders.roles import names_alike
from cjmine.loaders.time_sql import TimeSql
from cjmine.loaders.workbook import TOTAL
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
_COUNTS = {
    "interval": ("interval", "half hour", "half uur", "halfuur", "kwartier", "uurblok"),
    "calls": (
        *("calls offered", "calls answered", "number of calls", "aantal gesprekken"),
        *("aangeboden gesprekken", "beantwoorde gesprekken"),
    ),
    "offered": ("offered", "aangeboden"),
    "answered": ("answered", "handled", "beantwoord", "aangenomen"),
}
_YES = "('ja', 'yes', 'y', 'j', 'true', 'waar', '1', 'x')"
_NO = "('', 'nee', 'no', 'n', 'false', 'onwaar', '0', '-', 'geen', 'none', 'null')"
# A clock alone, as in a column Begintijd beside a column Datum, needs its day.
_START = (
    "CASE WHEN regexp_full_match(trim(r.started),"
    " '\\d{1,2}[:.]\\d{2}([:.]\\d{2})?([^\\d]{0,3}[AaPp]\\.?[^\\d]?[Mm]\\.?)?') THEN"
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
    value = f"regexp_replace(trim(coalesce({column}, '')), '(:[0-5]\\d)[.,]\\d+$', '\\1')"
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


def _unreadable(column: str) -> str:
    """Whether there is something that is no duration; read as zero, a wait would look short."""
    return f"(lower(trim(coalesce({column}, ''))) NOT IN {_NO} AND {_duration(column)} IS NULL)"


_FORMS = "is neither h:mm:ss, mm:ss nor whole seconds"
_TOTALS = " OR ".join(
    (
        f"({_START} IS NULL AND nullif(trim(r.caller), '') IS NULL)",
        *(
            f"regexp_matches(coalesce({one}, ''), {quote_text(TOTAL)})"
            for one in ("r.day", "r.started", "r.caller")
        ),
    )
)


def _time(written: str, source: Source, records: Records) -> TimeSql:
    calls = replace(records, sql=f"(SELECT * FROM {records.sql} WHERE NOT ({_TOTALS}))")
    return recognised(_START, written, source, calls)


@dataclass(frozen=True, slots=True)
class _CallFields:
    """A table of calls; a report by interval is recognised as such, and refused."""

    table: CsvFields

    def recognise(self, head: Head) -> Recognition | None:
        """By the columns of a call, or by a queue beside counts of calls."""
        columns = head.columns
        if columns is not None and _is_counted(columns) and "queue" in self.table.found(columns):
            return Recognition(self.table.certainty, "has a queue and counts of calls")
        return self.table.recognise(head)

    def open(self, source: Source, head: Head) -> Records:
        """The records of a file. Raises DataError L122, and L102 to L105, L113 to L115."""
        records = self.table.open(source, head)
        if _is_counted(records.columns):
            raise DataError(
                Problem(
                    Code.LOG_FORMAT,
                    "this is a report by interval, not a list of calls",
                    Place(source.label),
                    cause="it counts calls by the hour, so there is nobody to follow",
                    remedy="export the report that has one row a call",
                )
            )
        return records


def _is_counted(columns: tuple[str, ...]) -> bool:
    """Whether the columns count calls: by interval, or those offered beside those answered."""
    found = names_alike(columns, _COUNTS)
    return "interval" in found or "calls" in found or {"offered", "answered"} <= found.keys()


_WAIT = f"coalesce({_duration('r.wait')}, 0)"
_END = f"{_WAIT} + coalesce({_duration('r.talk')}, 0)"
_TRANSFER = "lower(trim(coalesce(r.transferred, '')))"
_TARGET = f"CASE WHEN {_TRANSFER} IN {_YES} THEN NULL ELSE r.transferred END"

LOADER = PresetLoader(
    Preset(
        name="contact-centre",
        title="a table of calls",
        fields=_CallFields(CsvFields(_SPELLINGS, ("caller", "queue", "wait"), certainty=0.8)),
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
        filtered=((LeftOut.TOTALS, _TOTALS),),
        rejected=(
            RejectRule(f"{_START} IS NULL", Code.VALUE_MISSING, "the time is empty", "time"),
            *(
                RejectRule(
                    _unreadable(column), Code.VALUE_MISSING, f"the {name} time {_FORMS}", name
                )
                for column, name in (("r.wait", "waiting"), ("r.talk", "talk"))
            ),
        ),
        time=_time,
        time_fields=("day", "started", "clock"),
        local=True,
        dropped=("agents and every column that is not named above",),
        verified=False,
    )
)
