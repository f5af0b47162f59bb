"""Help for the tests of formats: sniff text or bytes as a file, read them, tell what came out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from loaders.reading import Outcome, outcome_of

from cjmine.loaders.sniff import Sniffed, sniff
from cjmine.sources import Extras, Roles, TimeColumn

ZONED = Roles(time=TimeColumn((), zone="Europe/Amsterdam"))


@dataclass(frozen=True, slots=True)
class Read:
    """A sniffed file, and all that was read of it."""

    sniffed: Sniffed
    found: Outcome

    @property
    def told(self) -> list[str]:
        """Each event as `customer | activity | time`, in file order."""
        rows = zip(self.found.customers, self.found.activities, self.found.moments, strict=True)
        return [f"{who or '-'} | {what} | {when}" for who, what, when in rows]

    @property
    def filtered(self) -> dict[str, int]:
        """How many records were left out, by the name of the reason."""
        return {reason.name: count for reason, count in self.found.filtered.items()}

    @property
    def rejects(self) -> list[tuple[int, int | None, str]]:
        """Record, line and code of every reject, in the order of the records."""
        return sorted(self.found.places)


def read(
    folder: Path,
    content: bytes | str,
    name: str = "export",
    declared: Roles = Roles(),
    extras: Extras = Extras(),
) -> Read:
    """Write the content as a file, sniff it, and read it to the end."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_file(path, declared, extras)


def read_file(path: Path, declared: Roles = Roles(), extras: Extras = Extras()) -> Read:
    """Sniff a file, and read it to the end."""
    sniffed = sniff(path, path.name, declared, extras)
    return Read(sniffed, outcome_of(sniffed))
