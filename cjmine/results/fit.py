"""How well journeys fit the ideal: all of them, and the counted ones."""

from __future__ import annotations

from dataclasses import dataclass

from cjmine.results.figures import Customers, Events, Journeys, Proportion, Setting
from cjmine.results.share import Share


@dataclass(frozen=True, slots=True)
class Conformance:
    """How well all journeys fit, with all their events, whatever their states.

    `cost` = `log_moves` + `model_moves`. `log_fitness` is 1 - cost / (`events` + journeys times
    `shortest`), `mean_fitness` the mean of the same figure of each journey; the interval is that
    of `log_fitness`. `events` are those compared; `allowed_events`, `exit_events` and
    `survey_events` (questions and answers) were taken out. `precision` is align-ETC (Adriansyah and
    others 2015): of the steps that the ideal allows where journeys have been, how many were ever
    taken. None of these is defined without journeys.
    """

    journeys: Journeys
    fitting: Journeys | None
    cost: Events | None
    log_moves: Events | None
    model_moves: Events | None
    events: Events
    shortest: Setting
    mean_fitness: Proportion | None
    log_fitness: Proportion | None
    low: Proportion | None
    high: Proportion | None
    precision: Proportion | None
    allowed_events: Events | None
    exit_events: Events | None
    survey_events: Events | None


@dataclass(frozen=True, slots=True)
class CountedFit:
    """How well the counted journeys fit within their full time: what expectations are about.

    The figures are those of `Conformance`, `customers` those who have such a journey, and `fits`
    the share of journeys without any move that does not match. Open and truncated journeys are
    not counted.
    """

    journeys: Journeys | None
    customers: Customers | None
    fitting: Journeys | None
    fits: Share
    cost: Events | None
    log_moves: Events | None
    model_moves: Events | None
    events: Events | None
    mean_fitness: Proportion | None
    log_fitness: Proportion | None
    low: Proportion | None
    high: Proportion | None
    precision: Proportion | None
