"""Web requests, whatever server logged them: what is no customer's step, and what a step is called.

Bots, assets and connections without a request are left out and counted; a request that failed
(status 400 and up) is another touchpoint than one that worked. Query strings never come this far.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, flags, labels, mask, numbers, strings
from cjmine.errors import Code
from cjmine.loaders.batch import (
    ACTIVITY,
    CUSTOMER,
    DELIVERY,
    LATEST_US,
    LINK,
    MOST_REJECTS,
    TIME,
    VERSION,
    Clock,
    Filtered,
    LeftOut,
    RawBatch,
    Reject,
)
from cjmine.loaders.times import EARLIEST_US
from cjmine.loaders.touchpoints import Touchpoints, touchpoints_of, web_activity
from cjmine.sources import Source

_BOT = (
    r"(?i)bot\b|bot/|crawl|spider|slurp|uptime|monitor|health|pingdom|statuscake|checker"
    r"|feedburner|feedfetcher|mediapartners|facebookexternalhit|preview|archiver|scan|_probe"
    r"|^(?:curl|wget|python|java|go-http|libwww|apache-httpclient|kube-probe|elb-)"
)
_ASSET = (
    r"(?i)^(?:[A-Z]+ )?(?:/assets/.*|/static/.*|/robots\.txt|[^?]*\.(?:css|js|mjs|map|png|jpe?g"
    r"|gif|svg|webp|avif|ico|woff2?|ttf|eot|otf|mp4|webm|mp3))$"
)
ERROR = " (error)"


def read_requests(rows: Iterable[pa.RecordBatch], source: Source) -> Iterator[RawBatch]:
    """Raw batches of the rows of one log; the record number is the line number."""
    touchpoints = touchpoints_of(source, web_activity)
    line, left = 1, MOST_REJECTS
    for some in rows:
        batch = _batch(some, touchpoints, line, left)
        left = max(0, left - batch.rejected)
        line += some.num_rows
        yield batch


def _batch(rows: pa.RecordBatch, touchpoints: Touchpoints, first: int, room: int) -> RawBatch:
    """A raw batch of rows with the columns blank, shaped, customer, time, request, status, agent.

    `request` is the method and the path without its query; `customer` and the columns link0,
    link1, … are "-" or null where nobody is named. `first` is the number of the first line.
    """
    blank = mask(rows.column("blank"))
    shaped = mask(rows.column("shaped"))
    request = pc.replace_substring_regex(rows.column("request"), r"^GET ", "").dictionary_encode()
    us = array(rows.column("time"))
    faults = np.zeros(rows.num_rows, np.int8)
    faults[(us < EARLIEST_US) | (us >= LATEST_US)] = 3
    faults[~mask(rows.column("time").is_valid())] = 2
    faults[~shaped] = 1
    faults[blank] = 0
    keep = ~blank & (faults == 0)
    filtered: list[Filtered] = []
    for reason, hit in (
        (LeftOut.NO_REQUEST, mask(pc.is_in(rows.column("request"), strings(["", "-"])))),
        (LeftOut.BOT, _matches(rows.column("agent"), _BOT)),
        (LeftOut.ASSET, _matches(request, _ASSET)),
    ):
        out = keep & hit
        keep &= ~hit
        if out.any():
            filtered.append(Filtered(reason, int(out.sum())))
    activity = _with_errors(touchpoints.map(request), rows.column("status"))
    ignored = keep & ~mask(activity.is_valid())
    keep &= ~ignored
    who = [CUSTOMER, *(name for name in rows.schema.names if name.startswith("link"))]
    names = {name: _named(rows.column(name)) for name in who}
    somebody = np.zeros(rows.num_rows, bool)
    for column in names.values():
        somebody |= mask(column.is_valid())
    nobody = keep & ~somebody
    keep &= ~nobody
    filtered += [
        Filtered(reason, int(out.sum()))
        for reason, out in ((LeftOut.RULE, ignored), (LeftOut.NOBODY, nobody))
        if out.any()
    ]
    columns = {ACTIVITY: activity, TIME: numbers(us)}
    for name, column in names.items():
        columns[name.replace("link", LINK) if name != CUSTOMER else name] = column
    if "delivery" in rows.schema.names:  # the log names its requests, and may bring one twice
        columns[DELIVERY] = rows.column("delivery")
        columns[VERSION] = numbers(np.zeros(rows.num_rows, np.int64))
    return RawBatch(
        events=pa.RecordBatch.from_pydict(columns).filter(flags(keep)),
        read=rows.num_rows - int(blank.sum()),
        rejected=int((faults > 0).sum()),
        rejects=tuple(
            _reject(first + int(row), int(faults[row])) for row in np.flatnonzero(faults)[:room]
        ),
        filtered=tuple(filtered),
        clock=Clock(zoned=int(keep.sum())),
    )


def _named(column: pa.Array) -> pa.Array:
    """The same names; null where a dash or nothing stands for nobody."""
    nobody = mask(pc.is_in(column, strings(["", "-"])))
    nothing = pa.nulls(len(column), column.type)  # a plain None would import pandas
    return pc.if_else(flags(nobody), nothing, column) if nobody.any() else column


def _reject(line: int, fault: int) -> Reject:
    if fault == 1:
        return Reject(line, Code.ROW_STRUCTURE, "not a whole line of the log", line=line)
    if fault == 3:
        reason = "the year is outside 1970 to 2100"
        return Reject(line, Code.TIME_IMPLAUSIBLE, reason, "time", line)
    return Reject(line, Code.TIME_UNREADABLE, "the time cannot be read", "time", line)


def _with_errors(activity: pa.DictionaryArray, status: pa.Array) -> pa.DictionaryArray:
    """A request that failed (status 400 and up) is another touchpoint than one that worked."""
    coded = status.dictionary_encode()
    bad = np.array([code is not None and code >= "400" for code in coded.dictionary.to_pylist()])
    failed = np.append(bad, False)[array(coded.indices, len(bad))] if len(bad) else False
    names: list[str] = activity.dictionary.to_pylist()
    codes = array(activity.indices, -1)
    codes = np.where((codes >= 0) & failed, codes + np.int32(len(names)), codes)
    return labels(codes, names + [name + ERROR for name in names])


def _matches(values: pa.Array, pattern: str) -> np.ndarray:
    """Which values match, decided once for each distinct value."""
    coded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
    hits = pc.match_substring_regex(coded.dictionary, pattern)
    matching: np.ndarray = np.append(mask(hits), False)[array(coded.indices, len(hits))]
    return matching
