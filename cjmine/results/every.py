"""All results that are written as JSON, by the schema that each names."""

from __future__ import annotations

from cjmine.results.baseline import Baseline
from cjmine.results.check import Check
from cjmine.results.compare import Compared
from cjmine.results.contact import Contact
from cjmine.results.discovery import Discovery
from cjmine.results.doctor import DoctorReport
from cjmine.results.dropoff import Dropoff
from cjmine.results.hints import Hints
from cjmine.results.ideas import IdeaList, Ideas
from cjmine.results.identity import IdentityReport
from cjmine.results.maturity import Maturity
from cjmine.results.outliers import Outliers
from cjmine.results.portfolio import Portfolio
from cjmine.results.priorities import Priorities
from cjmine.results.privacy import PrivacyNotice, PrivacyRegister
from cjmine.results.purge import PurgeReport
from cjmine.results.recognition import Recognition
from cjmine.results.satisfaction import Satisfaction
from cjmine.results.touchpoints import TouchpointReport
from cjmine.results.training import Training
from cjmine.results.trend import Trend

Result = (
    Check
    | Compared
    | Discovery
    | DoctorReport
    | Trend
    | Dropoff
    | Hints
    | Satisfaction
    | Priorities
    | Contact
    | Outliers
    | Portfolio
    | Baseline
    | Ideas
    | IdeaList
    | IdentityReport
    | Maturity
    | PrivacyNotice
    | PrivacyRegister
    | PurgeReport
    | Recognition
    | TouchpointReport
    | Training
)
CHECK, DISCOVERY, BASELINE = "cjmine/check/2", "cjmine/discover/1", "cjmine/baseline/2"
TREND, DROPOFF, PRIORITIES = "cjmine/trend/1", "cjmine/dropoff/1", "cjmine/priorities/1"
RESULTS: dict[str, type[Result]] = {
    DISCOVERY: Discovery,
    CHECK: Check,
    TREND: Trend,
    DROPOFF: Dropoff,
    "cjmine/satisfaction/1": Satisfaction,
    PRIORITIES: Priorities,
    "cjmine/contact/1": Contact,
    "cjmine/outliers/1": Outliers,
    "cjmine/doctor/1": DoctorReport,
    "cjmine/portfolio/1": Portfolio,
    BASELINE: Baseline,
    "cjmine/identity/1": IdentityReport,
    "cjmine/compare/1": Compared,
    "cjmine/hints/1": Hints,
    "cjmine/maturity/1": Maturity,
    "cjmine/ideas/1": Ideas,
    "cjmine/idea-list/1": IdeaList,
    "cjmine/privacy-register/1": PrivacyRegister,
    "cjmine/privacy-notice/1": PrivacyNotice,
    "cjmine/privacy-purge/1": PurgeReport,
    "cjmine/sniff/1": Recognition,
    "cjmine/touchpoints/1": TouchpointReport,
    "cjmine/classifier/1": Training,
}
