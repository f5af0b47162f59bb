"""What files are and how they would be read, as text."""

from __future__ import annotations

from cjmine.reporters.escaping import padded, visible
from cjmine.reporters.language import DASH, Language
from cjmine.reporters.terminal import wrapped
from cjmine.results.recognition import RecognisedFile, Recognition, UnknownFile

_WIDEST = 22


def render(found: Recognition, language: Language) -> str:
    """Each file with its roles and the block for `cjmine.toml`."""
    return "\n".join(
        f"{visible(one.file)}\n  {one.because}\n"
        if isinstance(one, UnknownFile)
        else _file(one, language)
        for one in found.files
    )


def _file(one: RecognisedFile, language: Language) -> str:
    keys = ("role", "column", "because", "sample")
    role, column, because, sample = (language.say(f"sniff.{key}") for key in keys)
    lines = [visible(one.file), visible(one.description), ""]
    lines.append(f"  {role:<18}{column:<22}{because:<22}{sample}")
    for row in one.roles:
        name = (
            f"  {padded(row.role if row.sure else f'{row.role} ?', 17)} {padded(row.column, 21)} "
        )
        if len(row.because) <= _WIDEST:
            lines.append(f"{name}{padded(row.because, _WIDEST)}{visible(row.sample)}".rstrip())
            continue
        lines.append(f"{name}{visible(row.because)}")
        if row.sample:
            lines.append(f"  {'':<40}{visible(row.sample)}")
    lines += _others(one, language)
    if one.configuration:
        lines += ["", language.say("sniff.configuration"), "", *one.configuration]
    if one.command:
        lines += ["", *wrapped(language.say("sniff.unsure"), ""), "", f"  {visible(one.command)}"]
    return "\n".join(lines) + "\n"


def _others(one: RecognisedFile, language: Language) -> list[str]:
    """The columns without a role: what each could be, where the format does not give the roles."""
    taken = {row.column for row in one.roles}
    others = [row for row in one.columns if row.column not in taken]
    if not others:
        if not one.not_read:
            return []
        columns = ", ".join(map(visible, one.not_read))
        return ["", "  " + language.say("sniff.not-read", columns=columns)]
    heads = (language.say(f"sniff.{key}") for key in ("others", "could-be", "sample"))
    first, second, third = heads
    lines = ["", f"  {first:<40}{second:<22}{third}"]
    for row in others:
        could_be = ", ".join(f"{role} ?" for role in row.could_be) or DASH
        line = f"  {padded(row.column, 39)} {padded(could_be, 21)} {visible(row.sample)}"
        lines.append(line.rstrip())
    return lines
