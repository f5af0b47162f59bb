"""How identifiers became customers, and what each rule of linking does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from cjmine.results.figures import STRICT, Customers, Events, Limit, Setting


@dataclass(frozen=True, slots=True)
class LinkRule:
    """One rule: its distinct pairs, the events whose customer it changes, and the customers.

    `customers_without` is how many customers there would be if only this rule were left out, and
    `across_without` how many of them would be met in more than one source.
    """

    rule: str
    pairs: Events | None
    events: Events | None
    customers_without: Customers | None
    across_without: Customers | None


@dataclass(frozen=True, slots=True)
class IdentityReport:
    """Events, identifiers and customers; the rules; and what was left unlinked on purpose.

    `linked` events are of identifiers that something links, `across` customers are met in more
    than one source. Hubs have more than `hub_limit` customers, clashes are of several customers,
    shared devices are given to who was seen last, at most `backward_seconds` back. A count of too
    few customers is None.
    """

    __pydantic_config__: ClassVar[Mapping[str, object]] = STRICT

    schema: Literal["cjmine/identity/1"]
    events: Events | None
    identifiers: Events | None
    customers: Customers | None
    linked: Events | None
    across: Customers | None
    rules: tuple[LinkRule, ...]
    hub_limit: Setting
    hubs: Events | None
    hub_events: Events | None
    clashes: Events | None
    clash_events: Events | None
    shared_devices: Events | None
    shared_device_events: Events | None
    backward_seconds: Limit
