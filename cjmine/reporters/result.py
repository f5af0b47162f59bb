"""The results that have reports."""

from __future__ import annotations

from cjmine.results.check import Check
from cjmine.results.compare import Compared
from cjmine.results.contact import Contact
from cjmine.results.discovery import Discovery
from cjmine.results.dropoff import Dropoff
from cjmine.results.hints import Hints
from cjmine.results.ideas import Ideas
from cjmine.results.outliers import Outliers
from cjmine.results.portfolio import Portfolio
from cjmine.results.priorities import Priorities
from cjmine.results.satisfaction import Satisfaction
from cjmine.results.trend import Trend

Reported = (
    Check
    | Compared
    | Contact
    | Discovery
    | Dropoff
    | Hints
    | Outliers
    | Portfolio
    | Ideas
    | Priorities
    | Satisfaction
    | Trend
)
