"""What was taken to be so about the inputs, and what makes them look incomplete."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cjmine.errors import Note, listed
from cjmine.loaders.roles import column_label
from cjmine.loaders.sniff import Sniffed
from cjmine.sentences import Sentence


def _doubts(group: Sequence[Sniffed]) -> tuple[str, ...]:
    """Why files of a group look cut off, each reason once."""
    return tuple(dict.fromkeys(doubt for one in group for doubt in one.inspection.doubts))


def assumptions(found: Sequence[Sniffed]) -> list[Note]:
    """What was taken to be so; files of one folder that are read alike share a note."""
    alike: dict[tuple[Path, str, bool, tuple[str, ...], tuple[str, ...]], list[Sniffed]] = {}
    for one in found:
        roles = tuple(f"{row.role}: {row.column}" for row in one.inspection.found)
        key = (
            Path(one.source.label).parent,
            one.source.format,
            one.assumed,
            roles,
            one.inspection.dropped,
        )
        alike.setdefault(key, []).append(one)
    notes = []
    for (_, _, assumed, roles, dropped), group in alike.items():
        first = group[0].source.label
        label = first if len(group) == 1 else f"{first} and {len(group) - 1:,} like it"
        if assumed:
            described = group[0].inspection.description
            notes.append(Sentence.TAKEN_FOR.note(label, described, ", ".join(roles)))
        notes += dict.fromkeys(note for one in group for note in one.inspection.notes)
        for doubt in _doubts(group):
            notes.append(Sentence.LOOKS_CUT_OFF.note(label, doubt))
        if dropped:
            unread = listed(map(column_label, dropped), 8)
            notes.append(Sentence.COLUMNS_NOT_READ.note(label, unread))
    return notes
