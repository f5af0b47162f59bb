"""What surveys have in common: one answer is one event, named by its score on a declared scale."""

from __future__ import annotations

from dataclasses import replace

from cjmine.errors import Code, DataError, Place, Problem, UsageError, did_you_mean
from cjmine.loaders.connections import quote_text
from cjmine.loaders.records import Records
from cjmine.scales import Scale, scale_named
from cjmine.sources import Source

UNUSABLE = "the score is empty or outside its scale"


def scored(records: Records, source: Source) -> Records:
    """The same records with four more fields.

    They are score (as written), scale, label (null if the score is unusable), and question: the
    touchpoint of being asked.

    Raises
    ------
    DataError
        L107 where no column is declared as the score and none is called like a scale.
    UsageError
        C102 for an unknown scale.
    """
    column, scale = _question(records, source)
    sql = records.value(column)
    if sql is None:
        raise DataError(
            Problem(
                Code.COLUMN_MISSING,
                f'there is no column "{column}" for the score',
                Place(source.label),
                remedy=did_you_mean(column, records.columns),
            )
        )
    answer = f"TRY_CAST(regexp_extract(trim({sql}), '^([0-9]+)(?:[.,]0+)?$', 1) AS INTEGER)"
    more = f"score := {sql}, scale := {quote_text(scale)}, label := {label_sql(scale, answer)}"
    more += f", question := {quote_text(scale.asked)}"
    return replace(
        records,
        sql=f"(SELECT * EXCLUDE (r), struct_insert(r, {more}) AS r FROM {records.sql})",
        fields={**(records.fields or {}), "score": column},
    )


def label_sql(scale: Scale, answer: str) -> str:
    """The SQL of the touchpoint of an answer (SQL of an integer); null outside the scale."""
    cases = " ".join(
        f"WHEN {answer} BETWEEN {band.low} AND {band.high} THEN '{scale.metric} {band.name}'"
        for band in scale.bands
    )
    return f"CASE {cases} END"


def _question(records: Records, source: Source) -> tuple[str, Scale]:
    if source.extras.scale is not None and source.extras.scale not in list(Scale):
        raise UsageError(
            Problem(
                Code.CONFIG_VALUE,
                "unknown scale",
                Place(source.label),
                cause=f"known are: {', '.join(Scale)}",
                remedy=did_you_mean(source.extras.scale, list(Scale)),
            )
        )
    declared = Scale(source.extras.scale) if source.extras.scale else None
    if source.extras.score is not None and declared is not None:
        return source.extras.score, declared
    by_name = {name: scale for name in records.columns if (scale := scale_named(name))}
    if source.extras.score is not None and source.extras.score in by_name:
        return source.extras.score, by_name[source.extras.score]
    if source.extras.score is None and len(by_name) == 1:
        ((column, scale),) = by_name.items()
        return column, declared or scale
    raise DataError(
        Problem(
            Code.ROLE_UNCLEAR,
            "no column is plainly the score, or its scale is not known",
            Place(source.label),
            cause="a mark from 1 to 10 is not an NPS: the scale must be declared",
            remedy='in cjmine.toml: score = "COLUMN" and scale = "nps" (or '
            + ", ".join(Scale)
            + ")",
        )
    )
