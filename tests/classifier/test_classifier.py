"""Names for short texts: learnt from a sample, measured on others, sure or not at all."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from real_logs import real

from cjmine.analysis.evaluation import UNKNOWN, evaluate
from cjmine.classifier.features import count
from cjmine.classifier.model import read_classifier, write_classifier
from cjmine.classifier.training import held_out, train
from cjmine.errors import DataError
from cjmine.loaders.touchpoints import Touchpoints
from cjmine.reporters.language import english
from cjmine.reporters.training import render
from cjmine.results.training import Training
from cjmine.sources import ClassifierRule

FORMS = {
    "invoice": ("question about my invoice {}", "invoice {} is too high", "copy of bill {}"),
    "moving": ("I am moving to town {}", "change of address {}", "new house number {}"),
    "outage": ("no power in street {}", "storing in wijk {}", "the light is out {}"),
}
TEXTS = [form.format(n) for forms in FORMS.values() for form in forms for n in range(15)]
LABELS = [label for label, forms in FORMS.items() for _ in forms for n in range(15)]


def test_a_round_trip_changes_nothing(tmp_path: Path) -> None:
    """Written and read, a model gives the same labels and confidences, and the same bytes."""
    model = train(TEXTS, LABELS)
    write_classifier(model, tmp_path / "a")
    again = read_classifier(tmp_path / "a")
    one, other = model.classify(TEXTS), again.classify(TEXTS)
    assert one.labels == other.labels and (one.confidence == other.confidence).all()
    write_classifier(again, tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_classifier_that_was_trained_again_is_used_as_it_is_now(tmp_path: Path) -> None:
    """Another load in the same process reads the file again."""
    rule = ClassifierRule(tmp_path / "model", "in: ")
    asked = pa.array(["in: question about my invoice 3"])
    named = []
    for labels in (LABELS, [label.upper() for label in LABELS]):
        write_classifier(train(TEXTS, labels), rule.model)
        named += Touchpoints((), "mail", None, (rule,)).map(asked).to_pylist()
    assert named == ["invoice", "INVOICE"]


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    """The same sample in another order is the same model."""
    rows = list(zip(TEXTS, LABELS, strict=True))
    random.Random(1).shuffle(rows)
    write_classifier(train(TEXTS, LABELS), tmp_path / "a")
    write_classifier(train([t for t, _ in rows], [n for _, n in rows]), tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_what_was_never_learnt_is_unsure() -> None:
    """No known word: confidence 0, whatever the limit above it."""
    found = train(TEXTS, LABELS).classify(["%%%", "", "invoice 4"], below=0.01)
    assert found.labels[:2] == (None, None)
    assert found.confidence[:2].tolist() == [0, 0]
    assert found.labels[2] == "invoice"


texts = st.lists(st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("XY")), max_size=40)


@given(texts)
def test_equal_texts_never_stand_on_both_sides(rows: list[tuple[str, str]]) -> None:
    """Nothing that is measured was learnt, and no label loses all that it has."""
    same = [text for text, _ in rows]
    labels = [label for _, label in rows]
    back = held_out(
        [text.upper() if place % 2 else text for place, text in enumerate(same)], labels
    )
    sides: dict[str, set[bool]] = {}
    for text, out in zip(same, back.tolist(), strict=True):
        sides.setdefault(text, set()).add(out)
    assert all(len(side) == 1 for side in sides.values())
    assert {label for label, out in zip(labels, back, strict=True) if not out} == set(labels)


def test_precision_and_recall_are_those_of_the_book() -> None:
    """Compared with scikit-learn's own, where the model is made to be sure of everything."""
    from sklearn.metrics import precision_recall_fscore_support

    back = held_out(TEXTS, LABELS)
    inside = [(t, n) for t, n, out in zip(TEXTS, LABELS, back, strict=True) if not out]
    outside = [(t, n) for t, n, out in zip(TEXTS, LABELS, back, strict=True) if out]
    model = train([t for t, _ in inside], [n for _, n in inside], below=0.0)
    found = evaluate(model, [t for t, _ in outside], [n for _, n in outside])
    true = [n for _, n in outside]
    guess = model.classify([t for t, _ in outside]).best
    precision, recall, _, _ = precision_recall_fscore_support(
        true, guess, labels=sorted(FORMS), zero_division=0
    )
    assert [one.label for one in found.labels] == sorted(FORMS)
    assert [one.right / max(one.given, 1) for one in found.labels] == pytest.approx(precision)
    assert [one.right / max(one.held_out, 1) for one in found.labels] == pytest.approx(recall)
    wrong = sum(one.texts for one in found.confusions)
    assert found.right_when_sure + wrong == found.texts == len(outside)


def test_a_word_of_nine_texts_leaves_no_trace() -> None:
    """A name in nine different texts is not in the model, however often they are repeated."""
    name = "oosterhuis"
    for different, known in ((9, False), (10, True)):
        named = [f"{name} street {n}" for n in range(different)] * 3
        model = train(TEXTS + named, LABELS + ["outage"] * len(named))
        traces = set(count([name]).bucket.tolist()) - set(count(TEXTS).bucket.tolist())
        assert len(traces) > 10
        assert bool(traces & set(model.buckets.tolist())) is known


