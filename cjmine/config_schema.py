"""What `cjmine.toml` may hold: one class a table; unknown keys are refused."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationInfo, field_validator, model_validator

from cjmine.config_columns import (
    Channel,
    ColumnTable,
    IdentifierTable,
    Region,
    TimeTable,
    What,
    When,
    Who,
    Zone,
)
from cjmine.config_database import DatabaseKeys
from cjmine.config_declared import (
    ChangeTable,
    CompareLikeTable,
    ContactTable,
    ExperimentTable,
    PrivacyTable,
    ValueTable,
)
from cjmine.config_types import Duration, Names, Strict
from cjmine.declared import DeclaredSurvey
from cjmine.scales import Scale, scale_named
from cjmine.sources import (
    ClassifierRule,
    DeclaredCustomers,
    DeclaredSource,
    Extras,
    IdentityRules,
    Roles,
    TimeColumn,
    TouchpointRule,
)


class _Source(DatabaseKeys):
    files: Names = Field((), validate_default=True)
    format: str = ""
    channel: Channel | None = None
    customer: Who | None = None
    case: What | None = None
    time: When | None = None
    timestamp: str | None = None
    activity: What | None = None
    keep: Names = ()
    links: tuple[IdentifierTable, ...] = ()
    own: Names = ()
    extra: Names = ()
    columns: Names = ()
    names: str | None = None
    object: str | None = None
    sheet: str | None = None
    score: str | None = None
    scale: str | None = None
    asked: Names = ()
    about: str | None = Field(None, min_length=1)
    nobody: Names | None = None
    delivery: What | None = None
    version: What | None = None

    @field_validator("files")
    @classmethod
    def _from_somewhere(cls, files: Names, info: ValidationInfo) -> Names:
        asked = info.data.get("database", "database")  # a wrong one is a problem of its own
        if not files and asked is None:
            raise ValueError("name files, or a database that is asked")
        if files and asked is not None:
            raise ValueError("name either files or a database")
        return files

    @model_validator(mode="after")
    def _of_one_kind(self) -> _Source:
        if self.database is not None and self.format:
            raise ValueError("a format is of files; the columns of a database have types")
        if self.timestamp is not None and self.time is not None and self.time.is_columns:
            raise ValueError("name the column of the time once: timestamp, or time")
        if self.version is not None and self.delivery is None:
            raise ValueError("version says which copy counts: name the id of the record, delivery")
        return self

    @model_validator(mode="after")
    def _has_a_scale(self) -> _Source:
        if (self.asked or self.about) and self.known_scale is None:
            raise ValueError("asked and about are of a survey: name its score and its scale")
        return self

    @property
    def known_scale(self) -> Scale | None:
        """The scale of a survey: declared, else that of what its score is called."""
        if self.scale in list(Scale):
            return Scale(self.scale)
        return scale_named(self.score) if self.score and self.scale is None else None

    def survey(self) -> DeclaredSurvey | None:
        """What the survey says beside its score."""
        scale = self.known_scale
        if scale is None or not (self.asked or self.about):
            return None
        return DeclaredSurvey(scale, self.asked, self.about)

    def value(self, name: str, project: FileSchema) -> DeclaredSource:
        region = project.region
        time = self.time or TimeTable.model_construct()
        column = time.column or self.timestamp
        columns = (column,) if column else time.columns
        roles = Roles(
            time=TimeColumn(columns, time.format, time.zone or project.timezone),
            activity=self.activity.column if self.activity else None,
            customer=self.customer.value(region) if self.customer else None,
            case=self.case.column if self.case else None,
            channel=self.channel if isinstance(self.channel, str) else None,
            channel_column=self.channel.column if isinstance(self.channel, ColumnTable) else None,
            keep=self.keep,
            links=tuple(link.value(region) for link in self.links),
            delivery=self.delivery.column if self.delivery else None,
            version=self.version.column if self.version else None,
        )
        extras = Extras(
            own_domains=self.own,
            extra_fields=self.extra,
            columns=self.columns,
            object_type=self.object,
            sheet=self.sheet,
            score=self.score,
            scale=self.scale,
            region=region,
            nobody=project.nobody if self.nobody is None else self.nobody,
        )
        return DeclaredSource(
            name, self.files, self.format, roles, extras, self.names, self.origin()
        )


class _Customers(Strict):
    files: Names = Field(min_length=1)
    customer: IdentifierTable
    links: tuple[IdentifierTable, ...] = Field(min_length=1)

    def value(self, region: str | None, nobody: Names) -> DeclaredCustomers:
        links = tuple(link.value(region, nobody) for link in self.links)
        return DeclaredCustomers(self.files, self.customer.value(region, nobody), links)


class _Identity(Strict):
    hubs: int = Field(default=IdentityRules().hubs, ge=1)
    backward: Duration = IdentityRules().backward

    def value(self) -> IdentityRules:
        return IdentityRules(self.hubs, self.backward)


class _Touchpoint(Strict):
    source: str | None = None
    label: str | None = None
    path: str | None = None
    glob: str | None = None
    pattern: str | None = None
    activity: str | None = Field(None, min_length=1)
    stage: str | None = Field(None, min_length=1)
    ignore: bool = False

    @model_validator(mode="after")
    def _complete(self) -> _Touchpoint:
        ways = [self.label, self.path, self.glob, self.pattern]
        if sum(way is not None for way in ways) != 1:
            raise ValueError("name exactly one of label, path, glob and pattern")
        if (self.activity is None) != self.ignore:
            raise ValueError("name either activity or ignore = true")
        if self.stage is not None and self.ignore:
            raise ValueError("what is left out has no stage")
        return self

    def value(self) -> TouchpointRule:
        return TouchpointRule(
            self.activity, self.source, self.label, self.path, self.glob, self.pattern, self.stage
        )


class _Classify(Strict):
    model: str
    prefix: str = "in: "
    source: str | None = None
    below: float | None = Field(None, ge=0, le=1)

    def value(self, folder: Path) -> ClassifierRule:
        return ClassifierRule(folder / self.model, self.prefix, self.source, self.below)


class FileSchema(Strict):
    """The whole file."""

    timezone: Zone | None = None
    region: Region | None = None
    nobody: Names | None = None
    source: dict[str, _Source] = Field(default_factory=dict)
    customers: _Customers | None = None
    identity: _Identity = Field(default_factory=_Identity.model_construct)
    touchpoint: tuple[_Touchpoint, ...] = ()
    classify: tuple[_Classify, ...] = ()
    privacy: PrivacyTable = Field(default_factory=PrivacyTable.model_construct)
    experiment: dict[str, ExperimentTable] = Field(default_factory=dict)
    change: tuple[ChangeTable, ...] = ()
    value: ValueTable = Field(default_factory=ValueTable.model_construct)
    contact: ContactTable = Field(default_factory=ContactTable.model_construct)
    compare_like: CompareLikeTable | None = Field(None, alias="compare-like")

    @model_validator(mode="after")
    def _ask_apart(self) -> FileSchema:
        queries = [one.query for one in self.source.values() if one.query]
        if len(set(queries)) < len(queries):
            raise ValueError("two sources ask the same query file: each has one of its own")
        return self


_TABLES: tuple[tuple[str, type[Strict]], ...] = (
    ("the top of the file", FileSchema),
    ("[source.NAME]", _Source),
    ("[customers]", _Customers),
    ("[identity]", _Identity),
    ("[[touchpoint]]", _Touchpoint),
    ("[[classify]]", _Classify),
    ("[privacy]", PrivacyTable),
    ("[experiment.NAME]", ExperimentTable),
    ("[[change]]", ChangeTable),
    ("[value]", ValueTable),
    ("[contact]", ContactTable),
    ("[compare-like]", CompareLikeTable),
    ("an identifier", IdentifierTable),
    ("a time", TimeTable),
)


def tables_with(key: str) -> list[str]:
    """Where a key belongs, as messages say it; [] for one that no table has."""
    return [
        table
        for table, model in _TABLES
        if any(key == (field.alias or name) for name, field in model.model_fields.items())
    ]


KEYS = sorted(
    {field.alias or name for _, model in _TABLES for name, field in model.model_fields.items()}
)
