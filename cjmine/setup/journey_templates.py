"""Journey files to begin with, for services that many organisations have."""

from __future__ import annotations

from enum import StrEnum
from importlib.resources import files


class Service(StrEnum):
    """A service with a template."""

    RETIRE = "retire"
    CLAIM = "claim"
    MOVING = "moving"


def template_text(service: Service, lang: str) -> str:
    """The journey file of a service in a language, with the questions that its owner should answer.

    >>> template_text(Service.CLAIM, "nl").splitlines()[4]
    'journey: schade melden'
    """
    return (files("cjmine.setup") / "templates" / f"{service}.{lang}.yaml").read_text("utf-8")
