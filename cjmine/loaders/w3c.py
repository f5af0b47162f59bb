"""Logs in the W3C extended format: what a line holds is declared by the last `#Fields:` line above.

Directives may come again in the middle of a file, with other fields. So the file is first looked
through for its directives; each stretch between them is read by its own layout. Times are UTC.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cjmine.errors import Code, DataError, Place, Problem, listed
from cjmine.loaders.connections import quote_text
from cjmine.loaders.head import Head
from cjmine.loaders.loader import Inspection, Opened, Recognition, RoleFound
from cjmine.loaders.unpacking import look_ahead
from cjmine.loaders.w3c_layouts import Layout, layouts
from cjmine.loaders.web_requests import open_requests
from cjmine.sources import Identifier, Kind, Source, TimeColumn

_ADDRESSES = re.compile(
    r"(?i)c-ip|(?:cs\()?(?:x-forwarded-for|forwarded|\S*client-ip|x-real-ip)\)?"
)
_KEY = "x-edge-request-id"
_LOCAL = "date-local"
_UNCERTAIN = 0.6


@dataclass(frozen=True, slots=True)
class W3cLoader:
    """Reads one kind of W3C log.

    `sign` separates the fields, and `needed` must all be declared for a file to be of this kind.
    `any_form` takes other logs of that form too, to say why they are not read.
    """

    name: str
    title: str
    sign: str
    needed: tuple[str, ...]
    verified: bool = True
    any_form: bool = False

    def recognise(self, head: Head) -> Recognition | None:
        """By the fields that the first `#Fields:` line declares."""
        found = re.search(r"^#Fields:[ \t]*(.*)$", head.text, re.IGNORECASE | re.MULTILINE)
        if found is None or not head.text.lstrip("\ufeff").startswith("#"):
            return None
        fields = found[1].split()
        line = re.search(r"^[^#\s].*", head.text, re.MULTILINE)
        tabbed = "\t" in line[0] if line else "cs(Host)" in fields
        if tabbed != (self.sign == "\t"):
            return None
        if any(name not in fields for name in self.needed) or _LOCAL in fields:
            # Another log in the same form: opening it says what it lacks.
            return Recognition(_UNCERTAIN, "a #Fields: line") if self.any_form else None
        return Recognition(1.0, f"#Fields: with {', '.join(self.needed)}")

    def open(self, source: Source, head: Head) -> Opened:
        """The roles are given by the format; who the customer is can be declared."""
        look_ahead(source.path, source.label, head.most_bytes)
        every = layouts(source.path, source.label)
        known = {name for layout in every for name in layout.fields}
        self._check(known, Place(source.label, every[0].line))
        declared = source.roles
        customer = declared.customer or Identifier("c-ip", Kind.IP)
        if customer.kind is Kind.CUSTOMER and _ADDRESSES.fullmatch(customer.column):
            customer = replace(customer, kind=Kind.IP)
        for one in (customer, *declared.links):
            if _place(one.column)[0] not in known:
                raise DataError(
                    Problem(
                        Code.COLUMN_MISSING,
                        f'the log has no field "{one.column}"',
                        Place(source.label, every[0].line),
                        cause=f"the fields are: {listed(sorted(known), 30)}",
                        remedy="a cookie in cs(Cookie) is named cookie:NAME",
                    )
                )
        roles = replace(
            declared,
            time=TimeColumn(("time",)),
            activity="cs-uri-stem",
            customer=customer,
            channel=declared.channel or "web",
        )
        because = "declared" if declared.customer else "the only identifier in every line"
        found = (
            RoleFound(f"customer ({customer.kind})", customer.column, because),
            RoleFound("time", "date time", "the format: UTC"),
            RoleFound("activity", "cs-uri-stem", "the path of the request, without its query"),
        )
        several = "" if len(every) == 1 else f", {len(every)} layouts"
        unverified = "" if self.verified else "; unverified: not yet tried on a real export"
        dropped = ("query strings", "referrer", "user agent (tells bots, then dropped)")
        given = frozenset(("time", "activity"))
        title = f"{self.title}{several}{unverified}"
        inspection = Inspection(title, roles, found, dropped, given)
        return open_requests(
            source,
            head,
            inspection,
            lambda scan, asked: _query(scan, every, self.sign, asked),
            by_line=len(every) == 1,
        )

    def _check(self, known: set[str], place: Place) -> None:
        """Raises DataError L122 for a log in this form that is none of web requests in UTC."""
        missing = [name for name in self.needed if name not in known]
        if _LOCAL in known:
            message = "this is IIS Advanced Logging, which is not read"
            cause = f"its times are local ({_LOCAL}), and it does not say of which zone"
            remedy = "use the W3C log of the site, which is in UTC"
        elif missing:
            message = "this is a log in the W3C extended format, but none of web requests"
            cause = f"it has no field {listed(missing)}"
            remedy = "switch these fields on, if it is the log of a web server"
        else:
            return
        raise DataError(Problem(Code.LOG_FORMAT, message, place, cause, remedy))


def _query(scan: str, every: Sequence[Layout], sign: str, source: Source) -> str:
    """Parts by splitting at the sign; where that does not fit, with regard to quotes."""
    widths = _by_layout([str(len(layout.fields)) for layout in every])

    def field(name: str) -> str:
        return _by_layout(
            [
                f"nullif(parts[{layout.fields.index(name) + 1}], '-')"
                if name in layout.fields
                else "NULL::VARCHAR"
                for layout in every
            ]
        )

    assert source.roles.customer is not None
    who = [source.roles.customer, *source.roles.links]
    names = ["customer", *(f"link{place}" for place in range(len(source.roles.links)))]
    customer = ", ".join(
        f"{_identifier(field, one.column)} AS {name}" for one, name in zip(who, names, strict=True)
    )
    key = f"coalesce({field(_KEY)}, line)"
    known = any(_KEY in layout.fields for layout in every)
    delivery = f" md5_number_lower({key}) AS delivery," if known else ""
    day = _by_layout(
        [
            "parts[" + str(layout.fields.index("date") + 1) + "]"
            if "date" in layout.fields
            else quote_text(layout.day) if layout.day else "NULL::VARCHAR"
            for layout in every
        ]
    )  # fmt: skip
    clock = f"coalesce(' ' || {field('time')}, {_by_layout(_midnight(every))})"
    stem, method = field("cs-uri-stem"), field("cs-method")
    least = _by_layout([str(_least(layout)) for layout in every])
    number = "row_number() OVER ()" if len(every) > 1 else "0"
    starts = [layout.line for layout in every]
    layout = "CASE " + " ".join(
        f"WHEN number < {start} THEN {place}" for place, start in enumerate(starts[1:])
    ) + f" ELSE {len(every) - 1} END" if len(every) > 1 else "0"  # fmt: skip
    quoted = f"""regexp_extract_all(line, '(?:[^"{sign} ]|"[^"]*")+')"""
    return f"""
        SELECT file, coalesce(trim(line), '') = '' OR line[1] = '#' AS blank, {customer},{delivery}
               epoch_us(TRY_CAST({day} || {clock} AS TIMESTAMP)) AS time,
               CASE WHEN {method} IS NULL THEN {stem}
                    WHEN regexp_full_match({method}, '[A-Z_]+') THEN {method} || ' ' || {stem}
                    ELSE '' END AS request,
               coalesce({field("sc-status")}, '') AS status,
               coalesce({field("cs(User-Agent)")}, '') AS agent,
               coalesce(len(parts) BETWEEN {least} AND {widths}, false) AS shaped
        FROM (SELECT file, line, layout,
                     CASE WHEN len(parts) > {widths} THEN {quoted} ELSE parts END AS parts
              FROM (SELECT file, line, {layout} AS layout,
                           string_split(rtrim(line, ' \t\r'), {quote_text(sign)}) AS parts
                    FROM (SELECT file_index AS file, line, {number} AS number FROM {scan})))
    """


def _by_layout(each: Sequence[str]) -> str:
    """SQL that depends on the layout, plain where it does not."""
    if len(set(each)) == 1:
        return each[0]
    cases = " ".join(f"WHEN {place} THEN {sql}" for place, sql in enumerate(each))
    return f"CASE layout {cases} END"


def _midnight(every: Sequence[Layout]) -> list[str]:
    """The clock where no field has one: midnight; NULL where a field has it."""
    return ["NULL::VARCHAR" if "time" in layout.fields else "''" for layout in every]


def _least(layout: Layout) -> int:
    """How many parts a line must have at least: those that an event is made of."""
    made_of = ("date", "time", "c-ip", "cs-method", "cs-uri-stem", "sc-status")
    return max(layout.fields.index(name) for name in made_of if name in layout.fields) + 1


def _place(column: str) -> tuple[str, str | None]:
    """The field that holds an identifier, and the name of the cookie in it."""
    name, _, cookie = column.partition(":")
    return ("cs(Cookie)", cookie) if name == "cookie" and cookie else (column, None)


def _identifier(field: Callable[[str], str], column: str) -> str:
    """The SQL of an identifier; of the analytics cookie the part that the analytics export has."""
    name, cookie = _place(column)
    if cookie is None:
        return field(name)
    # Cookies are separated by a blank: as it is, as + (IIS), or as %20 (CloudFront).
    pattern = rf"(?:^|[;+ ]|%20){re.escape(cookie)}=([^;+ %]*)"
    value = f"regexp_extract({field(name)}, {quote_text(pattern)}, 1)"
    if cookie == "_ga":
        value = rf"regexp_extract({value}, '^GA\d\.\d\.(\d+\.\d+)$', 1)"
    return f"nullif({value}, '')"
