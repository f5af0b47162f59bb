"""What a look at a saved log found, as a document."""

from __future__ import annotations

from functools import partial

from cjmine.reporters.document import Document, Line, Part, Said, rendered
from cjmine.reporters.formats import WordsOrJson
from cjmine.reporters.language import Language
from cjmine.reporters.terminal import Screen
from cjmine.results.codec import to_json
from cjmine.results.doctor import DoctorReport, RunFile

_MEGABYTE = 1e6


def render(found: DoctorReport, form: WordsOrJson, screen: Screen) -> str:
    """The report in a format; ends without a line feed."""
    if form is WordsOrJson.JSON:
        return to_json(found)
    return rendered(partial(_document, found, screen.language), form, screen)


def _document(found: DoctorReport, language: Language, said: Said) -> Document:
    say = language.say
    parts = [Part(say("doctor.log"), tuple(_about(found, language)))]
    if found.deliveries:
        lines = (
            Line(
                say(
                    "doctor.delivered",
                    files=language.count(one.files),
                    events=language.count(one.events),
                    version=one.version,
                ),
                str(one.number),
            )
            for one in found.deliveries
        )
        parts.append(Part(say("doctor.deliveries"), tuple(lines)))
    runs = (Line(_run(one, language), said(one.file)) for one in found.runs)
    parts.append(Part(say("doctor.files"), tuple(runs)))
    if found.leftovers:
        left = (
            Line(f"{say(f'doctor.{one.why}')} ({_size(one.bytes, language)})", said(one.file))
            for one in found.leftovers
        )
        parts.append(Part(say("doctor.leftovers"), tuple(left)))
    title = "doctor.sound" if found.is_sound else "doctor.unsound"
    return Document(say(title, log=said(found.log)), tuple(parts))


def _about(found: DoctorReport, language: Language) -> list[Line]:
    say = language.say
    lines = [Line(language.count(found.events), say("doctor.events"))]
    if found.activities is not None:
        lines.append(Line(language.count(found.activities), say("doctor.activities")))
    if found.observed_from is not None and found.observed_until is not None:
        period = f"{found.observed_from} – {found.observed_until}"
        lines.append(Line(period, say("doctor.period")))
    lines.append(Line(found.key or say("doctor.no-key"), say("doctor.key")))
    lines.append(Line(_size(found.bytes, language), say("doctor.size")))
    return lines


def _run(one: RunFile, language: Language) -> str:
    if one.trouble is not None:
        return language.say(f"doctor.{one.trouble}")
    if one.file.startswith("kept/"):
        return language.say("doctor.kept", size=_size(one.bytes, language))
    events = language.say("doctor.of-events", events=language.count(one.events))
    return f"{events}, {_size(one.bytes, language)}"


def _size(size: int, language: Language) -> str:
    return f"{language.number(f'{size / _MEGABYTE:,.1f}')} MB"
