"""The page of a drop-off: the curves, the same as figures, and where journeys are left."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters.dropoff.sections import in_figures, left, segments
from cjmine.reporters.dropoff.words import headline
from cjmine.reporters.html.markup import head, label, paragraph, section
from cjmine.reporters.language import Language
from cjmine.reporters.svg import element
from cjmine.results.dropoff import Dropoff

CONTENTS = ("dropoff.horizons", "dropoff.steps")


def title(found: Dropoff, language: Language) -> str:
    """The title of the page."""
    name = language.say("dropoff.title")
    return f"{name}: {found.journey}" if found.journey else name


def body(found: Dropoff, language: Language) -> Markup:
    """The sections of the page: the picture first."""
    parts = [
        head(language, title(found, language), element("p", label(headline(found, language)))),
        section(
            language,
            "dropoff.horizons",
            *in_figures(found, language),
            *segments(found, language),
            paragraph(language, "dropoff.method"),
        ),
        section(language, "dropoff.steps", *left(found, language)),
    ]
    return Markup("\n").join(parts)
