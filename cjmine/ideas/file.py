"""The register of ideas, `ideas.yaml`: read as a whole, with all its mistakes at their places.

The language is described in docs/ideas.md; its JSON Schema lies beside this module.
"""

from __future__ import annotations

from pathlib import Path

from cjmine.errors import Code
from cjmine.ideal.declared_text import Words, read_text
from cjmine.ideal.file_kinds import FileKind, refuse_another
from cjmine.ideal.yaml_compose import compose
from cjmine.ideal.yaml_nodes import Problems, check_needed, items, table
from cjmine.ideas.declared import Idea, Register
from cjmine.ideas.keys import IDEA, REGISTER
from cjmine.ideas.read_idea import read_idea

REGISTER_NAME = "ideas.yaml"
EMPTY = "ideas:\n"


def read_register(path: Path, label: str) -> Register:
    """Read a register; `label` is what messages call it.

    Raises
    ------
    UsageError
        With all problems of the file, each with line and position (J104 to J110).
    """
    words = Words("register of ideas", "check the name; cjmine ideas add writes a first one")
    return parse_register(read_text(path, label, words), label)


def parse_register(text: str, label: str) -> Register:
    """The ideas that a text declares. Raises UsageError as `read_register` does.

    >>> found = parse_register("ideas: [{id: M-1, title: Say it, expected: +2 pp}]", "x")
    >>> found.ideas[0].metric.value, found.ideas[0].expected
    ('goal', Promise(value=0.02, unit=<PromiseUnit.POINTS: 'pp'>))
    """
    problems = Problems(label)
    text = text.removeprefix("\ufeff")
    root = compose(text, problems, "cjmine ideas add writes a first one")
    problems.raise_all()
    assert root is not None
    refuse_another(root, FileKind.IDEAS, problems)
    found = table(root, REGISTER, problems)
    ideas: list[Idea] = []
    listed = None if found is None else found.get("ideas")
    if found is not None:
        check_needed(found, REGISTER, problems)
    if listed is not None and getattr(listed.value, "value", None):
        for node in items(listed.value, "ideas", problems):
            keys = table(node, IDEA, problems)
            if keys is None:
                continue
            read = read_idea(keys, problems)
            if read.id and any(one.id == read.id for one in ideas):
                problems.add(Code.JOURNEY_DUPLICATE, read.mark, f'the id "{read.id}" is here twice')
            ideas.append(read)
    problems.raise_all()
    return Register(tuple(ideas), label, text)
