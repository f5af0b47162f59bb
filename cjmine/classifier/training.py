"""Learning labels from a sample: a plain linear model, the same whatever the order of the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from zlib import crc32

import numpy as np
import numpy.typing as npt

from cjmine.classifier.features import Counts, count, weighted
from cjmine.classifier.model import UNSURE_BELOW, Classifier, probabilities
from cjmine.errors import Code, DataError, Place, Problem, UsageError

LEAST_OF_A_LABEL = 5
LEAST_SHARED = 10


def held_out(texts: Sequence[str], labels: Sequence[str], every: int = 5) -> npt.NDArray[np.bool_]:
    """Which texts are kept back for measuring: one in five of the different texts of each label.

    Chosen by the texts alone, whatever the order of the rows. Equal texts fall on one side, so
    that nothing that is measured was learnt; a label with fewer different texts loses none.
    """
    same = _folded(texts)
    of_label: dict[str, set[str]] = {}
    for text, label in zip(same, labels, strict=True):
        of_label.setdefault(label, set()).add(text)
    back: set[str] = set()
    kept: set[str] = set()
    for different in of_label.values():
        order = sorted(different, key=lambda text: (crc32(text.encode("utf-8", "replace")), text))
        back.update(order[: len(order) // every])
        kept.update(order[len(order) // every :])
    return np.array([text in back and text not in kept for text in same], bool)


def train(
    texts: Sequence[str], labels: Sequence[str], label: str = "", below: float = UNSURE_BELOW
) -> Classifier:
    """Learn the labels of texts.

    Words of fewer than ten different texts are left out: parts of words that fit together would
    otherwise spell a rare name from the numbers alone.

    Parameters
    ----------
    texts, labels
        The sample, in any order.
    label
        How messages name the sample.
    below
        Under which confidence a text is unsure.

    Raises
    ------
    DataError
        L126 where there are fewer than two labels, or fewer than five texts of one, or no word
        stands in ten texts.
    UsageError
        L124 where scikit-learn is not installed.
    """
    _enough(labels, label)
    return learn(texts, labels, below)


def learn(texts: Sequence[str], labels: Sequence[str], below: float = UNSURE_BELOW) -> Classifier:
    """The same for a sample that is known to be large enough, such as a part of one."""
    rows = sorted(zip(texts, labels, strict=True))
    back = held_out([text for text, _ in rows], [name for _, name in rows], every=7)
    final = _fitted(rows, below)
    temperature = 1.0
    if back.any():
        inner = _fitted([row for row, out in zip(rows, back, strict=True) if not out], below)
        temperature = _temperature(inner, [row for row, out in zip(rows, back, strict=True) if out])
    return replace(final, temperature=temperature)


def _fitted(rows: Sequence[tuple[str, str]], below: float) -> Classifier:
    try:
        from sklearn.svm import LinearSVC
    except ImportError:
        raise UsageError(
            Problem(
                Code.EXTRA_MISSING,
                "training needs scikit-learn",
                remedy="pip install 'cjmine[classify]'",
            )
        ) from None
    from scipy.sparse import csr_array

    labels = [name for _, name in rows]
    counts = count([text for text, _ in rows])
    spread = np.bincount(counts.bucket, minlength=1)
    once = np.isin(counts.text, _first_of_each([text for text, _ in rows]))
    shared = np.bincount(counts.bucket[once], minlength=len(spread)) >= LEAST_SHARED
    buckets = np.flatnonzero(shared).astype(np.int64)
    if not len(buckets):
        raise DataError(
            Problem(
                Code.SAMPLE_TOO_SMALL,
                f"no word stands in {LEAST_SHARED} different texts of the sample",
                remedy="label more texts",
            )
        )
    rarity = np.log((1 + counts.texts) / (1 + spread[buckets])) + 1
    terms: Counts = weighted(counts, buckets, rarity)
    names = sorted(set(labels))
    codes = np.searchsorted(np.array(names), np.array(labels))
    matrix = csr_array(
        (terms.count, (terms.text.astype(np.int32), terms.bucket.astype(np.int32))),
        shape=(terms.texts, len(buckets)),
    )
    # liblinear draws the order of its steps: a fixed seed makes two trainings equal.
    fitted = LinearSVC(C=1.0, random_state=0, max_iter=5000).fit(matrix, codes)
    weights, bias = fitted.coef_, fitted.intercept_
    if len(names) == 2:
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    kept = weights.astype(np.float16).astype(np.float32)
    return Classifier(
        tuple(names), buckets, rarity, kept, bias.astype(np.float64), 1.0, len(rows), below
    )


def _folded(texts: Sequence[str]) -> list[str]:
    """Texts that differ in case and blanks only become equal."""
    return [" ".join(text.casefold().split()) for text in texts]


def _first_of_each(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """The places of the different texts."""
    places: dict[str, int] = {}
    for place, text in enumerate(_folded(texts)):
        places.setdefault(text, place)
    return np.array(list(places.values()), np.int64)


def _temperature(model: Classifier, rows: Sequence[tuple[str, str]]) -> float:
    """The temperature under which the labels of texts that were kept back are likeliest."""
    from scipy.optimize import minimize_scalar

    scores = model.scores([text for text, _ in rows])
    right = np.searchsorted(np.array(model.labels), np.array([name for _, name in rows]))

    def surprise(log_temperature: float) -> float:
        shares = probabilities(scores, float(np.exp(log_temperature)))
        return float(-np.log(shares[np.arange(len(right)), right] + 1e-12).mean())

    found = minimize_scalar(surprise, bounds=(-4, 3), method="bounded", options={"xatol": 1e-3})
    return round(float(np.exp(found.x)), 4)


def _enough(labels: Sequence[str], label: str) -> None:
    counts = Counter(labels)
    few = sum(number < LEAST_OF_A_LABEL for number in counts.values())
    if len(counts) < 2:
        raise DataError(
            Problem(
                Code.SAMPLE_TOO_SMALL,
                f"{len(counts)} label in the sample; two or more are needed",
                Place(label),
            )
        )
    if few:
        raise DataError(
            Problem(
                Code.SAMPLE_TOO_SMALL,
                f"{few:,} of {len(counts):,} labels have fewer than {LEAST_OF_A_LABEL} texts",
                Place(label),
                remedy="label more texts, merge rare labels, or name another column",
            )
        )
