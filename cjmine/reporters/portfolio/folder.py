"""A portfolio as a folder: its page, and the report of each journey beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cjmine.reporters import html
from cjmine.reporters.file_names import file_names
from cjmine.reporters.html.insights import INSIGHTS
from cjmine.reporters.html.report import Basis, Made, Report
from cjmine.reporters.language import Lang, language
from cjmine.reporters.portfolio import page
from cjmine.reporters.portfolio.heard import heard
from cjmine.results.portfolio import Portfolio

INDEX = "index.html"


def folder(
    found: Portfolio, reports: Mapping[str, Report], made: Made, lang: Lang, unheard: int = 0
) -> Iterator[tuple[str, str]]:
    """The files by their names; every page links to the others and to nothing else.

    `unheard` are the insights that no report shows: the page says how many.
    """
    journeys = tuple(reports)
    names = dict(zip(journeys, file_names(journeys, ".html", [INDEX]), strict=True))
    words = language(lang).about(found.privacy)
    basis = Basis(found.log, found.sources, found.notes, found.privacy, made, found.file)
    contents = [*page.CONTENTS, *html.ON_THE_BASIS]
    sections = [page.body(found, words, names)]
    said = {name: one.heard for name, one in reports.items() if one.heard is not None}
    if said or unheard:
        sections.append(heard(said, names, unheard, words))
        contents.insert(len(page.CONTENTS), INSIGHTS)
    yield INDEX, html.framed(page.title(found, words), sections, contents, basis, words)
    for name, report in reports.items():
        yield names[name], html.render(report, lang, above=INDEX)
