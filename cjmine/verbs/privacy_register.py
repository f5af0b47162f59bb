"""The register: what a project declares, its journeys and the last load, or all that is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cjmine.config import Config, read_config
from cjmine.declared_privacy import NO_PRIVACY_DECLARED, DeclaredPrivacy, LegalBasis
from cjmine.disclosure.policy import Policy
from cjmine.errors import Code, DataError, Place, Problem, UsageError
from cjmine.eventlog.saved import is_log, open_saved
from cjmine.eventlog.source_columns import SourceColumns
from cjmine.ideal.journey import IdealJourney
from cjmine.ingest.config_path import config_path
from cjmine.ingest.inputs import find_inputs
from cjmine.ingest.source_columns import source_columns
from cjmine.ingest.source_options import SourceOptions
from cjmine.progress import Progress, no_progress
from cjmine.results.privacy import (
    PrivacyRegister,
    Purpose,
    RegisteredSource,
    Retention,
    Safeguard,
)
from cjmine.shown_paths import shown_path
from cjmine.verbs.compared_columns import compared_columns, with_compared
from cjmine.verbs.data_kinds import kind_of
from cjmine.verbs.ideals import JOURNEY_NAME, read_ideal
from cjmine.verbs.portfolio_journeys import measured_by, portfolio_beside


@dataclass(frozen=True, slots=True)
class _Loads:
    """The columns of all sources, the keys of saved logs, and what is not known of them."""

    columns: tuple[SourceColumns, ...]
    keys: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def privacy_register(
    arguments: Sequence[str],
    ideals: Sequence[Path],
    sources: SourceOptions,
    policy: Policy,
    progress: Progress = no_progress,
) -> PrivacyRegister:
    """The register of saved logs, or of exports as they would be loaded; no event is read.

    `ideals` are the journey files with the purposes; without any, those that the configuration
    names, or the journey.yaml beside it.

    Raises
    ------
    UsageError
        P108 for all that nobody declared, together; C101, C102 and J1xx for wrong files.
    DataError
        What opening logs and exports raises; L123 for saved logs beside exports.
    """
    path = config_path(arguments, sources.config)
    config = None if path is None else read_config(path)
    declared = NO_PRIVACY_DECLARED if config is None else config.privacy
    place = Place(shown_path(path) if path else "cjmine.toml")
    read = [read_ideal(file, file.as_posix()) for file in _files(ideals, arguments, config)]
    journeys = [one.journey for one in read]
    loads = _loads(arguments, sources, compared_columns(config, arguments, read), progress)
    missing = [*_missing(declared, place), *_without_purpose(journeys, place), *loads.problems]
    if missing:
        raise UsageError(*missing)
    assert declared.controller and declared.contact and declared.legal_basis
    assert declared.recipients is not None and declared.retention is not None
    kept = [Retention("logs", declared.retention)]
    if declared.retention_exports is not None:
        kept.append(Retention("exports", declared.retention_exports))
    return PrivacyRegister(
        schema="cjmine/privacy-register/1",
        controller=declared.controller,
        contact=declared.contact,
        officer=declared.officer,
        purposes=tuple(Purpose(one.name, one.purpose or "", one.owner) for one in journeys),
        legal_basis=declared.legal_basis,
        interest=declared.interest,
        people=declared.people,
        sources=tuple(_registered(one) for one in loads.columns),
        recipients=declared.recipients,
        transfers=declared.transfers,
        retention=tuple(kept),
        safeguards=_safeguards(policy),
        min_group=policy.min_group,
        keys=loads.keys,
    )


def _files(ideals: Sequence[Path], arguments: Sequence[str], config: Config | None) -> list[Path]:
    """The journey files: named, declared, or beside the configuration or the logs.

    Beside them are the journey.yaml, and all that the portfolio.yaml measures.
    """
    if ideals:
        return list(dict.fromkeys(ideals))
    if config is not None and config.privacy.journeys:
        return _declared_files(config)
    folders = [config.folder] if config is not None else []
    folders += [path if path.is_dir() else path.parent for path in map(Path, arguments)]
    files = (folder / JOURNEY_NAME for folder in [*folders, Path()])
    found = next((file for file in files if file.is_file()), None)
    beside = portfolio_beside([*arguments, *(str(folder) for folder in folders)])
    every = [*([] if found is None else [found]), *([] if beside is None else measured_by(beside))]
    return list({file.resolve(): file for file in every}.values())


def _declared_files(config: Config) -> list[Path]:
    found = [(name, config.matching(name)) for name in config.privacy.journeys]
    lost = [name for name, files in found if not files]
    if lost:
        raise UsageError(
            *(
                Problem(
                    Code.CONFIG_NOTHING,
                    f"[privacy] journeys: there is no file {name}",
                    Place(shown_path(config.path)),
                )
                for name in lost
            )
        )
    return list(dict.fromkeys(file for _, files in found for file in files))


def _loads(
    arguments: Sequence[str],
    sources: SourceOptions,
    compared: frozenset[str],
    progress: Progress,
) -> _Loads:
    saved = [argument for argument in arguments if is_log(Path(argument))]
    if not saved:
        found = source_columns(find_inputs(arguments, sources.flags(), progress))
        return _Loads(tuple(with_compared(one, compared) for one in found), ())
    if len(saved) < len(arguments):
        raise DataError(
            Problem(
                Code.SOURCES_DISAGREE,
                "saved event logs and exports are registered apart",
                Place(saved[0]),
                remedy="name either, or load all exports into one log",
            )
        )
    abouts = [open_saved(Path(one), one).about for one in saved]
    unknown = [one for one, about in zip(saved, abouts, strict=True) if not about.columns]
    return _Loads(
        tuple(dict.fromkeys(columns for about in abouts for columns in about.columns)),
        tuple(dict.fromkeys(about.key_id for about in abouts if about.key_id is not None)),
        tuple(_columns_unknown(one) for one in unknown),
    )


def _columns_unknown(label: str) -> Problem:
    return Problem(
        Code.PRIVACY_UNDECLARED,
        "the log does not say which columns were kept and dropped",
        Place(shown_path(label)),
        cause="an earlier version saved it",
        remedy="load it again, or name the exports instead",
    )


def _missing(declared: DeclaredPrivacy, place: Place) -> Iterator[Problem]:
    """What the configuration does not declare and nobody else can know."""

    def problem(what: str, example: str) -> Problem:
        message = f"{what} is not declared"
        return Problem(Code.PRIVACY_UNDECLARED, message, place, remedy=f"[privacy] {example}")

    if declared.controller is None:
        yield problem("who decides about the data", 'controller = "Our name, our place"')
    if declared.contact is None:
        yield problem("where people can ask", 'contact = "privacy@example.nl"')
    if declared.legal_basis is None:
        yield problem("the legal basis", f"legal-basis: one of {', '.join(LegalBasis)}")
    if declared.legal_basis is LegalBasis.LEGITIMATE_INTERESTS and declared.interest is None:
        yield problem("which legitimate interest it is", 'interest = "a service that works"')
    if not declared.people:
        yield problem("whose data they are", 'people = ["customers"]')
    if declared.recipients is None:
        yield problem("who gets data", "recipients = [] where nobody does")
    if declared.retention is None:
        yield problem("how long logs are kept", 'retention = "400d"')


def _without_purpose(journeys: Sequence[IdealJourney], place: Place) -> Iterator[Problem]:
    if not journeys:
        yield Problem(
            Code.PRIVACY_UNDECLARED,
            "no journey file says what the data are used for",
            place,
            remedy='name one: -i FILE, or [privacy] journeys = ["journey.yaml"]',
        )
    for one in journeys:
        if not one.purpose:
            yield Problem(
                Code.PRIVACY_UNDECLARED,
                "the purpose of the journey is not declared",
                Place(shown_path(one.file)),
                remedy="purpose: what it is measured for",
            )


def _registered(one: SourceColumns) -> RegisteredSource:
    return RegisteredSource(one.name, one.format, kind_of(one), one.channel, one.kept, one.dropped)


def _safeguards(policy: Policy) -> tuple[Safeguard, ...]:
    """All measures that hold; counts are rounded where the project releases its results."""
    return tuple(one for one in Safeguard if one is not Safeguard.RELEASED or policy.release)
