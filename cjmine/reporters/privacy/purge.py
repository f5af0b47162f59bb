"""What a purge removed, as a document."""

from __future__ import annotations

from functools import partial

from cjmine.reporters.document import Document, Line, Part, Said, rendered
from cjmine.reporters.formats import WordsOrJson
from cjmine.reporters.language import Language
from cjmine.reporters.terminal import Screen
from cjmine.results.codec import to_json
from cjmine.results.purge import Purged, PurgedLog, PurgeReport


def render(found: PurgeReport, form: WordsOrJson, screen: Screen) -> str:
    """The purge in a format; ends without a line feed."""
    if form is WordsOrJson.JSON:
        return to_json(found)
    return rendered(partial(_document, found, screen.language), form, screen)


def _document(found: PurgeReport, language: Language, said: Said) -> Document:
    say = language.say
    days = language.counted("day", found.retention_days)
    lines = [Line(_log(one, found.dry_run, language), said(one.log)) for one in found.logs]
    counts = [count for one in found.logs for count in _counts(one)]
    if None in counts:
        lines.append(Line(say("purge.withheld", k=language.count(found.min_group))))
    parts = [Part(say("purge.logs"), tuple(lines or [Line(say("purge.no-logs"))]))]
    if found.unpurged:
        left = (Line(say(f"purge.{one.why}"), said(one.file)) for one in found.unpurged)
        parts.append(Part(say("purge.unpurged"), tuple(left)))
    parts.append(Part(say("purge.beyond"), (Line(say("purge.copies")), Line(say("purge.key")))))
    title = "purge.title-dry" if found.dry_run else "purge.title"
    return Document(say(title, before=found.before, days=days, today=found.today), tuple(parts))


def _log(one: PurgedLog, is_dry: bool, language: Language) -> str:
    became = language.say(f"purge.{one.became}{'-dry' if is_dry else ''}")
    if one.became is Purged.UNCHANGED:
        return became
    past, events, customers_past, customers = map(language.count, _counts(one))
    counts = language.say(
        "purge.counts",
        past=past,
        events=events,
        customers_past=customers_past,
        customers=customers,
    )
    return f"{became}: {counts}"


def _counts(one: PurgedLog) -> tuple[int | None, ...]:
    """The counts that are shown of a log; a log that stays as it is has none."""
    if one.became is Purged.UNCHANGED:
        return ()
    return one.events_past, one.events, one.customers_past, one.customers
