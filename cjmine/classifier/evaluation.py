"""How good a classifier is on texts that it did not learn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cjmine.classifier.model import Classifier

UNSURE = "(unsure)"
UNKNOWN = "(not learnt)"


@dataclass(frozen=True, slots=True)
class LabelScore:
    """One label: `right` of `held_out` texts were found, among `given` texts that got the label.

    Recall is right / held_out, precision right / given; an unsure text counts as not found.
    """

    label: str
    right: int
    held_out: int
    given: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """So many texts of one label that got another, or were unsure."""

    label: str
    taken_for: str
    texts: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All labels, and which were taken for which.

    `right` of `texts` have the right best guess, whatever the confidence; `unsure` of them were
    below the limit, and of the others `right_when_sure` are right.
    """

    texts: int
    right: int
    unsure: int
    right_when_sure: int
    below: float
    labels: tuple[LabelScore, ...]
    confusions: tuple[Confusion, ...]


def evaluate(model: Classifier, texts: Sequence[str], labels: Sequence[str]) -> Evaluation:
    """Compare a model's labels with the true ones; no texts give zeros.

    Labels that the model does not know are one row: they may be rare, and are never right.
    """
    learnt = frozenset(model.labels)
    labels = [label if label in learnt else UNKNOWN for label in labels]
    found = model.classify(texts)
    given = [label or UNSURE for label in found.labels]
    right = Counter(label for label, other in zip(labels, given, strict=True) if label == other)
    held_out, of_label = Counter(labels), Counter(given)
    pairs = Counter(
        (label, other) for label, other in zip(labels, given, strict=True) if label != other
    )
    names = sorted({*held_out, *of_label} - {UNSURE})
    return Evaluation(
        texts=len(texts),
        right=sum(label == best for label, best in zip(labels, found.best, strict=True)),
        unsure=of_label[UNSURE],
        right_when_sure=right.total(),
        below=model.below,
        labels=tuple(
            LabelScore(name, right[name], held_out[name], of_label[name]) for name in names
        ),
        confusions=tuple(
            Confusion(label, other, number)
            for (label, other), number in sorted(pairs.items(), key=lambda one: (-one[1], one[0]))
        ),
    )
