"""The cells of the tables of contacts that are more than a value, for summaries and pages."""

from __future__ import annotations

from typing import Any

from cjmine.reporters.contact.words import (
    again_after,
    amount,
    excess,
    group_name,
    money,
    ratio,
    type_name,
    word,
)
from cjmine.reporters.language import Language
from cjmine.results.contact import AgainRow, BeforeRow, Contact, ContactGroup, TypeRow


def cell(key: str, row: Any, found: Contact, language: Language) -> str | None:
    """A cell as text, by the key of its column and its row; None where it is a plain value."""
    match key, row:
        case "type", TypeRow():
            return type_name(row.type, language)
        case "expected_said", TypeRow():
            return amount(row.expected, language)
        case "excess_said", TypeRow():
            return excess(row, language)
        case "cost_said", TypeRow() | ContactGroup():
            return money(row.cost, found.currency, language)
        case "name", ContactGroup():
            return group_name(row, language)
        case "ratio_said", BeforeRow():
            return ratio(row, language)
        case "verdict_said", BeforeRow():
            return word(row, language)
        case "after", AgainRow():
            return again_after(row.after, language)
        case "within_said", AgainRow():
            return language.seconds(row.within_seconds)
    return None