def test_no_share_is_rounded_to_all_or_nothing() -> None:
    """2,999 of 3,000 are not 100 %, and 1 is not 0 %."""
    found = Training("cjmine/classifier/1", 9, 3_000, 2_999, 1, 2_999, 0.5, (), ())
    text = render(found, english())
    assert "100.0 %" in text, "2,999 of 2,999"
    assert ">99.9 %" in text and "<0.1 %" in text and text.count("100.0 %") == 1


def test_labels_that_were_not_learnt_stand_together() -> None:
    """A test sample with rare labels of its own: counted, and not named."""
    found = evaluate(train(TEXTS, LABELS), ["invoice 4", "what"], ["J. Jansen", "P. Peters"])
    assert "Jansen" not in repr(found)
    assert [(one.label, one.held_out) for one in found.labels if one.held_out] == [(UNKNOWN, 2)]


ABOUT = {"labels", "temperature", "trained_on", "below"}


def spoilt(path: Path, **parts: object) -> Path:
    """A classifier in which some parts are others."""
    write_classifier(train(TEXTS, LABELS), path)
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    about = json.loads(members["about.json"])
    members["about.json"] = json.dumps(
        about | {key: value for key, value in parts.items() if key in ABOUT}
    ).encode()
    for name, value in parts.items():
        if name not in ABOUT:
            sink = io.BytesIO()
            np.save(sink, np.asarray(value))
            members[f"{name}.npy"] = sink.getvalue()
    with zipfile.ZipFile(path, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


NONE = np.zeros((3, 0), np.float16)
HOSTILE: dict[str, dict[str, object]] = {
    "labels are one text": {"labels": "abc"},
    "a label is a number": {"labels": ["a", "b", 3]},
    "two labels are equal": {"labels": ["a", "b", "b"]},
    "labels without end": {
        "labels": [str(n) for n in range(20_000)],
        "buckets": np.zeros(0, np.int64), "rarity": np.zeros(0),
        "weights": np.zeros((20_000, 0), np.float16), "bias": np.zeros(20_000),
    },
    "no temperature": {"temperature": float("nan")},
    "a temperature of next to nothing": {"temperature": 1e-300},
    "a text as temperature": {"temperature": "1"},
    "true as limit": {"below": True},
    "bias that is no number": {"bias": [0.0, float("nan"), 0.0]},
    "bias that is huge": {"bias": [0.0, 1e300, 0.0]},
    "bias of texts": {"bias": ["0", "0", "0"]},
    "weights of complex numbers": {"weights": NONE.astype(complex)},
    "buckets out of order": {"buckets": [2, 1], "rarity": [1.0, 1.0], "weights": np.ones((3, 2))},
    "buckets out of range": {"buckets": [-1, 1], "rarity": [1.0, 1.0], "weights": np.ones((3, 2))},
    "buckets that are one": {"buckets": 7},
}  # fmt: skip


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_an_error_with_a_code(tmp_path: Path, what: str) -> None:
    """Wrong kinds, numbers that are none, sizes that fill the memory: L125 and not a warning."""
    with pytest.raises(DataError) as caught:
        read_classifier(spoilt(tmp_path / "x", **HOSTILE[what]))
    assert caught.value.problems[0].code.value == "L125"


def test_a_file_that_is_cut_anywhere_is_an_error_with_a_code(tmp_path: Path) -> None:
    """Every hundredth of a file, and the whole with one byte changed."""
    write_classifier(train(TEXTS, LABELS), tmp_path / "x")
    whole = (tmp_path / "x").read_bytes()
    cuts = [whole[: len(whole) * part // 100] for part in range(100)]
    cuts += [whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :] for at in range(40, 90)]
    for cut in cuts:
        (tmp_path / "x").write_bytes(cut)
        with pytest.raises(DataError):
            read_classifier(tmp_path / "x")


@pytest.mark.parametrize(
    ("sample", "labels"),
    [(["a b"] * 9, ["x"] * 9), (["a b"] * 9, ["x"] * 5 + ["y"] * 4), ([], [])],
    ids=["one label", "four of a label", "nothing"],
)
def test_too_small_a_sample_is_refused(sample: list[str], labels: list[str]) -> None:
    """Fewer than two labels, or than five texts of one."""
    with pytest.raises(DataError) as caught:
        train(sample, labels)
    assert caught.value.problems[0].code.value == "L126"


def test_texts_without_a_common_word_are_refused() -> None:
    """Ten words that occur once each teach nothing."""
    words = ["aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh", "ii", "jj"]
    with pytest.raises(DataError):
        train(words, ["x"] * 5 + ["y"] * 5)


@pytest.mark.prove
@pytest.mark.real_data
def test_nine_of_ten_bank_questions() -> None:
    """77 topics, train and test as given: at least 90 % of the best guesses are right."""
    sides = []
    for name in ("train", "test"):
        with real(f"mail/banking77/{name}.csv").open(newline="") as file:
            sides.append([(row["text"], row["category"]) for row in csv.DictReader(file)])
    learnt, asked = sides
    assert (len(learnt), len(asked)) == (10_003, 3_080)
    model = train([text for text, _ in learnt], [name for _, name in learnt])
    found = evaluate(model, [text for text, _ in asked], [name for _, name in asked])
    assert found.right / found.texts >= 0.90
    sure = found.texts - found.unsure
    assert found.right_when_sure / sure > found.right / found.texts, "unsure ones are the doubtful"
