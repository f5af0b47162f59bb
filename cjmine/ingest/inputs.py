"""From the arguments of a command to sources that are ready to be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cjmine.database import Database
from cjmine.errors import Code, DataError, Note, Place, Problem, UsageError, listed
from cjmine.ingest.config_path import config_path
from cjmine.ingest.input_notes import assumptions
from cjmine.ingest.kept_columns import keeping, of_one_kind
from cjmine.ingest.one_key import check_one_key
from cjmine.ingest.roles_apart import check_roles_apart
from cjmine.ingest.same_files import without_copies
from cjmine.ingest.source_flags import SourceFlags
from cjmine.ingest.stores import stored_sources
from cjmine.loaders.connections import share
from cjmine.loaders.folders import expand
from cjmine.loaders.sniff import Sniffed, settle, sniff
from cjmine.loaders.store_addresses import is_in_store
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.sentences import Sentence
from cjmine.shown_paths import shown_path
from cjmine.sources import (
    ClassifierRule,
    CustomerTable,
    DeclaredSource,
    File,
    IdentityRules,
    Roles,
    Source,
    TouchpointRule,
)

MOST_SHOWN = 20  # problems of files, where none can be read
MOST_CONNECTED = 16  # sources that keep their connections between looking and reading


@dataclass(frozen=True, slots=True)
class Inputs:
    """Settled sources in reading order, copies left out, tables of customers, and notes.

    `may_be_left` are the files of folders that a load goes on without where they cannot be read;
    `left` says why some were left out.

    Raises PrivacyError P107 where a column is an identifier and kept as it is too.
    """

    sources: tuple[Sniffed, ...]
    copies: tuple[tuple[Sniffed, int], ...]
    customers: tuple[CustomerTable, ...]
    notes: tuple[Note, ...]
    identity: IdentityRules = field(default_factory=IdentityRules)
    may_be_left: frozenset[Path] = frozenset()
    left: tuple[Problem, ...] = ()

    def without(self, places: set[int], problems: Sequence[Problem]) -> Inputs:
        """The inputs without some sources that cannot be read, and why."""
        kept = [place for place in range(len(self.sources)) if place not in places]
        moved = {place: number for number, place in enumerate(kept)}
        return replace(
            self,
            sources=tuple(self.sources[place] for place in kept),
            copies=tuple((one, moved[same]) for one, same in self.copies if same in moved),
            left=(*self.left, *problems),
        )

    def __post_init__(self) -> None:
        check_roles_apart(self.sources)


def find_inputs(
    arguments: Sequence[str], declared: SourceFlags, progress: Progress = no_progress
) -> Inputs:
    """Find the files behind the arguments, and settle how each is read.

    A folder with a `cjmine.toml` is read as that says; other files in it are named in a note.
    Without arguments the configuration names everything.

    Raises
    ------
    DataError, UsageError
        Missing, unreadable or unknown files; roles that stay unclear; a wrong configuration.
    """
    path = config_path(arguments, declared.config)
    if path is None and not arguments:
        raise UsageError(
            Problem(
                Code.CONFIG_NOTHING,
                "no files are named, and there is no cjmine.toml here",
                remedy="name files or a folder; cjmine init --from FOLDER writes a cjmine.toml",
            )
        )
    notes: list[Note] = []
    rules: tuple[TouchpointRule, ...] = ()
    classifiers: tuple[ClassifierRule, ...] = ()
    configured: dict[Path, Source] = {}
    tables: tuple[CustomerTable, ...] = ()
    identity = IdentityRules()
    if path is not None:
        from cjmine.config import read_config

        config = read_config(path)
        is_whole = not declared.joins and all(Path(one).is_dir() for one in arguments)
        rules, identity, classifiers = config.rules, config.identity, config.classifiers
        configured = {
            source.path.resolve(): source
            for source in configured_sources(config, declared, is_whole)
        }
        tables = config.customer_tables()
        notes.append(Sentence.READ_AS.note(shown_path(path)))
        notes += _zones_kept(config.sources, declared.roles)
    stored = [argument for argument in arguments if is_in_store(argument)]
    here = [argument for argument in arguments if argument not in stored]
    asked = list(_asked(here, configured)) if here or not stored else []
    share(file for file, *_ in asked)
    skipped: list[str] = []
    empty: DataError | None = None
    is_other = False
    found: list[Sniffed] = []
    left: list[Problem] = []
    set_apart = {one.resolve() for one in (*(table.path for table in tables), path) if one}
    for file, named, source in asked:
        label = shown_path(file, named)
        if set_apart and file.resolve() in set_apart:
            continue
        progress(ProgressEvent(Phase.LOOK, label))
        if source is not None:
            found.append(settle(source))
        elif configured and named is not None:
            skipped.append(label)
        else:
            try:
                found.append(_sniffed(file, label, declared, rules, classifiers, named is None))
            except DataError as error:
                if named is not None and error.code is Code.FILE_EMPTY:
                    skipped.append(f"{label} (holds no records)")
                    empty = error
                elif named is not None and error.code is Code.FORMAT_UNKNOWN:
                    skipped.append(label)
                    is_other = True
                elif named is None or not declared.lenient:
                    raise
                else:
                    left += error.problems
                continue
        if len(found) > MOST_CONNECTED:
            found[-1].opened.rest()
    found += stored_sources(stored, declared, rules, classifiers, progress)
    if skipped:
        notes.append(Sentence.FILES_NOT_READ.note(listed(skipped, 6)))
    if not found and left:
        raise DataError(*left[:MOST_SHOWN])
    if not found and empty is not None and not is_other:
        raise empty
    if not asked and not stored:
        raise _no_file("no file matches a source", str(path))
    if not found:
        first = arguments[0] if arguments else str(path)
        raise DataError(
            Problem(
                Code.FORMAT_UNKNOWN,
                "no file here is an export that cjmine reads",
                Place(first),
                remedy="cjmine sniff FILE says what a file is",
            )
        )
    inside = {file for file, named, source in asked if source is None and named is not None}
    may_be_left = frozenset(inside if declared.lenient else ())
    found, apart = of_one_kind(found, may_be_left)
    left += apart
    found = [keeping(one, declared.keep, found) for one in found]
    check_one_key(found)
    kept, copies = without_copies(found)
    notes += assumptions(kept)
    return Inputs(
        tuple(kept), tuple(copies), tables, tuple(notes), identity, may_be_left, tuple(left)
    )


def configured_sources(config: object, declared: SourceFlags, is_whole: bool) -> Iterable[Source]:
    """The sources of a configuration, one a file or query.

    Raises C103; L101 where a source has no file, and `is_whole` asks for all that is declared.
    """
    from cjmine.config import Config

    assert isinstance(config, Config)
    for one in config.sources:
        origins: list[File | Database]
        origins = [File(file) for name in one.files for file in config.matching(name)]
        if one.database is not None:
            query = config.named_file(one.database.path, "query")
            origins = [replace(one.database, path=query)]
        if not origins and is_whole:
            missing = f"no file matches the source {one.name}: {listed(one.files)}"
            raise _no_file(missing, str(config.path))
        for origin in origins:
            yield Source(
                origin=origin,
                label=shown_path(origin.path, config.folder),
                format=one.format,
                name=one.name,
                roles=_overridden(one.roles, declared.roles),
                rules=config.rules,
                classifiers=config.classifiers,
                extras=replace(
                    one.extras,
                    region=declared.region or one.extras.region,
                    max_bytes=declared.max_bytes,
                    names=config.named_file(one.names, "names") if one.names else None,
                ),
            )


def _no_file(message: str, config: str) -> DataError:
    remedy = "check the patterns that `files` gives"
    return DataError(Problem(Code.FILE_MISSING, message, Place(config), remedy=remedy))


def _zones_kept(sources: Sequence[DeclaredSource], flags: Roles) -> list[Note]:
    """A note where the command names another zone than sources declare."""
    asked = flags.time.zone if flags.time is not None else None
    kept = [
        f"{one.name}: {one.roles.time.zone}"
        for one in sources
        if asked and one.roles.time and one.roles.time.zone not in (None, asked)
    ]
    return [Sentence.DECLARED_ZONES.note(listed(kept, 6))] if kept else []


def _overridden(roles: Roles, flags: Roles) -> Roles:
    """Configured roles; what a flag names is replaced, but for the zone, which it only adds."""
    changes = {
        name: value
        for name in ("activity", "customer", "case", "channel", "channel_column")
        if (value := getattr(flags, name)) is not None
    }
    if flags.time is not None and roles.time is not None:
        changes["time"] = replace(
            roles.time,
            columns=flags.time.columns or roles.time.columns,
            format=flags.time.format or roles.time.format,
            zone=roles.time.zone or flags.time.zone,
        )
    return replace(roles, **changes)


def _asked(
    arguments: Sequence[str], configured: dict[Path, Source]
) -> Iterable[tuple[Path, str | None, Source | None]]:
    """The files to look at, each with the folder that it was found in and its declaration."""
    if not arguments:
        for source in configured.values():
            yield source.path, None, source
        return
    for argument in arguments:
        named = argument if Path(argument).is_dir() else None
        inside = expand(argument)
        if not configured:
            yield from ((file, named, None) for file in inside)
            continue
        order = {path: place for place, path in enumerate(configured)}
        places = {file: file.resolve() for file in inside}
        for file in sorted(inside, key=lambda file: order.get(places[file], len(order))):
            yield file, named, configured.get(places[file])


def _sniffed(
    file: Path,
    label: str,
    declared: SourceFlags,
    rules: tuple[TouchpointRule, ...],
    classifiers: tuple[ClassifierRule, ...],
    explicit: bool,
) -> Sniffed:
    settled = sniff(file, label, declared.roles, declared.extras)
    name = settled.source.name if explicit else file.parent.name or settled.source.name
    source = replace(settled.source, rules=rules, classifiers=classifiers, name=name)
    return replace(settled, source=source)
