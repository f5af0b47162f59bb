"""The tables of `cjmine.toml` that several verbs read: experiments, changes, contacts, money."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from cjmine.config_types import Amount, Days, Duration, Line, Lines, Names, Strict
from cjmine.declared import Arm, Cost, DatedChange, DeclaredContact, Experiment, Worth
from cjmine.declared_privacy import DeclaredPrivacy, LegalBasis


class ExperimentTable(Strict):
    """Customers who were put into one of two arms by chance."""

    by: str = Field(min_length=1)
    arms: dict[str, Annotated[float, Field(gt=0, le=1)]]
    until: date | None = None

    @model_validator(mode="after")
    def _planned(self) -> ExperimentTable:
        if len(self.arms) != 2:
            raise ValueError("an experiment has two arms: what there was, then what is tried")
        if abs(sum(self.arms.values()) - 1) > 1e-6:
            raise ValueError("the shares of the arms add up to 1")
        return self

    def value(self, name: str) -> Experiment:
        """The value that verbs read."""
        one, other = (Arm(value, planned) for value, planned in self.arms.items())
        return Experiment(name, self.by, (one, other), self.until)


class ChangeTable(Strict):
    """A change that was made on a day."""

    on: date
    what: str = Field(min_length=1)
    touches: str | None = Field(None, min_length=1)

    def value(self) -> DatedChange:
        """The value that verbs read."""
        return DatedChange(self.on, self.what, self.touches)


class ValueTable(Strict):
    """What one goal is worth."""

    goal: Amount | None = None
    currency: str = Field("EUR", pattern="^[A-Z]{3}$")

    def value(self) -> Worth:
        """The value that verbs read."""
        return Worth(self.goal, self.currency)


class ContactTable(Strict):
    """How customers get in touch, and what answers them."""

    activities: Annotated[Names, Field(min_length=1)] = ()
    answers: Annotated[Names, Field(min_length=1)] = ()
    cost: dict[str, Amount] = Field(default_factory=dict)
    promise: Duration = DeclaredContact().promise

    def value(self) -> DeclaredContact:
        """The value that verbs read."""
        costs = tuple(Cost(channel, amount) for channel, amount in self.cost.items())
        return DeclaredContact(self.activities, self.answers, costs, self.promise)


class PrivacyTable(Strict):
    """How personal data are used, and whether what is made is released."""

    release: bool = False
    controller: Line | None = None
    contact: Line | None = None
    officer: Line | None = None
    legal_basis: LegalBasis | None = Field(None, alias="legal-basis")
    interest: Line | None = None
    people: Annotated[Lines, Field(min_length=1)] = ()
    recipients: Lines | None = None
    transfers: Lines = ()
    retention: Days | None = None
    retention_exports: Days | None = Field(None, alias="retention-exports")
    journeys: Annotated[Lines, Field(min_length=1)] = ()

    def value(self) -> DeclaredPrivacy:
        """The value that verbs read."""
        return DeclaredPrivacy(
            self.controller,
            self.contact,
            self.officer,
            self.legal_basis,
            self.interest,
            self.people,
            self.recipients,
            self.transfers,
            self.retention,
            self.retention_exports,
            self.journeys,
        )


class CompareLikeTable(Strict):
    """Columns that must be equal where journeys are compared."""

    columns: Names = Field(min_length=1)
