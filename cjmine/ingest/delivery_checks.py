"""Whether a delivery can join a log folder, and which of its files the log has already."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cjmine.errors import Code, DataError, Note, Place, Problem, UsageError, listed
from cjmine.eventlog.folder.manifest import DeliveredFile, Manifest, read_manifest
from cjmine.ingest.gather import Gathered
from cjmine.ingest.inputs import Inputs
from cjmine.ingest.kept_source import KeptSource
from cjmine.ingest.same_files import digests_up_to
from cjmine.loaders.batch import DELIVERY
from cjmine.log_folders import is_begun
from cjmine.privacy.pseudonyms import Key
from cjmine.sentences import Sentence
from cjmine.sources import File, Rows


def check_there(folder: Path, label: str) -> None:
    """Raises UsageError U101 where there is no log to append to, DataError L122: a damaged one."""
    if is_begun(folder):
        read_manifest(folder, label)
        return
    is_file = folder.is_file()
    raise UsageError(
        Problem(
            Code.USAGE,
            "a file cannot grow" if is_file else "there is no log folder to append to",
            Place(label),
            remedy="begin a log folder with all exports so far: cjmine load FILE… -o log/"
            if is_file
            else f"begin one: cjmine load FILE… -o {label}/",
        )
    )


def check_key(before: Manifest, key: Key, label: str) -> None:
    """Raises DataError L123 where a log was made with another key."""
    if before.about.key_id != key.id:
        raise DataError(
            Problem(
                Code.SOURCES_DISAGREE,
                "the log was made with another key",
                Place(label),
                cause="a customer would have two pseudonyms",
                remedy=f"use the key {before.about.key_id}: --key-file FILE",
            )
        )


def kept_files(before: Manifest, folder: Path, label: str) -> list[Path]:
    """What was kept of earlier deliveries. Raises DataError L123 where one has no accounts."""
    if any(one.kept is None for one in before.deliveries):
        raise DataError(
            Problem(
                Code.SOURCES_DISAGREE,
                "a delivery with links cannot join a log that a notebook saved",
                Place(label),
                cause="such a log does not say what each of its sources brought",
                remedy=f"load its exports into a log folder first: cjmine load FILE… -o {label}/",
            )
        )
    return [folder / one.kept for one in before.deliveries if one.kept is not None]


def check_joins(found: Gathered, earlier: Sequence[KeptSource], label: str) -> None:
    """Raises DataError L123 where what earlier deliveries left out would be needed now."""
    if found.given and any(one.settled is not None for one in earlier):
        raise DataError(
            Problem(
                Code.SOURCES_DISAGREE,
                "this delivery can change of whom earlier cases are, which were kept as decided",
                Place(label),
                cause="a case gets its customer from any of its events; no earlier one was kept",
                remedy=f"load all deliveries at once: cjmine load FILE… -o {label}/",
            )
        )
    without_id = {(one.name, one.format) for one in earlier if one.roles.delivery is None}
    for one in (one.source for one in found.inputs.sources):
        if one.roles.delivery is not None and (one.name, one.format) in without_id:
            raise DataError(
                Problem(
                    Code.SOURCES_DISAGREE,
                    f"the source {one.name} was delivered before without its record ids",
                    Place(one.label),
                    cause="rows that come again cannot be recognised among rows without an id",
                    remedy="declare delivery from the first delivery on, or load all at once:"
                    f" cjmine load FILE… -o {label}/",
                )
            )


@dataclass(frozen=True, slots=True)
class Brought:
    """Files and objects of a delivery, by the place of their source.

    `grown` are the labels of those that begin with all that an earlier delivery had of a file,
    with its number, and `replaced` of those that lie where an earlier one had a file.
    """

    files: dict[int, DeliveredFile]
    grown: dict[str, int]
    replaced: dict[str, int]


def brought(inputs: Inputs, before: Manifest | None) -> Brought:
    """The files and objects among the sources, and what the log knows of them."""
    found, grown, replaced = {}, {}, {}
    had = _with_records(before) if before is not None else {}
    lengths = sorted({size for size, _ in had})
    earlier = before.deliveries if before is not None else ()
    places = {file.place: one.number for one in earlier for file in one.files}
    for place, one in enumerate(inputs.sources):
        label, origin = one.source.label, one.source.origin
        if isinstance(origin, File):
            seen = origin.path.stat()
            *parts, whole = digests_up_to(origin.path, lengths)
            pairs = [key for key in zip(lengths, parts, strict=False) if key[1] != whole]
            where = place_of(origin.path)
            if begins := [had[key] for key in pairs if key in had]:
                grown[label] = begins[-1]
            elif where in places:
                replaced[label] = places[where]
            found[place] = DeliveredFile(label, whole, where, seen.st_size, seen.st_mtime_ns)
        elif isinstance(origin, Rows) and origin.digest is not None:
            where = hashlib.sha256(label.encode()).hexdigest()[:16]
            found[place] = DeliveredFile(label, origin.digest(), where, 0, 0)
    return Brought(found, grown, replaced)


def _with_records(before: Manifest) -> dict[tuple[int, str], int]:
    """The number of the delivery of each file with records, by its size and digest.

    What only a header was is the beginning of many files.
    """
    full = {one.path for one in before.about.sources if one.read}
    return {
        (file.size, file.sha256): one.number
        for one in before.deliveries
        for file in one.files
        if file.path in full
    }


def counted_twice(found: Gathered, known: Brought) -> tuple[Note, ...]:
    """A note where files have other content than before, and records have no id.

    Raises DataError L123 where a file holds an earlier one and more.
    """
    labels = [
        one.source.label
        for one, read in zip(found.inputs.sources, found.reads, strict=True)
        if not read.has(DELIVERY)
    ]
    problems = [
        Problem(
            Code.SOURCES_DISAGREE,
            f"the file begins with all that delivery {known.grown[label]} holds of a file",
            Place(label),
            cause="its first records would be counted twice",
            remedy="bring only what came since, or name the id of its records: delivery ="
            ' "COLUMN" in cjmine.toml',
        )
        for label in labels
        if label in known.grown
    ]
    if problems:
        raise DataError(*problems)
    again = {label: known.replaced[label] for label in labels if label in known.replaced}
    if not again:
        return ()
    numbers = sorted(set(again.values()))
    return (Sentence.OTHER_CONTENT.note(listed(again, 6), listed(map(str, numbers), 6)),)


def place_of(path: Path) -> str:
    """A digest of where a file lies, which does not say where that is."""
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:16]


def without_known(
    inputs: Inputs, files: dict[int, DeliveredFile], before: Manifest | None
) -> tuple[Inputs, tuple[Note, ...]]:
    """The inputs that the log has not, and a note of those that it has."""
    if before is None:
        return inputs, ()
    had = {file.sha256: one.number for one in before.deliveries for file in one.files}
    known = {place: had[file.sha256] for place, file in files.items() if file.sha256 in had}
    notes = tuple(
        Sentence.HAD_BEFORE.note(listed((files[place].path for place in places), 6), number)
        for number in sorted(set(known.values()))
        if (places := [place for place, one in known.items() if one == number])
    )
    for place in known:
        del files[place]
    return inputs.without(set(known), []), notes
