"""One module a format; the module is imported when its format is asked for."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from cjmine.reporters import csv
from cjmine.reporters.formats import (
    CheckFormat,
    CheckTable,
    Format,
    Table,
    check_format_of,
    format_of,
)
from cjmine.reporters.language import Lang, language
from cjmine.results.check import Check
from cjmine.results.codec import to_json
from cjmine.results.discovery import Discovery

if TYPE_CHECKING:
    from cjmine.reporters.html.report import Made

__all__ = ["check_format_of", "format_of", "render", "render_check"]


def render(
    found: Discovery,
    form: Format,
    table: Table = Table.ACTIVITIES,
    made: Made | None = None,
    lang: Lang = Lang.EN,
) -> str:
    """A discovery in one format, ending with a line feed.

    Only CSV holds a single table; `made` lets HTML say how to make it again. CSV and JSON are in
    no language.
    """
    if form is Format.HTML:
        return _page(None, found, made, lang)
    if form is Format.JSON:
        return f"{to_json(found)}\n"
    if form is Format.CSV:
        return f"{csv.of_discovery(found, table)}\n"
    module = importlib.import_module(f"cjmine.reporters.{form.value}")
    return f"{module.render(found, language(lang))}\n"


def render_check(
    found: Check,
    form: CheckFormat,
    table: CheckTable = CheckTable.STEPS,
    examples: int = 1,
    made: Made | None = None,
    lang: Lang = Lang.EN,
) -> str:
    """A check in one format, ending with a line feed.

    Only CSV holds a single table; `examples` says how many the text draws; `made` lets HTML say
    how to make it again. Annotations and JUnit are in English, CSV and JSON in no language.
    """
    if form is CheckFormat.HTML:
        return _page(found, None, made, lang)
    if form is CheckFormat.JSON:
        return f"{to_json(found)}\n"
    if form is CheckFormat.CSV:
        return f"{csv.of_check(found, table)}\n"
    module = importlib.import_module(f"cjmine.reporters.check.{form.value}")
    match form:
        case CheckFormat.TEXT:
            return f"{module.render(found, language(lang), examples)}\n"
        case CheckFormat.MARKDOWN:
            return f"{module.render(found, language(lang))}\n"
        case _:
            return f"{module.render(found)}\n"


def _page(checked: Check | None, found: Discovery | None, made: Made | None, lang: Lang) -> str:
    from cjmine.reporters.html import render as page
    from cjmine.reporters.html.report import Made, Report
    from cjmine.version import VERSION

    return page(Report(checked, found, made or Made("", VERSION)), lang)
