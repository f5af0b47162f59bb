"""What files are and how they would be read, as text."""

from __future__ import annotations

from cjmine.reporters.escaping import padded, visible
from cjmine.reporters.language import DASH
from cjmine.reporters.terminal import Screen
from cjmine.results.recognition import RecognisedFile, Recognition, UnknownFile

_WIDEST = 22


def render(found: Recognition, screen: Screen) -> str:
    """Each file with its roles and the block for `cjmine.toml`."""
    return "\n".join(
        f"{visible(one.file)}\n  {one.because}\n"
        if isinstance(one, UnknownFile)
        else _file(one, screen)
        for one in found.files
    )


def _file(one: RecognisedFile, screen: Screen) -> str:
    language = screen.language
    keys = ("role", "column", "because", "sample")
    role, column, because, sample = (language.say(f"sniff.{key}") for key in keys)
    lines = [visible(one.file), visible(one.description), ""]
    wide = screen.names((row.column for row in one.roles), _WIDEST)
    lines.append(f"  {role:<18}{column:<{wide}}{because:<{_WIDEST}}{sample}")
    for row in one.roles:
        name = f"  {padded(row.role if row.sure else f'{row.role} ?', 17)} "
        name += f"{padded(row.column, wide - 1)} "
        if len(row.because) <= _WIDEST:
            lines.append(f"{name}{padded(row.because, _WIDEST)}{visible(row.sample)}".rstrip())
            continue
        lines.append(f"{name}{visible(row.because)}")
        if row.sample:
            lines.append(f"  {'':<{wide + 18}}{visible(row.sample)}")
    lines += _others(one, screen)
    if one.configuration:
        lines += ["", language.say("sniff.configuration"), "", *one.configuration]
    if one.command:
        lines += [
            "",
            *screen.wrapped(language.say("sniff.unsure"), ""),
            "",
            f"  {visible(one.command)}",
        ]
    return "\n".join(lines) + "\n"


def _others(one: RecognisedFile, screen: Screen) -> list[str]:
    """The columns without a role: what each could be, where the format does not give the roles."""
    language = screen.language
    taken = {row.column for row in one.roles}
    others = [row for row in one.columns if row.column not in taken]
    if not others:
        if not one.not_read:
            return []
        columns = ", ".join(map(visible, one.not_read))
        return ["", "  " + language.say("sniff.not-read", columns=columns)]
    heads = (language.say(f"sniff.{key}") for key in ("others", "could-be", "sample"))
    first, second, third = heads
    wide = screen.names((row.column for row in others), 40)
    lines = ["", f"  {first:<{wide}}{second:<22}{third}"]
    for row in others:
        could_be = ", ".join(f"{role} ?" for role in row.could_be) or DASH
        line = f"  {padded(row.column, wide - 1)} {padded(could_be, 21)} {visible(row.sample)}"
        lines.append(line.rstrip())
    return lines
