"""The answers of people, `maturity.yaml`: read as a whole, with all mistakes at their places.

The language is described in docs/maturity.md.
"""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path

import yaml

from cjmine.ideal.declared_text import Words, read_text
from cjmine.ideal.keys import Key, Keys
from cjmine.ideal.yaml_compose import compose
from cjmine.ideal.yaml_nodes import Problems, day, table
from cjmine.maturity.declared import Answer, Question

ANSWERS_NAME = "maturity.yaml"


class Written(Enum):
    """What can be written behind a question."""

    DAY_OR_NO = auto()


ANSWERS = Keys(
    "maturity.yaml",
    tuple(
        Key(one.value, Written.DAY_OR_NO, "Since when that is so, or no; docs/maturity.md says it.")
        for one in Question
    ),
)


def read_answers(path: Path, label: str) -> tuple[Answer, ...]:
    """What is said to be so, in the order of the questions; `label` is what messages call the file.

    Raises
    ------
    UsageError
        With all problems of the file, each with line and position (J104 to J110).
    """
    words = Words("file of answers", "cjmine maturity --questions writes a first one")
    return parse_answers(read_text(path, label, words), label)


def parse_answers(text: str, label: str) -> tuple[Answer, ...]:
    """The answers that a text declares. Raises UsageError as `read_answers` does.

    >>> found = parse_answers("{map-known: 2026-03-01, map-changed: no}", "x")
    >>> [one.question.value for one in found]
    ['map-known']
    """
    problems = Problems(label)
    root = compose(text.removeprefix("\ufeff"), problems, "cjmine maturity --questions writes one")
    problems.raise_all()
    assert root is not None
    found = table(root, ANSWERS, problems)
    answers = []
    for entry in found.entries if found else ():
        if isinstance(entry.value, yaml.ScalarNode) and entry.value.value.lower() == "no":
            continue
        since = day(entry.value, f"{entry.key}, where it is not no,", problems)
        if since is not None:
            answers.append(Answer(Question(entry.key), since))
    problems.raise_all()
    return tuple(sorted(answers, key=lambda one: list(Question).index(one.question)))
