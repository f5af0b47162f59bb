"""The raw labels of exports: how often each occurs, which rule catches it, what is left over.

Raw labels may hold personal data, so only those of enough customers are ever shown, with whatever
looks like an id folded; the others are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from cjmine.columns import array
from cjmine.ingest.inputs import Inputs
from cjmine.ingest.read_progress import OnBatch, read_progress
from cjmine.loaders.batch import ACTIVITY, CASE, CUSTOMER, LINK
from cjmine.loaders.folding import web_activity
from cjmine.loaders.sniff import Sniffed
from cjmine.loaders.touchpoints import Touchpoints, touchpoints_of
from cjmine.loaders.web_rules import ERROR
from cjmine.privacy.key import throw_away_key
from cjmine.privacy.placeholder_numbers import codes_of_nobody
from cjmine.privacy.pseudonymise import NOBODY, TokenTable
from cjmine.progress import Progress, no_progress
from cjmine.sources import Identifier, Kind, Source, TouchpointRule

FEW = 200  # distinct names in a column: a chosen vocabulary
_REPLY = re.compile(r"^(?:\s*(?:re|fw|fwd|antw|betr|doorst|aw|wg|tr|sv)\s*(?:\[\d+\])?:)+\s*", re.I)
_NUMBER = re.compile(r"\[?#?\w*\d[\w.\-/]*\]?")
_SUBJECT = re.compile(r"^(in|out): ")


class Named(StrEnum):
    """How a label came to its activity."""

    RULE = "rule"
    CLASSIFIER = "classifier"
    FORMAT = "format"
    LEFT_OVER = "left over"


@dataclass(frozen=True, slots=True)
class LabelCount:
    """One raw label (or all that look alike): its events, customers, and what becomes of it.

    `label` is what may be shown; `raw` are the labels behind it, never shown. `who` are the numbers
    of its customers, each once, which mean nothing outside this source.
    """

    label: str
    events: int
    named: Named
    activity: str | None
    raw: tuple[str, ...] = field(repr=False, default=())
    who: npt.NDArray[np.int64] = field(
        repr=False, compare=False, default_factory=lambda: np.zeros(0, np.int64)
    )

    @property
    def customers(self) -> int:
        """How many customers met it."""
        return len(self.who)


@dataclass(frozen=True, slots=True)
class SourceLabels:
    """The labels of one source; events add up over them."""

    source: str
    labels: tuple[LabelCount, ...]
    looks_like: str
    rules: tuple[TouchpointRule, ...] = ()

    @property
    def events(self) -> int:
        """All events that were looked at."""
        return sum(one.events for one in self.labels)

    def having(self, named: Named) -> list[LabelCount]:
        """The labels that came to their activity in one way."""
        return [one for one in self.labels if one.named is named]


def labels_of(inputs: Inputs, progress: Progress = no_progress) -> tuple[SourceLabels, ...]:
    """Count the raw labels of every source. Raises what reading the sources raises."""
    by_source: dict[tuple[str, str], list[Sniffed]] = {}
    for one in inputs.sources:
        by_source.setdefault((one.source.name, one.source.format), []).append(one)
    reporting = read_progress([one for group in by_source.values() for one in group], progress)
    return tuple(_source_labels(name, group, reporting) for (name, _), group in by_source.items())


def _source_labels(name: str, group: list[Sniffed], reporting: Iterator[OnBatch]) -> SourceLabels:
    table = TokenTable(throw_away_key())
    numbers: dict[str, int] = {}
    parts: list[np.ndarray] = []
    for one in group:
        on_batch = next(reporting)
        source, seen = replace(one.source, raw_labels=True), 0
        who = source.roles.customer or Identifier(source.roles.case or "", Kind.CASE)
        column = CUSTOMER if source.roles.customer else CASE
        for batch in replace(one, source=source).read():
            coded = batch.events.column(ACTIVITY)
            names = [label.removesuffix(ERROR) for label in coded.dictionary.to_pylist()]
            known = [numbers.setdefault(label, len(numbers)) for label in names]
            labels = np.append(np.array(known, np.int64), -1)[array(coded.indices, len(known))]
            customers = table.pseudonymise(
                batch.events.column(column), source.identified_by(who)
            ).codes
            spare = np.full(len(customers), NOBODY, np.int32)
            for place, link in enumerate(source.roles.links if source.roles.customer else ()):
                linked = table.pseudonymise(
                    batch.events.column(f"{LINK}{place}"), source.identified_by(link)
                ).codes
                spare = np.where(spare == NOBODY, linked, spare)
            customers = np.where(customers == NOBODY, spare, customers)
            keep = labels >= 0
            if source.roles.case is None:  # as when loading: events without a customer are left out
                keep &= customers != NOBODY
            parts.append(np.stack([labels, customers, spare])[:, keep])
            seen += int(keep.sum())
            on_batch(seen, batch.through)
    pairs = np.concatenate(parts, axis=1) if parts else np.zeros((3, 0), np.int64)
    pairs = _without_nobody(pairs, group[0].source, table)
    return _counted(name, group[0], list(numbers), pairs)


def _without_nobody(events: np.ndarray, source: Source, table: TokenTable) -> np.ndarray:
    """Labels and customers of events as a load keeps them, from labels, customers and spare ones.

    What a placeholder number holds is the spare customer's.
    """
    labels, customers, spare = events
    if source.roles.customer is None or source.extras.nobody is not None:
        return events[:2]
    counts = np.bincount(customers[customers >= 0])
    nobody = codes_of_nobody(counts, len(customers), table.placeholder_numbers)
    customers = np.where(np.isin(customers, nobody), spare, customers)
    customers = np.where(np.isin(customers, nobody), NOBODY, customers)
    keep = (customers != NOBODY) | (source.roles.case is not None)
    return np.stack([labels, customers])[:, keep]


def _counted(name: str, one: Sniffed, raw: list[str], pairs: np.ndarray) -> SourceLabels:
    used, places = np.unique(pairs[0], return_inverse=True)
    raw, pairs = [raw[place] for place in used], np.stack([places, pairs[1]])
    looks = _looks(one, raw)
    touchpoints = touchpoints_of(replace(one.source, raw_labels=False))
    becomes = _named(touchpoints, one, raw, looks)
    shown = [_folded(label, looks) for label in raw]
    keys: dict[tuple[str, Named, str | None], int] = {}
    group = np.array(
        [
            keys.setdefault((label, *what), len(keys))
            for label, what in zip(shown, becomes, strict=True)
        ],
        np.int64,
    )
    behind: list[list[str]] = [[] for _ in keys]
    for label, place in zip(raw, group.tolist(), strict=True):
        behind[place].append(label)
    events = np.bincount(group[pairs[0]], minlength=len(keys))
    known = pairs[:, pairs[1] >= 0]
    met = np.unique(np.stack([group[known[0]], known[1]]), axis=1)
    who = np.split(met[1], np.searchsorted(met[0], np.arange(1, len(keys))))
    found = [
        LabelCount(label, int(events[place]), named, activity, tuple(behind[place]), who[place])
        for (label, named, activity), place in keys.items()
    ]
    ordered = tuple(sorted(found, key=lambda one: (-one.events, one.label)))
    return SourceLabels(name, ordered, looks, one.source.rules)


def _looks(one: Sniffed, raw: list[str]) -> str:
    """What the raw labels of a source are: paths, subjects, or names."""
    if one.source.format in ("mail", "message-trace"):
        return "subject"
    paths = sum(1 for label in raw if re.match(r"(?:[A-Z]+ )?/", label))
    return "path" if 2 * paths > len(raw) else "name"


def _named(
    touchpoints: Touchpoints, one: Sniffed, raw: list[str], looks: str
) -> list[tuple[Named, str | None]]:
    """How each raw label is named, and what."""
    caught = touchpoints.caught_by(raw)
    given = looks == "name" and ("activity" in one.inspection.given or len(raw) <= FEW)
    found: list[tuple[Named, str | None]] = []
    classified = touchpoints.classified(raw)
    for place, label, guess in zip(caught, raw, classified, strict=True):
        if place is not None:
            found.append((Named.RULE, touchpoints.rules[place].activity))
        elif guess is not None:
            found.append((Named.CLASSIFIER, guess))
        elif given:
            found.append((Named.FORMAT, _folded(label, looks)))
        else:
            found.append((Named.LEFT_OVER, None))
    return found


def _folded(label: str, looks: str) -> str:
    """A label without what identifies a person or differs every time."""
    if looks == "path":
        return web_activity(label)
    if looks == "subject":
        found = _SUBJECT.match(label)
        start = found[0] if found else ""
        subject = _REPLY.sub("", label[len(start) :])
        return start + _NUMBER.sub("{n}", subject).strip()
    return _NUMBER.sub("{n}", label) if re.search(r"\d{5}", label) else label
