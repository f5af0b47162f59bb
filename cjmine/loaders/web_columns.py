"""Tables and JSON whose records are requests to a web server: what else they say of each request.

They are read by the rules of access logs, so that a log gives the same touchpoints in any form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cjmine.loaders.role_claims import Column
from cjmine.loaders.roles import spelled

_MOST = 0.9
_REQUEST = re.compile(r"(?:[A-Z]{3,16} )?(?:/|https?://)\S*|-")
_AGENT = re.compile(r"(?:^|.* )user ?agent$")
_MAY_BE_AGENT = re.compile(r"(?:^|.* )(?:browser|agent|ua)$")  # or one of a call centre
_PROGRAM = re.compile(r"[\w.-]+/\d|-$")
_ANY = re.compile("")
_STATUS = re.compile(r"(?:^|.* )(?:status|status ?code|response ?code|http ?code|code|response)$")
_BEHIND = re.compile(r"\b(?:origin|upstream|backend|cache)\b")
_CODE = re.compile(r"[1-5]\d\d(?:\.0)?")
_METHOD = re.compile(r"(?:^|.* )(?:method|verb|request ?type)$")
_VERB = re.compile(r"(?i:get|post|head|put|patch|delete|options|connect|trace|propfind|report)")


@dataclass(frozen=True, slots=True)
class WebColumns:
    """The columns of a request besides its page; None where there is none."""

    agent: str | None
    status: str | None
    method: str | None

    def request(self, label: str, spelt: Callable[[str], str]) -> str:
        """The SQL of method and page, from the SQL of the label and that of columns."""
        line = f"regexp_replace({label}, ' HTTP/[0-9.]+$', '')"
        if self.method is not None:
            method = f"upper(coalesce({spelt(self.method)}, ''))"
            is_bare = f"regexp_matches({label}, '^(/|https?://)') AND {method} <> ''"
            line = f"CASE WHEN {is_bare} THEN concat({method}, ' ', {line}) ELSE {line} END"
        return f"regexp_replace({line}, '^GET ', '')"


def web_columns(columns: Sequence[Column], activity: str) -> WebColumns | None:
    """What a table says of requests; None where its activity is no page, or it says nothing more.

    >>> page, agent = Column("path", ("/a", "/b.css")), Column("user_agent", ("Mozilla/5.0",))
    >>> web_columns([page, agent], "path")
    WebColumns(agent='user_agent', status=None, method=None)
    >>> web_columns([page], "path")
    """
    page = next(one for one in columns if one.name == activity)
    if not _most(page, _REQUEST):
        return None
    agents = _called(columns, _AGENT, _ANY) or _called(columns, _MAY_BE_AGENT, _PROGRAM)
    statuses = _called(columns, _STATUS, _CODE)
    methods = _called(columns, _METHOD, _VERB)
    if not agents and not statuses:
        return None
    statuses.sort(key=lambda name: _BEHIND.search(spelled(name)) is not None)
    first = (next(iter(names), None) for names in (agents, statuses, methods))
    return WebColumns(*first)


def _called(columns: Sequence[Column], name: re.Pattern[str], value: re.Pattern[str]) -> list[str]:
    """The columns whose name and values are such."""
    return [one.name for one in columns if name.match(spelled(one.name)) and _most(one, value)]


def _most(column: Column, shape: re.Pattern[str]) -> bool:
    values = [one.strip() for one in column.samples[:200]]
    return bool(values) and sum(map(bool, map(shape.match, values))) >= _MOST * len(values)
