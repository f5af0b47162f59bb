"""The screen of contacts: who is known, which need not have been, what came before, what after."""

from __future__ import annotations

from cjmine.reporters.contact.words import (
    again_after,
    amount,
    busiest,
    excess,
    failures,
    group_name,
    headline,
    known,
    least_contained,
    money,
    need_not,
    others,
    ratio,
    type_name,
    word,
)
from cjmine.reporters.escaping import padded, visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.terminal import Screen
from cjmine.results.contact import Contact, TypeRow

_NAME, _MOST, _STEPS = 30, 12, 3
_COUNT, _EXPECTED, _EXCESS = 10, 10, 18


def render(found: Contact, asked: Asked) -> str:
    """Contacts as plain text; ends without a line feed."""
    language = asked.language.about(found.privacy)
    screen = Screen(language, asked.width)
    parts = [
        [
            *screen.wrapped(visible(known(found.identified, language)), "  "),
            *screen.wrapped(visible(headline(found, language)), "  "),
            *_groups(found, screen),
        ],
        _types(found, screen),
        _before(found, screen),
        _after(found, screen),
        screen.notes(found.notes),
        language.say("contact.legend").split("\n"),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _groups(found: Contact, screen: Screen) -> list[str]:
    language = screen.language
    said = " · ".join(
        f"{visible(group_name(one, language))} {language.count(one.contacts)}"
        for one in found.groups
    )
    return screen.wrapped(said, "  ") if said else []


def _types(found: Contact, screen: Screen) -> list[str]:
    if not found.contacts:
        return []
    language = screen.language
    keys = ("need-not", "n", "expected", "excess")
    heads = [language.say(f"contact.screen-{one}") for one in keys]
    lines = [_line(heads, language.say("contact.screen-cost") if found.currency else "")]
    for row in failures(found):
        name, contacts = f"  {type_name(row.type, language)}", language.count(row.contacts)
        cells = [name, contacts, amount(row.expected, language), excess(row, language)]
        lines.append(_line(cells, money(row.cost, found.currency, language)))
        lines += _places(row, screen)
    said = language.say("contact.together", share=need_not(found, language))
    if found.cost is not None:
        said += f" · {money(found.cost, found.currency, language)}"
    rest = language.say("contact.others", said=others(found, language))
    return [*lines, *screen.wrapped(f"  {said}", " " * 4), *screen.wrapped(f"  {rest}", " " * 4)]


def _places(row: TypeRow, screen: Screen) -> list[str]:
    said = " · ".join(f"{visible(one.at)} {screen.language.count(one.contacts)}" for one in row.at)
    return screen.wrapped(f"      {said}", " " * 6) if said else []


def _line(cells: list[str], cost: str) -> str:
    name, n, expected, more = cells
    row = f"{padded(name, _NAME)}{n:>{_COUNT}}{expected:>{_EXPECTED}}  {more:>{_EXCESS}}{cost:>9}"
    return row.rstrip()


def _before(found: Contact, screen: Screen) -> list[str]:
    rows = found.before[:_MOST]
    if not rows:
        return []
    language = screen.language
    wide = screen.names((row.touchpoint for row in rows), 18)
    within = language.seconds(found.before_seconds)
    heads = [language.say(f"contact.screen-{one}") for one in ("n", "visits", "like")]
    title = language.say("contact.screen-before", time=within)
    lines = [f"{padded(title, wide + 2)}{heads[0]:>9}{heads[1]:>8}  {heads[2]}"]
    for row in rows:
        share = language.share(row.followed.n, row.followed.of)
        said = f"{padded(ratio(row, language), 24)} {word(row, language)}"
        name = padded(row.touchpoint, wide)
        lines.append(f"  {name}{language.count(row.contacts):>9}{share:>8}  {said}".rstrip())
    return lines


def _after(found: Contact, screen: Screen) -> list[str]:
    language = screen.language
    lines = []
    for row in found.again:
        if row.after is None:
            time = language.seconds(row.within_seconds)
            lines += _said("contact.again", screen, time=time, share=language.ratio(row.share))
    rows = [row for row in found.again if row.after is not None and row.value]
    rows.sort(key=lambda row: -(row.low or 0.0))
    for row in rows[:_STEPS]:
        name = visible(again_after(row.after, language))
        time = language.seconds(row.within_seconds)
        share = language.ratio(row.share)
        lines += _said("contact.again-after", screen, after=name, time=time, share=share)
    if found.unanswered is not None:
        time = language.seconds(found.unanswered.within_seconds)
        share = language.ratio(found.unanswered.share)
        lines += _said("contact.unanswered", screen, time=time, share=share)
    lines += _contained(found, screen)
    if found.busiest is not None:
        lines += screen.wrapped(busiest(found.busiest, language), "  ")
    return lines


def _contained(found: Contact, screen: Screen) -> list[str]:
    language = screen.language
    contained = {row.step: row.contained for row in found.contained}
    said = " · ".join(
        f"{visible(step)} {language.with_interval(contained[step])}"
        for step in least_contained(found, _STEPS)
    )
    time = language.seconds(found.window_seconds)
    return _said("contact.contained", screen, time=time, said=said) if said else []


def _said(key: str, screen: Screen, **filled: str) -> list[str]:
    return screen.wrapped(screen.language.say(key, **filled), "  ")
