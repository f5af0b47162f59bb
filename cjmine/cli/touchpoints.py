"""`cjmine touchpoints`: what raw labels there are, and rules that name them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli import options
from cjmine.cli.command import Without, command
from cjmine.cli.logs import as_the_project_says
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, remark, say_notes, screen_width
from cjmine.ingest.source_options import SourceOptions
from cjmine.reporters.escaping import visible
from cjmine.reporters.formats import TextOrJson
from cjmine.reporters.language import Lang
from cjmine.shown_paths import shown_path
from cjmine.verbs.settings import TouchpointSettings


@command
def touchpoints(
    *,
    files: options.Sources = None,
    settings: TouchpointSettings,
    form: options.SimpleFormat = TextOrJson.TEXT,
    lang: options.Language = Lang.EN,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write the proposed rules (TOML) here."
        ),
    ] = None,
    sources: Annotated[SourceOptions, Without("max_rejects")],
) -> None:
    """List raw labels by volume, what names each, and propose rules for the rest.

    Labels of few customers are counted and never shown; nothing is kept.

    Example: cjmine touchpoints sample_logs
    """
    from cjmine.disclosure.shown import rounded
    from cjmine.ingest.inputs import find_inputs
    from cjmine.output import write_text
    from cjmine.reporters.language import language
    from cjmine.reporters.terminal import Screen
    from cjmine.reporters.touchpoints import proposals_text, render
    from cjmine.results.codec import to_json
    from cjmine.touchpoints.find import find_touchpoints

    with progress_bar() as progress:
        inputs = find_inputs(files or [], sources.flags(), progress)
        if output is not None:
            options.spare([one.source.path for one in inputs.sources], [output])
        found = find_touchpoints(inputs, settings.min_group, progress)
    found = rounded(found, as_the_project_says(settings, files, sources).policy)
    say_notes(inputs.notes, lang)
    if form is TextOrJson.JSON:
        put(to_json(found) + "\n")
    else:
        put(render(found, settings.listed, Screen(language(lang), screen_width())))
    if output is not None:
        write_text(output, proposals_text(found, language(lang)))
        rules = sum(len(one.proposals) for one in found.sources)
        remark(f"wrote {visible(shown_path(output))}: {rules} rules")
