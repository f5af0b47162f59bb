"""How identifiers became customers, and what each rule of linking does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from cjmine.results.figures import STRICT, Customers, Events, Seconds, Setting


@dataclass(frozen=True, slots=True)
class LinkRule:
    """One rule: its distinct pairs, the events whose customer it changes, and the customers.

    `customers_without` is how many customers there would be if only this rule were left out, and
    `across_without` how many of them would be met in more than one source.
    """

    rule: str
    pairs: Events
    events: Events
    customers_without: Customers
    across_without: Customers


@dataclass(frozen=True, slots=True)
class IdentityReport:
    """Events, identifiers and customers; the rules; and what was left unlinked on purpose.

    `linked` events are of identifiers that something links, `across` customers are met in more
    than one source. Hubs have more than `hub_limit` customers, clashes are of several customers,
    shared devices are given to who was seen last, at most `backward_seconds` back.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/identity/1"]
    events: Events
    identifiers: Events
    customers: Customers
    linked: Events
    across: Customers
    rules: tuple[LinkRule, ...]
    hub_limit: Setting
    hubs: Events
    hub_events: Events
    clashes: Events
    clash_events: Events
    shared_devices: Events
    shared_device_events: Events
    backward_seconds: Seconds
