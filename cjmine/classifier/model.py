"""A trained classifier of short texts, and its file: numbers and the names of the labels.

The file is a zip of NumPy arrays and a small JSON text, written without a clock, so that equal
training gives equal bytes; nothing in it is ever executed.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cjmine.classifier.features import BUCKETS, Counts, count, weighted
from cjmine.errors import Code, DataError, Place, Problem

FORMAT = "cjmine/classifier/1"
UNSURE_BELOW = 0.5
_LARGEST = 1 << 28
_AT_ONCE = 200_000  # scores: texts times labels
_MOST_LABELS = 10_000
_LARGEST_NUMBER = 1e6
_ARRAYS = ("buckets", "rarity", "weights", "bias")
_WHEN = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Classified:
    """The label of each text (None: unsure), and how sure the model is of its best guess."""

    labels: tuple[str | None, ...]
    best: tuple[str, ...]
    confidence: npt.NDArray[np.float64] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Classifier:
    """A linear model over buckets of words.

    `weights` has a row a label and a column a bucket in use; `temperature` turns its scores into
    probabilities; a text whose best label has less than `below` is unsure.
    """

    labels: tuple[str, ...]
    buckets: npt.NDArray[np.int64] = field(repr=False)
    rarity: npt.NDArray[np.float64] = field(repr=False)
    weights: npt.NDArray[np.float32] = field(repr=False)
    bias: npt.NDArray[np.float64] = field(repr=False)
    temperature: float
    trained_on: int
    below: float = UNSURE_BELOW

    def scores(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """The score of each text (row) for each label (column)."""
        return self._scores(weighted(count(texts), self.buckets, self.rarity))

    def _scores(self, terms: Counts) -> npt.NDArray[np.float64]:
        found = np.tile(self.bias, (terms.texts, 1))
        if len(terms.text):
            parts = self.weights[:, terms.bucket] * terms.count
            starts = np.flatnonzero(np.diff(terms.text, prepend=-1))
            found[terms.text[starts]] += np.add.reduceat(parts, starts, axis=1).T
        return found

    def classify(self, texts: Sequence[str], below: float | None = None) -> Classified:
        """Label texts; nothing of them is kept. No texts give no labels.

        A text without any word that the model learnt has confidence 0, whatever the bias says.
        """
        limit = self.below if below is None else below
        if not texts:
            return Classified((), (), np.zeros(0))
        probability = np.zeros((len(texts), len(self.labels)))
        size = max(1, _AT_ONCE // len(self.labels))
        for at in range(0, len(texts), size):
            some = texts[at : at + size]
            terms = weighted(count(some), self.buckets, self.rarity)
            shares = probabilities(self._scores(terms), self.temperature)
            shares[np.bincount(terms.text, minlength=len(some)) == 0] = 0
            probability[at : at + size] = shares
        best = probability.argmax(axis=1)
        confidence = probability[np.arange(len(texts)), best]
        names = tuple(self.labels[place] for place in best)
        sure = confidence >= limit
        return Classified(
            tuple(name if ok else None for name, ok in zip(names, sure, strict=True)),
            names,
            confidence,
        )


def probabilities(scores: npt.NDArray[np.float64], temperature: float) -> npt.NDArray[np.float64]:
    """Scores as probabilities (softmax), row by row."""
    shifted = scores / temperature
    grown = np.exp(shifted - shifted.max(axis=1, keepdims=True))
    shares: npt.NDArray[np.float64] = grown / grown.sum(axis=1, keepdims=True)
    return shares


def write_classifier(model: Classifier, path: Path) -> None:
    """Write a model; the same model gives the same bytes."""
    about = {
        "format": FORMAT,
        "labels": list(model.labels),
        "temperature": model.temperature,
        "trained_on": model.trained_on,
        "below": model.below,
    }
    members = {"about.json": json.dumps(about, ensure_ascii=False).encode()}
    for name in _ARRAYS:
        sink = io.BytesIO()
        array = getattr(model, name)
        kept = array.astype(np.float16) if name == "weights" else array
        np.lib.format.write_array(sink, kept, allow_pickle=False)
        members[f"{name}.npy"] = sink.getvalue()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for name, content in members.items():
            file.writestr(zipfile.ZipInfo(name, _WHEN), content, zipfile.ZIP_DEFLATED)


def read_classifier(path: Path) -> Classifier:
    """Read a model. Raises DataError L101, L102, L125 where the file is none, or is damaged."""
    try:
        with zipfile.ZipFile(path) as file:
            if sum(member.file_size for member in file.infolist()) > _LARGEST:
                raise _not_a_model(path, "it is larger than any classifier")
            about = json.loads(file.read("about.json"))
            arrays = {}
            for name in _ARRAYS:
                member = io.BytesIO(file.read(f"{name}.npy"))
                arrays[name] = np.lib.format.read_array(member, allow_pickle=False)
        return _checked(about, arrays, path)
    except FileNotFoundError:
        raise DataError(
            Problem(Code.FILE_MISSING, "there is no such classifier", Place(str(path)))
        ) from None
    except OSError as error:
        cause = error.strerror or type(error).__name__
        raise DataError(
            Problem(Code.FILE_UNREADABLE, "the classifier cannot be read", Place(str(path)), cause)
        ) from None
    except DataError:
        raise
    except Exception:  # a damaged file fails in many ways, none of which is worth a traceback
        raise _not_a_model(path, "the file is damaged, or something else") from None


def _checked(about: object, arrays: dict[str, np.ndarray], path: Path) -> Classifier:
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise _not_a_model(path, "it was written by another version, or is something else")
    labels, numbers = about["labels"], [about[name] for name in ("temperature", "below")]
    if not (
        isinstance(labels, list)
        and all(isinstance(label, str) for label in labels)
        and all(type(number) in (int, float) for number in numbers)
        and type(about["trained_on"]) is int
        and arrays["buckets"].dtype.kind == "i"
        and all(arrays[name].dtype.kind == "f" for name in _ARRAYS[1:])
    ):
        raise _not_a_model(path, "its parts are of the wrong kind")
    buckets, rarity = arrays["buckets"].astype(np.int64), arrays["rarity"].astype(np.float64)
    weights, bias = arrays["weights"].astype(np.float32), arrays["bias"].astype(np.float64)
    whole = (
        buckets.shape == rarity.shape == (len(buckets),)
        and weights.shape == (len(labels), len(buckets))
        and bias.shape == (len(labels),)
        and 1 < len(set(labels)) == len(labels) <= _MOST_LABELS
        and (np.diff(buckets) > 0).all()
        and (len(buckets) == 0 or 0 <= buckets[0] <= buckets[-1] < BUCKETS)
        and all(bool((np.abs(one) < _LARGEST_NUMBER).all()) for one in (rarity, weights, bias))
        and 1e-6 < float(about["temperature"]) < _LARGEST_NUMBER
        and 0 <= float(about["below"]) <= 1
    )
    if not whole:
        raise _not_a_model(path, "its parts do not fit together")
    return Classifier(
        tuple(labels),
        buckets,
        rarity,
        weights,
        bias,
        float(about["temperature"]),
        about["trained_on"],
        float(about["below"]),
    )


def _not_a_model(path: Path, cause: str) -> DataError:
    return DataError(
        Problem(
            Code.MODEL_FORMAT,
            "not a classifier of cjmine",
            Place(str(path)),
            cause,
            "train it again: cjmine classify train",
        )
    )
