"""One result as a page."""

from __future__ import annotations

from importlib import import_module

from cjmine.reporters import html
from cjmine.reporters.formats import Asked
from cjmine.reporters.html.report import Basis, Made, Report
from cjmine.reporters.registry import subject_of
from cjmine.reporters.result import Reported
from cjmine.results.check import Check
from cjmine.results.compare import Compared
from cjmine.results.discovery import Discovery
from cjmine.results.portfolio import Portfolio
from cjmine.version import VERSION


def render(found: Reported, asked: Asked) -> str:
    """A result as a page that says how it was made; ends without a line feed.

    A subject with a page of its own has a module `page` with its title, the names of its headings
    but the first, and its sections; what they rest on comes after them.
    """
    made = asked.made or Made("", VERSION)
    if isinstance(found, Check):
        return html.render(Report(found, None, made), asked.lang).rstrip("\n")
    if isinstance(found, Discovery):
        return html.render(Report(None, found, made), asked.lang).rstrip("\n")
    page = import_module(f"cjmine.reporters.{subject_of(found).value}.page")
    language = asked.language.about(found.privacy)
    file = found.file if isinstance(found, Portfolio) else found.journey_file
    basis = Basis(found.log, found.sources, found.notes, found.privacy, made, file or None)
    contents, title = [*page.CONTENTS], page.title(found, language)
    sections = [page.body(found, language)]
    if isinstance(found, Compared) and asked.sides is not None:
        from cjmine.reporters.comparison import maps

        contents.append(maps.MAPS)
        sections.append(maps.render(found, asked.sides, language))
    contents += html.ON_THE_BASIS
    return html.framed(title, sections, contents, basis, language).rstrip("\n")
