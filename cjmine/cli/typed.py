"""The command as it was typed, so that a result can say how to make it again."""

from __future__ import annotations

import shlex
from enum import Enum
from typing import Any

import typer
from typer.models import TyperPath

from cjmine.disclosure.policy import Policy


def typed(context: typer.Context, policy: Policy) -> str:
    """The command line, options by their long names and in the order of the help.

    What was left at its default is left out. In what is released, files have no folders.
    """
    words: list[str] = []
    for one in context.command.params:
        value = context.params.get(one.name or "")
        if value is None or value == one.get_default(context):
            continue
        is_argument = one.param_type_name == "argument"
        values = [_word(each) for each in (value if isinstance(value, list | tuple) else [value])]
        if is_argument or isinstance(one.type, TyperPath):
            values = [policy.file_name(word) for word in values]
        if is_argument:
            words[:0] = values
        elif isinstance(value, bool):
            words.append(max(one.opts, key=len))
        else:
            words += [word for each in values for word in (max(one.opts, key=len), each)]
    return shlex.join([*context.command_path.split(), *words])


def _word(value: Any) -> str:
    return str(value.value if isinstance(value, Enum) else value)
