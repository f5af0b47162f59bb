"""The frames of HTML pages: Jinja2 templates, which escape whatever is no finished markup."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


def filled(name: str, **values: object) -> str:
    """The page of a template; finished parts come as Markup, everything else is escaped.

    Raises jinja2's UndefinedError where the template names a value that is not given.
    """
    return _environment().get_template(f"{name}.html").render(values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("cjmine.reporters", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
