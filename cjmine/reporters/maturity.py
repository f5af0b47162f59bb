"""How far an organisation is, as text, Markdown and JSON; and the questions to people."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cjmine.maturity.declared import Line, Question, Stage
from cjmine.reporters.escaping import columns, markdown, visible
from cjmine.reporters.formats import WordsOrJson
from cjmine.reporters.language import Language, capitalised
from cjmine.reporters.terminal import Screen
from cjmine.results.codec import to_json
from cjmine.results.maturity import DatedFile, EvidenceRow, LineRow, Maturity

_REACHED, _APART, _OPEN = "✓", "○", "·"


def render(found: Maturity, form: WordsOrJson, screen: Screen) -> str:
    """The result in a format; ends without a line feed."""
    match form:
        case WordsOrJson.JSON:
            return to_json(found)
        case WordsOrJson.MARKDOWN:
            return "\n".join(_markdown(found, screen.language))
        case WordsOrJson.TEXT:
            return "\n".join(_text(found, screen))


def questions_text(language: Language) -> str:
    """A first `maturity.yaml`: every question with what it says, answered with no."""
    lines = [f"# {language.say('maturity.questions')}"]
    for line in Line:
        lines += ["", f"# {language.say(f'maturity.line-{line}')}"]
        for one in Question:
            if one.line is line:
                lines.append(f"{one}: no  # {language.say(f'maturity.question-{one}')}")
    return "\n".join(lines)


def _text(found: Maturity, screen: Screen) -> Iterator[str]:
    language = screen.language
    say = language.say
    yield from screen.wrapped(_title(found, language), "")
    yield ""
    names = [say(f"maturity.line-{one.line}") for one in found.lines]
    heads = [say(f"maturity.stage-{one}") for one in Stage]
    wide = max(map(columns, names))
    yield f"{'':{wide}}  {'  '.join(heads)}"
    for name, one in zip(names, found.lines, strict=True):
        marks = "  ".join(
            f"{mark:^{columns(head)}}" for mark, head in zip(_marks(one), heads, strict=True)
        )
        yield f"{name:{wide}}  {marks}".rstrip()
    if any(_APART in _marks(one) for one in found.lines):
        yield from screen.wrapped(say("maturity.apart", mark=_APART), "  ")
    for one in found.lines:
        yield ""
        yield capitalised(say(f"maturity.line-{one.line}"))
        for row in found.evidence:
            if row.line is one.line:
                yield from screen.wrapped(f"  {_evidence(row, language, visible)}", " " * 6)
    yield ""
    yield say("maturity.said")
    yield from (f"  {one}" for one in _said(found, language))
    yield ""
    yield from screen.wrapped(_next(found, language), "  ")


def _markdown(found: Maturity, language: Language) -> Iterator[str]:
    say = language.say
    yield from (f"# {_title(found, language)}", "")
    yield f"| | {' | '.join(say(f'maturity.stage-{one}') for one in Stage)} |"
    yield f"|---|{':-:|' * len(Stage)}"
    for one in found.lines:
        yield f"| {say(f'maturity.line-{one.line}')} | {' | '.join(_marks(one))} |"
    if any(_APART in _marks(one) for one in found.lines):
        yield from ("", say("maturity.apart", mark=_APART))
    for one in found.lines:
        yield from ("", f"## {capitalised(say(f'maturity.line-{one.line}'))}", "")
        for row in found.evidence:
            if row.line is one.line:
                yield f"- {_evidence(row, language, markdown)}"
    yield from ("", f"## {say('maturity.said')}", "")
    yield from (f"- {one}" for one in _said(found, language))
    yield from ("", f"**{_next(found, language)}**")


def _title(found: Maturity, language: Language) -> str:
    return language.say("maturity.title", day=found.today)


def _marks(one: LineRow) -> list[str]:
    return [
        _REACHED if place <= one.level else _APART if shown else _OPEN
        for place, shown in enumerate(one.shown, start=1)
    ]


def _evidence(row: EvidenceRow, language: Language, said: Callable[[str], str]) -> str:
    """A piece of evidence: its mark, its stage, how many have it, and the files that show it."""
    mark = _REACHED if row.shown else _OPEN
    text = language.say(f"maturity.evidence-{row.evidence}")
    count = ""
    if row.of:
        have, of = language.count(row.have), language.count(row.of)
        count = f": {language.say('maturity.count', have=have, of=of)}"
    stage = language.say(f"maturity.stage-{row.stage}")
    line = f"{mark} {stage}: {text}{count}"
    if row.shown:
        return f"{line} ({_files(row.files, language, said)})"
    if row.lacking:
        lacking = _files(row.lacking, language, said)
        return f"{line} ({language.say('maturity.lacking', files=lacking)})"
    return line


def _files(files: tuple[DatedFile, ...], language: Language, said: Callable[[str], str]) -> str:
    """The first file with its day, and how many more there are."""
    first = f"{said(files[0].file)}, {files[0].day}"
    more = len(files) - 1
    return first + (f"; {language.say('maturity.more', n=language.count(more))}" if more else "")


def _said(found: Maturity, language: Language) -> Iterator[str]:
    for one in found.said:
        yield f"{language.say(f'maturity.question-{one.question}')} ({one.since})"
    if not found.said:
        yield language.say("maturity.said-nothing")


def _next(found: Maturity, language: Language) -> str:
    if found.next is None:
        return language.say("maturity.done")
    return language.say(
        "maturity.next",
        what=language.say(f"maturity.do-{found.next.evidence}"),
        line=language.say(f"maturity.line-{found.next.line}"),
        level=found.next.stage.level,
    )
