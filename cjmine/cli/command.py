"""One decorator for all commands: settings are spread into options, and gathered again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, dataclass, fields, is_dataclass
from enum import StrEnum
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, TypeVar, get_origin, get_type_hints

import typer

from cjmine.cli.clusters import refuse_exports
from cjmine.cli.left_out import said_at_the_end
from cjmine.cli.memory import check_memory, watched_memory
from cjmine.cli.screen import hush
from cjmine.cli.stdin import with_stdin
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.option import Option, option_of

Result = TypeVar("Result")
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet", "-q", callback=hush, help="No progress and no notes; errors and results only."
    ),
]


AsJson = Annotated[bool, typer.Option("--json", help="Short for --format json.")]


@dataclass(frozen=True, slots=True)
class Spread:
    """The fields of one settings dataclass that a command asks for."""

    settings: type
    fields: tuple[Field[Any], ...]

    def gathered(self, given: dict[str, Any]) -> object:
        """The settings, with their values taken out of what was given."""
        return self.settings(**{one.name: _value(one, given.pop(one.name)) for one in self.fields})


class Without:
    """Marks settings of which a command asks for all but these fields."""

    def __init__(self, *names: str) -> None:
        self.names = names


def command(verb: Callable[..., Result]) -> Callable[..., Result]:
    """A function as Typer takes it: each parameter that is a dataclass becomes its options.

    Every command has `--quiet`, and `--json` where its format may be JSON. Fields that declare no
    option keep their default.
    """
    hints = get_type_hints(verb, include_extras=True)
    parameters: list[Parameter] = []
    spread: dict[str, Spread] = {}
    for name, parameter in signature(verb).parameters.items():
        found = _spread(hints[name])
        if found is None:
            parameters.append(
                parameter.replace(kind=Parameter.KEYWORD_ONLY, annotation=hints[name])
            )
        else:
            spread[name] = found
            parameters += [_parameter(one) for one in found.fields]
    parameters.append(Parameter("quiet", Parameter.KEYWORD_ONLY, default=False, annotation=Quiet))

    usual = next((one.default for one in parameters if one.name == "form"), None)
    has_json = isinstance(usual, StrEnum) and "json" in list(type(usual))
    if has_json:
        parameters.append(
            Parameter("as_json", Parameter.KEYWORD_ONLY, default=False, annotation=AsJson)
        )
    reads_logs = any(one.settings.__name__ == "SourceOptions" for one in spread.values())

    def run(**given: Any) -> Result:
        del given["quiet"]  # its callback has seen to it
        if has_json and given.pop("as_json"):
            given["form"] = _only_json(given["form"], usual)
        if reads_logs:
            check_memory()
        given |= {name: one.gathered(given) for name, one in spread.items()}
        refuse_exports(given)
        with said_at_the_end(), watched_memory(), with_stdin(given) as read:
            return verb(**read)

    run.__name__, run.__doc__ = verb.__name__, verb.__doc__
    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run


def _only_json(asked: Any, usual: Any) -> StrEnum:
    """JSON as the format of stdout. Raises UsageError U101 where another one is asked for too."""
    wanted = next(one for one in type(usual) if one == "json")
    if asked not in (usual, wanted):
        raise UsageError(
            Problem(
                Code.USAGE,
                "two formats are asked for",
                Place("--json"),
                remedy=f"leave --json away, or --format {asked}; -o FILE writes a second one",
            )
        )
    found: StrEnum = wanted
    return found


def _spread(hint: Any) -> Spread | None:
    """The fields that replace a parameter; None for one that is an option itself."""
    kind, left_out = hint, set[str]()
    if get_origin(hint) is Annotated:
        kind = hint.__origin__
        left_out = {
            name for mark in hint.__metadata__ if isinstance(mark, Without) for name in mark.names
        }
    if not is_dataclass(kind) or not isinstance(kind, type):
        return None
    asked = [one for one in fields(kind) if option_of(one) and one.name not in left_out]
    # What many verbs share is declared in the first base class, and comes last in the help.
    base = kind.__mro__[-2]
    shared = {one.name for one in fields(base)} if base is not kind else set()
    return Spread(kind, tuple(sorted(asked, key=lambda one: one.name in shared)))


def _parameter(one: Field[Any]) -> Parameter:
    """A field as a parameter that Typer understands."""
    how = _option(one)
    default = how.typed
    if how.typed is None and how.read is None and not how.several:
        default = one.default
    kind: Any = list[how.kind] if how.several else how.kind  # type: ignore[name-defined]
    if default is None or how.several:
        kind, default = kind | None, None
    names = how.names or (_long(one),)
    shown = typer.Option(
        *names,
        metavar=how.metavar,
        help=how.help,
        min=how.min,
        rich_help_panel=how.panel,
        hidden=how.hidden,
    )
    annotation = Annotated[kind, shown]
    return Parameter(one.name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _value(one: Field[Any], given: Any) -> object:
    """What was given, as the field has it."""
    how = _option(one)
    name = max(how.names or (_long(one),), key=len)
    if how.several:
        return tuple(how.read(each, name) if how.read else each for each in given or ())
    if given is None:
        return one.default
    if how.read is None:
        return given
    return how.read(given, name)


def _option(one: Field[Any]) -> Option:
    found = option_of(one)
    assert found is not None
    return found


def _long(one: Field[Any]) -> str:
    return f"--{one.name.replace('_', '-')}"
