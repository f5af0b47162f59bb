"""Classify: learn the labels of short texts from a sample, and label other texts."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cjmine.analysis.evaluation import evaluate
from cjmine.classifier.model import Classifier, read_classifier
from cjmine.classifier.training import held_out, learn, train
from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.decoding import physical_lines
from cjmine.loaders.dialect import recognise_dialect, rows_of
from cjmine.loaders.files import head, survey
from cjmine.loaders.header_proof import nearest
from cjmine.loaders.text_bytes import head_text
from cjmine.privacy.gate import check_labels
from cjmine.reporters.escaping import spreadsheet
from cjmine.results.training import Training


@dataclass(frozen=True, slots=True)
class Sample:
    """Texts, and their labels where the file has them. Never printed, never kept."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Sample({len(self.texts):,} texts)"


def read_sample(path: Path, text: str, label: str | None) -> Sample:
    """Two columns of a CSV file; rows without a text or a label are passed over.

    Raises DataError L101 to L106, L112 to L115 where the file cannot be read as declared.
    """
    about = survey(path, str(path))
    form = recognise_dialect(head_text(head(path, str(path))))
    skip = 0 if form is None else form.skip
    delimiter, escape = (",", '"') if form is None else (form.delimiter, form.escape)
    rows = iter(rows_of(physical_lines(path, str(path), about.encoding, skip), delimiter, escape))
    columns = [name.strip() for name in next(rows, [])]
    wanted = [text] if label is None else [text, label]
    problems = [
        Problem(
            Code.COLUMN_MISSING,
            f'there is no column "{column}"',
            Place(str(path), skip + 1),
            remedy=nearest(column, columns, any(name in columns for name in wanted)),
        )
        for column in wanted
        if column not in columns
    ]
    if problems:
        raise DataError(*problems)
    places = [columns.index(column) for column in wanted]
    try:
        cells = [
            [row[place].strip() if place < len(row) else "" for place in places]
            for row in rows
            if row
        ]
    except csv.Error:
        raise DataError(
            Problem(Code.ROW_STRUCTURE, "quotes that do not fit", Place(str(path)))
        ) from None
    full = cells if label is None else [row for row in cells if all(row)]
    return Sample(
        tuple(row[0] for row in full), () if label is None else tuple(row[1] for row in full)
    )


@dataclass(frozen=True, slots=True)
class Trained:
    """A classifier learnt from the whole sample, and what one learnt from a part is worth."""

    model: Classifier
    result: Training


def train_on(sample: Sample, path: Path, test: Sample | None, below: float) -> Trained:
    """Train, and measure on texts that were not learnt: those of `test`, else one in five.

    Without `test` the measured classifier learnt four in five, and the one that is kept all.
    Raises PrivacyError P104 where labels look like persons: a classifier keeps and shows them.
    """
    check_labels(sorted(set(sample.labels)), "label")
    whole = train(sample.texts, sample.labels, str(path), below)
    if test is not None:
        return Trained(whole, evaluate(whole, test.texts, test.labels))
    back = held_out(sample.texts, sample.labels)
    rows = list(zip(sample.texts, sample.labels, back, strict=True))
    part = learn(
        [text for text, _, out in rows if not out],
        [label for _, label, out in rows if not out],
        below,
    )
    found = evaluate(
        part, [text for text, _, out in rows if out], [label for _, label, out in rows if out]
    )
    return Trained(whole, found)


def apply_to(model: Path, sample: Sample, below: float | None) -> str:
    """A CSV text with the number of each row, its label and the confidence; no text of the file."""
    found = read_classifier(model).classify(sample.texts, below)
    return _table(found.labels, found.confidence.tolist())


def _table(labels: Sequence[str | None], confidence: Sequence[float]) -> str:
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(["row", "label", "confidence"])
    for row, (label, share) in enumerate(zip(labels, confidence, strict=True), 1):
        writer.writerow([row, spreadsheet(label or ""), f"{share:.3f}"])
    return sink.getvalue()
