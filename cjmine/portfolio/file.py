"""The portfolio file, `portfolio.yaml`: what people declare of all journeys together.

The language is described in docs/portfolio.md; its JSON Schema lies beside this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from cjmine.errors import Code
from cjmine.ideal.declared_text import Words, read_text
from cjmine.ideal.file_kinds import FileKind, refuse_another
from cjmine.ideal.yaml_compose import compose
from cjmine.ideal.yaml_nodes import Problems, Table, check_needed, items, names, table
from cjmine.portfolio.consistency import check_names
from cjmine.portfolio.declared import DeclaredPortfolio, Entry
from cjmine.portfolio.keys import ENTRY, JOURNEY, PORTFOLIO, TEMPLATE
from cjmine.portfolio.read_entries import Places, read_entry
from cjmine.portfolio.read_reasons import NamedReason, read_reasons
from cjmine.regular_files import regular

_LOOKED_AT = 1_000_000
_LIFE_CYCLE = re.compile(rb"^[\s{]*[\"']?lifecycle[\"']?\s*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ReadPortfolio:
    """A portfolio as far as it can be read, and what is wrong with it."""

    declared: DeclaredPortfolio
    problems: Problems


def read_portfolio(path: Path, label: str) -> DeclaredPortfolio:
    """Read a portfolio file; `label` is what messages call it.

    Raises
    ------
    UsageError
        With all problems of the file, each with line and position (J101, J104 to J110).
    """
    read = portfolio_as_read(path, label)
    read.problems.raise_all()
    return read.declared


def portfolio_as_read(path: Path, label: str) -> ReadPortfolio:
    """Read a portfolio file as `read_portfolio` does, and keep its problems for others to join.

    Raises
    ------
    UsageError
        J104 where the file cannot be read, J106 where it is no portfolio at all.
    """
    words = Words("portfolio", "check the name; docs/portfolio.md shows a first one")
    return _read(read_text(path, label, words), label)


def declares_portfolio(path: Path) -> bool:
    """Whether a file is a portfolio and no journey file: it has a life cycle.

    False for what cannot be read, which its reader then says.
    """
    try:
        with regular(path).open("rb") as file:
            return _LIFE_CYCLE.search(file.read(_LOOKED_AT)) is not None
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return False


def parse_portfolio(text: str, label: str) -> DeclaredPortfolio:
    """The portfolio that a text declares. Raises UsageError with all problems of the text.

    >>> found = parse_portfolio("{lifecycle: [Use], journeys: [{journey: bill.yaml}]}", "x")
    >>> found.entries[0].name, found.entries[0].status.value
    ('bill', 'live')
    """
    read = _read(text, label)
    read.problems.raise_all()
    return read.declared


def _read(text: str, label: str) -> ReadPortfolio:
    problems = Problems(label)
    root = compose(
        text.removeprefix("\ufeff"), problems, "cjmine init --portfolio LOG writes a first one"
    )
    problems.raise_all()
    assert root is not None
    refuse_another(root, FileKind.PORTFOLIO, problems)
    found = table(root, PORTFOLIO, problems)
    problems.raise_all() if found is None else None
    assert found is not None
    check_needed(found, PORTFOLIO, problems)
    entry = found.get("lifecycle")
    phases = names(entry.value, "lifecycle", problems) if entry else ()
    entries, places = _entries(found, problems)
    reasons = _reasons(found, problems)
    check_names(phases, entries, places, reasons, problems)
    declared = DeclaredPortfolio(
        tuple(one.name for one in phases),
        tuple(entries),
        tuple(one.reason for one in reasons),
        label,
    )
    return ReadPortfolio(declared, problems)


def _entries(found: Table, problems: Problems) -> tuple[list[Entry], list[Places]]:
    listed = found.get("journeys")
    entries, places = [], []
    for node in items(listed.value, "journeys", problems) if listed else ():
        keys = table(node, ENTRY, problems)
        if keys is None:
            continue
        is_template = keys.get("template") is not None
        kind = TEMPLATE if is_template else JOURNEY
        for one in keys.entries:
            if one.key not in kind.names:
                message = f'the key "{one.key}" is for {"journeys" if is_template else "templates"}'
                problems.add(Code.JOURNEY_CONFLICT, one.at, message)
        check_needed(keys, kind, problems)
        read = read_entry(keys, problems)
        entries.append(read.entry)
        places.append(read.places)
    return entries, places


def _reasons(found: Table, problems: Problems) -> list[NamedReason]:
    entry = found.get("reasons")
    return list(read_reasons(entry.value, problems)) if entry else []


def beside(portfolio: DeclaredPortfolio, entry: Entry) -> Path:
    """Where the journey file of an entry is: beside the portfolio file."""
    assert entry.file is not None
    return Path(portfolio.file).parent / entry.file
