"""How good a classifier is on texts that it did not learn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cjmine.classifier.model import Classifier
from cjmine.results.training import ConfusionRow, LabelRow, Training

UNSURE = "(unsure)"
UNKNOWN = "(not learnt)"


def evaluate(model: Classifier, texts: Sequence[str], labels: Sequence[str]) -> Training:
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
    return Training(
        schema="cjmine/classifier/1",
        learnt=model.trained_on,
        texts=len(texts),
        right=sum(label == best for label, best in zip(labels, found.best, strict=True)),
        unsure=of_label[UNSURE],
        right_when_sure=right.total(),
        below=model.below,
        labels=tuple(LabelRow(name, right[name], held_out[name], of_label[name]) for name in names),
        confusions=tuple(
            ConfusionRow(label, other, number)
            for (label, other), number in sorted(pairs.items(), key=lambda one: (-one[1], one[0]))
        ),
    )
