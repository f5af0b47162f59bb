"""From raw label to activity: ordered rules, the first that matches wins.

Works on distinct labels, with RE2 (linear time whatever the pattern), so a million rows with a
thousand distinct labels cost a thousand decisions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjmine.columns import array, mask, strings
from cjmine.columns import labels as coded_labels
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.loaders.pages import decoded
from cjmine.sources import ClassifierRule, Source, TouchpointRule

if TYPE_CHECKING:
    from cjmine.classifier.model import Classifier


def touchpoints_of(
    source: Source, default: Callable[[str], str | None] | None = None
) -> Touchpoints:
    """The touchpoints of one source: its rules, then its classifiers, then the default."""
    if source.raw_labels:
        return Touchpoints((), source.name)
    classifiers = tuple(one for one in source.classifiers if one.source in (None, source.name))
    return Touchpoints(source.rules, source.name, default, classifiers)


class Touchpoints:
    """Names the activity of every raw label of one source.

    Parameters
    ----------
    rules
        In order; those declared for another source are passed over.
    source_name
        The name of the source in `cjmine.toml`.
    default
        Names a label that no rule catches; None keeps the label as it is.
    classifiers
        Asked about labels that no rule catches; where they are unsure, the default counts.

    Raises
    ------
    UsageError
        C102 where a pattern is not a valid RE2 expression.

    Examples
    --------
    >>> rule = TouchpointRule(activity="Moving form", path="/moving/step-{n}")
    >>> Touchpoints((rule,), "web").map(pa.array(["/moving/step-2", "/faq"])).to_pylist()
    ['Moving form', '/faq']
    """

    def __init__(
        self,
        rules: tuple[TouchpointRule, ...],
        source_name: str,
        default: Callable[[str], str | None] | None = None,
        classifiers: tuple[ClassifierRule, ...] = (),
    ) -> None:
        self.rules = tuple(rule for rule in rules if rule.source in (None, source_name))
        self._patterns = tuple(_expression(rule) for rule in self.rules)
        self._default = default
        self._classifiers = classifiers
        self._models: dict[Path, Classifier] = {}
        self._code_of: dict[str, int | None] = {}
        self._activities: dict[str, int] = {}
        for rule, pattern in zip(self.rules, self._patterns, strict=True):
            _check(rule, pattern)

    def map(self, labels: pa.Array) -> pa.DictionaryArray:
        """The activity of each label; null where a rule says to leave the row out.

        `labels` holds strings, plain or dictionary-coded. Null labels stay null.
        """
        coded = labels if pa.types.is_dictionary(labels.type) else labels.dictionary_encode()
        distinct = coded.dictionary.to_pylist()
        self._learn([label for label in distinct if label not in self._code_of])
        known = (self._code_of[label] for label in distinct)
        codes = np.fromiter((-1 if code is None else code for code in known), np.int32)
        codes = np.append(codes, np.int32(-1))[array(coded.indices, len(distinct))]
        return coded_labels(codes, list(self._activities))

    def caught_by(self, labels: list[str]) -> list[int | None]:
        """For each distinct label the place of the rule that catches it; None where none does."""
        found: list[int | None] = [None] * len(labels)
        column = strings(labels)
        undecided = np.ones(len(labels), bool)
        for place, pattern in enumerate(self._patterns):
            hit = undecided & mask(pc.match_substring_regex(column, pattern))
            for index in np.flatnonzero(hit).tolist():
                found[index] = place
            undecided &= ~hit
        return found

    def classified(self, labels: list[str]) -> list[str | None]:
        """What the classifiers say of each label; None where none is asked, or it is unsure."""
        found: dict[int, str | None] = {}
        for rule in self._classifiers:
            found.update(self._classified(rule, labels, found))
        return [found.get(index) for index in range(len(labels))]

    def forget(self) -> None:
        """Forget the labels that were seen."""
        self._code_of.clear()
        self._activities.clear()

    def _classified(
        self, rule: ClassifierRule, labels: list[str], chosen: Mapping[int, str | None]
    ) -> dict[int, str | None]:
        """What a classifier says of labels that nothing named yet; nothing where it is unsure."""
        asked = [
            index
            for index, label in enumerate(labels)
            if index not in chosen and label.startswith(rule.prefix)
        ]
        if not asked:
            return {}
        if rule.model not in self._models:
            from cjmine.classifier.model import read_classifier

            self._models[rule.model] = read_classifier(rule.model)
        texts = [labels[index].removeprefix(rule.prefix) for index in asked]
        found = self._models[rule.model].classify(texts, rule.below).labels
        return {
            index: label for index, label in zip(asked, found, strict=True) if label is not None
        }

    def _learn(self, labels: list[str]) -> None:
        if not labels:
            return
        places = self.caught_by(labels)
        chosen: dict[int, str | None] = {
            index: self.rules[place].activity
            for index, place in enumerate(places)
            if place is not None
        }
        for rule in self._classifiers:
            chosen.update(self._classified(rule, labels, chosen))
        for index, label in enumerate(labels):
            if index in chosen:
                activity = chosen[index]
            else:
                activity = self._default(label) if self._default else label
            self._code_of[label] = (
                None
                if activity is None
                else self._activities.setdefault(activity, len(self._activities))
            )


@lru_cache(maxsize=256)
def _expression(rule: TouchpointRule) -> str:
    if rule.label is not None:
        return rf"(?s)^{_quoted(rule.label)}$"
    if rule.path is not None:
        parts = re.split(r"\{\w+\}", decoded(rule.path.rstrip("/")))
        return "(?s)^" + "[^/]+".join(_quoted(part) for part in parts) + "/?$"
    if rule.glob is not None:
        pieces = re.split(r"([*?])", decoded(rule.glob))
        wild = {"*": ".*", "?": "."}
        return "(?s)^" + "".join(wild.get(piece) or _quoted(piece) for piece in pieces) + "$"
    return f"(?s)^(?:{rule.pattern})$"


def _quoted(text: str) -> str:
    return (
        re.sub(r"([^\w\s/])", r"\\\1", text, flags=re.ASCII)
        if text.isascii()
        else "".join(rf"\x{{{ord(sign):x}}}" for sign in text)
    )


def _check(rule: TouchpointRule, pattern: str) -> None:
    try:
        pc.match_substring_regex(strings([""]), pattern)
    except pa.ArrowInvalid:
        raise UsageError(
            Problem(
                Code.CONFIG_VALUE,
                f"the pattern of a touchpoint rule for {rule.activity or 'ignore'!r} is not valid",
                Place(),
                cause="RE2 has no look-around and no back-references",
                remedy="write it in RE2 syntax",
            )
        ) from None
