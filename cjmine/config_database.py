"""The keys of a `[source.NAME]` table that asks a database."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from cjmine.config_types import Duration, Names, Strict
from cjmine.database import TIMEOUT, Database, DatabaseKind

NO_SECRETS = "service = names it in a service file, connection-env = in an environment variable"
_SECRET = re.compile(
    r"pass|pwd|secret|token|credential|ur[il]$|^dsn|^key$|^user(?:name)?$|^login|^host|^server$"
    r"|^connection$|^connection.string"
)


def looks_secret(key: str) -> bool:
    """Whether a key is one that people write addresses, names of users or passwords into.

    >>> looks_secret("password"), looks_secret("uri"), looks_secret("timestamp")
    (True, True, False)
    """
    return _SECRET.search(key.casefold()) is not None


def _service(name: str) -> str:
    if not re.fullmatch(r"[\w.-]+", name):
        raise ValueError("the name of a service in the service file, and no address")
    return name


def _variable(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z_]\w*", name):
        raise ValueError("the name of an environment variable, and not what it holds")
    return name


class DatabaseKeys(Strict):
    """What a source says that is asked of a database."""

    database: DatabaseKind | None = None
    service: Annotated[str, AfterValidator(_service)] | None = None
    connection_env: Annotated[str, AfterValidator(_variable)] | None = Field(
        None, alias="connection-env"
    )
    query: str | None = Field(None, min_length=1)
    order: Names = ()
    since: str | None = Field(None, min_length=1)
    timeout: Duration | None = None

    @model_validator(mode="after")
    def _asks(self) -> DatabaseKeys:
        said = [self.service, self.connection_env, self.query, self.since, self.timeout]
        if self.database is None:
            if self.order or any(one is not None for one in said):
                raise ValueError("service, connection-env, query, order, since and timeout are of a"
                                 ' database: add database = "postgresql"')  # fmt: skip
            return self
        if (self.service is None) == (self.connection_env is None):
            raise ValueError("name either service or connection-env")
        if self.service is not None and self.database is not DatabaseKind.POSTGRESQL:
            raise ValueError("only postgresql has service files: name connection-env")
        if self.query is None:
            raise ValueError("query names the file of the SQL that is asked")
        if not self.order:
            raise ValueError("order names the columns that rows are put in order by: tables have"
                             " none")  # fmt: skip
        return self

    def origin(self) -> Database | None:
        """What is asked, with the file of the query as it is written; None of other sources."""
        if self.database is None or self.query is None:
            return None
        return Database(
            self.database,
            Path(self.query),
            self.order,
            self.service,
            self.connection_env,
            self.since,
            timeout=self.timeout or TIMEOUT,
        )
