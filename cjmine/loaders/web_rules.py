"""What is no customer's step among web requests, and what a failed one is called.

The rules are the same whatever a server's log is written in.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, labels, mask, strings
from cjmine.loaders.batch import LeftOut
from cjmine.loaders.batch_maker import Omission

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


def no_steps(
    written: pa.Array, request: pa.DictionaryArray, agent: pa.Array | None
) -> tuple[Omission, ...]:
    """Connections without a request, bots and assets.

    `written` are the requests as the log has them, `request` the same as pages; null agents and
    requests are neither bots nor assets.
    """
    none = Omission(LeftOut.NO_REQUEST, mask(pc.is_in(written, strings(["", "-"]))))
    asset = Omission(LeftOut.ASSET, _matches(request, _ASSET))
    if agent is None:
        return none, asset
    return none, Omission(LeftOut.BOT, _matches(agent, _BOT)), asset


def with_errors(activity: pa.DictionaryArray, status: pa.Array) -> pa.DictionaryArray:
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
