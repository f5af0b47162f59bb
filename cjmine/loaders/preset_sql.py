"""The SQL of a preset: from records to rows (record, moment), as `moments.py` takes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cjmine.loaders.connections import quote_text
from cjmine.loaders.records import Records
from cjmine.loaders.time_sql import TimeSql
from cjmine.scales import SCALE, SCORE
from cjmine.sources import Roles

if TYPE_CHECKING:
    from cjmine.loaders.presets import Preset

_NO_MOMENT = (
    "NULL::STRUCT(label VARCHAR, stamp VARCHAR, later BIGINT, score VARCHAR, scale VARCHAR)"
)


def moment(
    label: str,
    stamp: str,
    when: str = "true",
    later: str = "0",
    score: str = "NULL",
    scale: str = "NULL",
) -> str:
    """The SQL of one moment: a label at a time, where both are there.

    `later` is a number of microseconds behind the time that is written. A question of a survey has
    the `scale` of its answer, and an answer its `score` too.

    >>> moment("'Call started'", "r.start").startswith("CASE WHEN (true) AND")
    True
    """
    return (
        f"CASE WHEN ({when}) AND nullif(trim({stamp}), '') IS NOT NULL AND ({label}) IS NOT NULL"
        f" THEN struct_pack(label := {label}, stamp := {stamp},"
        f" later := coalesce(({later})::BIGINT, 0), score := ({score})::VARCHAR,"
        f" scale := ({scale})::VARCHAR) END"
    )


def moments(*each: str) -> str:
    """A list of moments."""
    return f"[{', '.join(each)}]"


def detailed(name: str, detail: str) -> str:
    """The SQL of a label with its detail, without where there is none.

    >>> detailed("Call waiting", "r.queue")
    "concat('Call waiting', coalesce(': ' || nullif(trim(r.queue), ''), ''))"
    """
    return f"concat({quote_text(name)}, coalesce(': ' || nullif(trim({detail}), ''), ''))"


def page_address(written: str) -> str:
    """The SQL of an address that is a page, without its query; null for any other text.

    An empty address, about:blank or a file is no page, and least of all the home page.

    >>> page_address("a.url").startswith("CASE WHEN regexp_matches(trim(a.url)")
    True
    """
    is_page = f"regexp_matches(trim({written}), '(?i)^(?:(?:https?:)?//[^/?#\\s]|/)')"
    return f"CASE WHEN {is_page} THEN regexp_replace({written}, '[?][^#]*', '', 'g') END"


def sql_of(preset: Preset, records: Records, column: str) -> str | None:
    """The SQL of a field by its name: what the format knows, else a column of the export."""
    known = {one.name: one.sql for one in preset.customer} | dict(preset.attributes)
    known |= _answer(preset)
    if preset.channel_sql is not None:
        known.setdefault("channel", preset.channel_sql)
    return known.get(column) or records.value(column)


def _answer(preset: Preset) -> dict[str, str]:
    """What is kept of a moment, where the moments of a format may be answers of a survey."""
    return {SCORE: "m.score", SCALE: "m.scale"} if preset.has_answers else {}


def query(preset: Preset, records: Records, roles: Roles, time: TimeSql) -> str:
    """One row a moment, in the order of the records; a record without a moment has one row."""

    def named(column: str) -> str:
        sql = sql_of(preset, records, column)
        assert sql is not None  # inspect has settled the roles
        return f"nullif(trim({sql}), '')"

    assert roles.customer is not None
    columns = [f"{named(roles.customer.column)} AS customer"]
    columns += [f"{named(one.column)} AS link{place}" for place, one in enumerate(roles.links)]
    answer = _answer(preset)
    columns += [
        f"{named(name)} AS keep{place}"
        for place, name in enumerate(roles.keep)
        if name not in answer
    ]
    of_moment = [
        f"{named(name)} AS keep{place}" for place, name in enumerate(roles.keep) if name in answer
    ]
    if roles.channel_column is not None:
        columns.append(f"{named(roles.channel_column)} AS channel")
    if preset.delivery is not None:
        # A record without its key is the same as none but its exact copy.
        own = f"coalesce(nullif(({preset.delivery})::VARCHAR, ''), r::VARCHAR)"
        key = f"concat({quote_text((preset.delivery_namespace or preset.name) + '|')}, {own})"
        columns.append(f"md5_number_lower({key}) AS delivery")
        columns.append(f"coalesce(({preset.version})::BIGINT, 0) AS version")
    filtered = _cases((f"'{why.name}'", when) for why, when in preset.filtered) or "NULL::VARCHAR"
    rejected = (
        _cases((str(place), one.when) for place, one in enumerate(preset.rejected)) or "NULL::INT"
    )
    rows = records.sql
    if preset.computed is not None:
        rows = f"(SELECT *, {preset.computed} FROM {rows} ORDER BY record)"
    order = "" if preset.order is None else f" ORDER BY {preset.order}, record"
    written = f"""
        (SELECT *, {time.written} AS written
        FROM (SELECT *, unnest(CASE WHEN valid AND filtered IS NULL AND len(ms) > 0 THEN ms
                               ELSE [{_NO_MOMENT}] END) AS m
        FROM (SELECT record, coalesce(valid, false) AS valid, blank, {filtered} AS filtered,
                     CAST({rejected} AS INTEGER) AS rejected, {", ".join(columns)},
                     list_filter({preset.moments}, lambda x: x IS NOT NULL) AS ms
              FROM {rows}{order})))
    """
    return f"""
        SELECT * EXCLUDE (m, ms, {time.helpers}), {", ".join(["m.label AS label", *of_moment])},
               {time.us} + coalesce(m.later, 0) AS time,
               {time.skipped} AS skipped, {time.doubled} AS doubled
        FROM {time.over(written)}
    """


def _cases(each: Iterable[tuple[str, str]]) -> str:
    branches = " ".join(f"WHEN {when} THEN {value}" for value, when in each)
    return f"CASE {branches} END" if branches else ""
