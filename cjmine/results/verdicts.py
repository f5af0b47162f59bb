"""The words for differences, and for the arms of an experiment: they are fixed."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What a difference says; gain and loss are the two sides of one word."""

    GAIN = "gain"
    LOSS = "loss"
    NO_HARM = "no harm"
    CANNOT_TELL = "cannot tell"
    CANNOT_SAY = "cannot say"


class RatioVerdict(StrEnum):
    """Whether the arms of an experiment have as many customers as planned."""

    AS_PLANNED = "as planned"
    WARNED = "warned"
    STOP = "stop"


class Confirmation(StrEnum):
    """Whether what was found on one half of the customers is found again on the other."""

    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not confirmed"
