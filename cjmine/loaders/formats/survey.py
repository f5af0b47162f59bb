"""A table of survey answers: who, when, and a score on a declared scale (NPS, CES, CSAT, marks).

A column named after its scale (`NPS`, `CES`, `CSAT`, `rapportcijfer`) is taken for it; any other is
declared: `score = "Q3"`, `scale = "csat-5"`.
"""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.errors import Code
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Recognition
from cjmine.loaders.moments import RejectRule
from cjmine.loaders.preset_sql import moment, moments
from cjmine.loaders.preset_times import recognised
from cjmine.loaders.presets import Known, Preset, PresetLoader
from cjmine.loaders.records import CsvFields, Records
from cjmine.loaders.survey import UNUSABLE, scored
from cjmine.loaders.time_sql import TimeSql
from cjmine.scales import scale_named
from cjmine.sources import Kind, Source

_SPELLINGS = {
    "answered": (
        *("answered", "answered at", "completed", "completed at", "response date", "responded at"),
        *("end date", "ingevuld", "ingevuld op", "antwoorddatum", "submitted", "submitted at"),
        *("date", "datum", "timestamp", "time", "created at"),
    ),
    "asked": (
        *("asked", "asked at", "sent", "sent at", "sent date", "invited", "invited at"),
        *("invitation date", "verzonden", "verzonden op", "verstuurd", "verstuurd op"),
        *("uitgenodigd", "uitgenodigd op", "uitnodigingsdatum"),
    ),
    "customer": (
        *("customer number", "customer id", "customer", "klantnummer", "klant", "relatienummer"),
        *("external reference", "respondent", "respondent id"),
    ),
    "email": ("email", "e-mail", "email address", "e-mailadres", "mailadres"),
    "phone": ("phone", "phone number", "telefoon", "telefoonnummer"),
    "channel": ("channel", "kanaal"),
}

# Asked and without an answer so far: a moment, and no mistake.
_UNANSWERED = "(nullif(trim(r.asked), '') IS NOT NULL AND nullif(trim(r.score), '') IS NULL)"


@dataclass(frozen=True, slots=True)
class _SurveyFields:
    """A table with a score."""

    table: CsvFields

    def recognise(self, head: Head) -> Recognition | None:
        """Whether one column is named after a scale, and others say who and when."""
        columns = head.columns
        if columns is None:
            return None
        scores = [name for name in columns if scale_named(name)]
        found = self.table.found(columns)
        if len(scores) != 1 or "answered" not in found:
            return None
        if not {"customer", "email", "phone"} & found.keys():
            return None
        return Recognition(0.8, f"has the column {scores[0]}, and who answered when")

    def open(self, source: Source, head: Head) -> Records:
        """The records of a file with their scores. Raises DataError L106, L107 and those of CSV."""
        return scored(self.table.open(source, head), source)


def _time(written: str, source: Source, records: Records) -> TimeSql:
    return recognised("r.answered", written, source, records)


LOADER = PresetLoader(
    Preset(
        name="survey",
        title="a table of survey answers",
        fields=_SurveyFields(CsvFields(_SPELLINGS, ("answered",))),
        customer=(
            Known("customer", Kind.CUSTOMER, "r.customer"),
            Known("email", Kind.EMAIL, "r.email", linked=True),
            Known("phone", Kind.PHONE, "r.phone", linked=True),
        ),
        activity="the score by its name on the scale, such as NPS promoter, and being asked",
        moments=moments(
            moment("r.question", "r.asked", scale="r.scale"),
            moment("r.label", "r.answered", score="r.score", scale="r.scale"),
        ),
        channel="survey",
        rejected=(
            RejectRule(
                f"NOT {_UNANSWERED} AND r.label IS NULL", Code.VALUE_MISSING, UNUSABLE, "score"
            ),
            RejectRule(
                f"NOT {_UNANSWERED} AND r.answered IS NULL",
                Code.VALUE_MISSING,
                "the time is empty",
                "time",
            ),
        ),
        time=_time,
        time_fields=("answered",),
        local=True,
        has_answers=True,
        dropped=("answers in words", "every other column"),
        verified=False,
    )
)
