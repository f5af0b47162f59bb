"""What files are and how they would be read, as text."""

from __future__ import annotations

from cjmine.reporters.escaping import padded, visible
from cjmine.reporters.language import Language
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
        name = f"  {padded(row.role, 18)}{padded(row.column, 22)}"
        if len(row.because) <= _WIDEST:
            lines.append(f"{name}{padded(row.because, _WIDEST)}{visible(row.sample)}".rstrip())
            continue
        lines.append(f"{name}{visible(row.because)}")
        if row.sample:
            lines.append(f"  {'':<40}{visible(row.sample)}")
    if one.not_read:
        columns = ", ".join(map(visible, one.not_read))
        lines += ["", "  " + language.say("sniff.not-read", columns=columns)]
    lines += ["", language.say("sniff.configuration"), "", *one.configuration]
    return "\n".join(lines) + "\n"
