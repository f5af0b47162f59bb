"""A column names the customer or is kept as it is, never both: its values would stay readable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cjmine.errors import Code, Place, PrivacyError, Problem
from cjmine.loaders.roles import column_label
from cjmine.loaders.sniff import Sniffed
from cjmine.sources import Roles


def check_roles_apart(found: Iterable[Sniffed]) -> None:
    """Raises PrivacyError P107 where a column is an identifier and a label, attribute or time."""
    problems = [
        Problem(
            Code.IDENTIFIER_KEPT,
            f'"{column_label(column)}" is {who}, and would be kept as {what} too',
            Place(one.source.label),
            cause="tokens and the identifiers that they replace would be side by side",
            remedy="name two columns, or leave it out of what is kept",
        )
        for one in found
        for column, who in identifying(one.source.roles).items()
        for kept, what in _kept(one.source.roles)
        if column == kept
    ]
    if problems:
        raise PrivacyError(*problems)


def identifying(roles: Roles) -> Mapping[str, str]:
    """The columns that identify a customer, each with what it is."""
    found = {link.column: "a further identifier" for link in roles.links}
    found |= {} if roles.delivery is None else {roles.delivery: "the id of a record"}
    found |= {} if roles.case is None else {roles.case: "the case"}
    return found | ({} if roles.customer is None else {roles.customer.column: "the customer"})


def _kept(roles: Roles) -> list[tuple[str, str]]:
    found = [(roles.activity, "the activity"), (roles.channel_column, "the channel")]
    found += [(column, "an attribute") for column in roles.keep]
    found += [(column, "the time") for column in (roles.time.columns if roles.time else ())]
    return [(column, what) for column, what in found if column is not None]
