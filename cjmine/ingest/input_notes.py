"""What was taken to be so about the inputs, and what makes them look incomplete."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cjmine.errors import Code, Note, listed
from cjmine.loaders.roles import column_label
from cjmine.loaders.sniff import Sniffed


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
            text = f"{label}: {group[0].inspection.description}; {', '.join(roles)}"
            notes.append(Note(Code.SNIFFED, text))
        notes += dict.fromkeys(note for one in group for note in one.inspection.notes)
        for doubt in _doubts(group):
            notes.append(Note(Code.CUT_OFF, f"{label}: {doubt}"))
        if dropped:
            notes.append(
                Note(
                    Code.COLUMNS_DROPPED,
                    f"{label}: not read: {listed(map(column_label, dropped), 8)}",
                )
            )
    return notes
