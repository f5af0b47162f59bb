"""`cjmine classify`: labels for mail subjects and wrap-up texts, learnt from a sample."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cjmine.cli import options
from cjmine.cli.command import command
from cjmine.cli.screen import put, remark
from cjmine.reporters.escaping import visible
from cjmine.reporters.formats import TextOrJson
from cjmine.reporters.language import Lang
from cjmine.shown_paths import shown_path

app = typer.Typer(no_args_is_help=True, help="Learn labels of short texts, and apply them.")

_TEXT = typer.Option(metavar="COLUMN", help="Column of the text.")
_BELOW = typer.Option(min=0, max=1, help="Confidence under which a text is unsure.")


@app.callback()
def _classify() -> None:
    """Learn labels of short texts, and apply them."""


@app.command("train")
@command
def train(
    *,
    sample: Annotated[Path, typer.Argument(metavar="SAMPLE", help="A CSV file of labelled texts.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Where the classifier goes.")
    ],
    text: Annotated[str, _TEXT] = "text",
    label: Annotated[str, typer.Option(metavar="COLUMN", help="Column of the label.")] = "label",
    test: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Texts to measure on; else one in five is kept back."),
    ] = None,
    below: Annotated[float | None, _BELOW] = None,
    form: options.SimpleFormat = TextOrJson.TEXT,
    lang: options.Language = Lang.EN,
) -> None:
    """Learn labels from a sample, and say how good they are on texts that were kept back.

    The classifier holds numbers and the names of the labels, no text. Needs: pip install
    'cjmine[classify]'.

    Example: cjmine classify train subjects.csv --text subject --label topic -o subjects.classifier
    """
    from cjmine.classifier.model import UNSURE_BELOW, write_classifier
    from cjmine.output import write_whole
    from cjmine.reporters.language import language
    from cjmine.reporters.training import render
    from cjmine.results.codec import to_json
    from cjmine.verbs.classify import read_sample, train_on

    options.spare([sample, *([test] if test else [])], [output])
    limit = UNSURE_BELOW if below is None else below
    measured = None if test is None else read_sample(test, text, label)
    trained = train_on(read_sample(sample, text, label), sample, measured, limit)
    write_whole(output, lambda temporary: write_classifier(trained.model, temporary))
    found = trained.result
    put(to_json(found) + "\n" if form is TextOrJson.JSON else render(found, language(lang)))
    remark(f"wrote {visible(shown_path(output))}: {len(trained.model.labels)} labels")


@app.command("apply")
@command
def apply(
    *,
    classifier: Annotated[Path, typer.Argument(metavar="CLASSIFIER", help="A trained classifier.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file of texts.")],
    text: Annotated[str, _TEXT] = "text",
    below: Annotated[float | None, _BELOW] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the labels here.")
    ] = None,
) -> None:
    """Label the texts of a file: row, label (empty: unsure) and confidence, never the text.

    In a load the same is declared in cjmine.toml, under [[classify]].

    Example: cjmine classify apply subjects.classifier mails.csv --text subject
    """
    from cjmine.output import write_text
    from cjmine.verbs.classify import apply_to, read_sample

    if output is not None:
        options.spare([classifier, file], [output])
    labels = apply_to(classifier, read_sample(file, text, None), below)
    if output is None:
        put(labels)
    else:
        write_text(output, labels)
        remark(f"wrote {visible(shown_path(output))}")
