"""The portfolio file, `portfolio.yaml`: what people declare of all journeys together.

The language is described in docs/portfolio.md; its JSON Schema lies beside this module.
"""

from __future__ import annotations

import re
from pathlib import Path

from cjmine.errors import Code
from cjmine.ideal.declared_text import Words, read_text
from cjmine.ideal.yaml_compose import compose
from cjmine.ideal.yaml_nodes import Problems, Table, items, names, table
from cjmine.portfolio.consistency import check_names
from cjmine.portfolio.declared import DeclaredPortfolio, Entry
from cjmine.portfolio.keys import ENTRY, JOURNEY, PORTFOLIO, TEMPLATE
from cjmine.portfolio.read_entries import Places, read_entry
from cjmine.portfolio.read_reasons import NamedReason, read_reasons
from cjmine.regular_files import regular

_LOOKED_AT = 1_000_000
_LIFE_CYCLE = re.compile(rb"^[\s{]*[\"']?lifecycle[\"']?\s*:", re.MULTILINE)


def read_portfolio(path: Path, label: str) -> DeclaredPortfolio:
    """Read a portfolio file; `label` is what messages call it.

    Raises
    ------
    UsageError
        With all problems of the file, each with line and position (J101, J104 to J110).
    """
    words = Words("portfolio", "check the name; docs/portfolio.md shows a first one")
    return parse_portfolio(read_text(path, label, words), label)


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
    """The portfolio that a text declares. Raises UsageError as `read_portfolio` does.

    >>> found = parse_portfolio("{lifecycle: [Use], journeys: [{journey: bill.yaml}]}", "x")
    >>> found.entries[0].name, found.entries[0].status.value
    ('bill', 'live')
    """
    problems = Problems(label)
    root = compose(text.removeprefix("\ufeff"), problems)
    problems.raise_all()
    assert root is not None
    found = table(root, PORTFOLIO, problems)
    problems.raise_all() if found is None else None
    assert found is not None
    for needed in PORTFOLIO.needed:
        if found.get(needed) is None:
            problems.add(Code.JOURNEY_MISSING, found.at, f'the file needs "{needed}"')
    entry = found.get("lifecycle")
    phases = names(entry.value, "lifecycle", problems) if entry else ()
    entries, places = _entries(found, problems)
    reasons = _reasons(found, problems)
    check_names(phases, entries, places, reasons, problems)
    problems.raise_all()
    return DeclaredPortfolio(
        tuple(one.name for one in phases),
        tuple(entries),
        tuple(one.reason for one in reasons),
        label,
    )


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
        for needed in kind.needed:
            if keys.get(needed) is None:
                problems.add(Code.JOURNEY_MISSING, keys.at, f'{kind.what} needs "{needed}"')
        read = read_entry(keys, problems)
        if read is not None:
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
