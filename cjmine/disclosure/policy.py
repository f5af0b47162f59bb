"""What may be shown: the two promises, and the settings that they depend on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from cjmine.privacy.group_size import DEFAULT_MIN_GROUP
from cjmine.shown_paths import shown_path


@dataclass(frozen=True, slots=True)
class Policy:
    """How small groups are treated.

    By default no figure is about fewer than `min_group` customers, and no name is known from fewer;
    figures that are shown are exact. With `release` counts are also rounded to `base` before
    anything is computed from them, so that no small count can be computed back; moments are then
    days of `zone`.
    """

    min_group: int = DEFAULT_MIN_GROUP
    release: bool = False
    zone: str = "UTC"

    @property
    def base(self) -> int:
        """Counts are rounded to multiples of this."""
        return max(5, self.min_group // 2) if self.release else 1

    def is_small(self, customers: int) -> bool:
        """Whether a group may not be shown; an empty group says nothing about any customer."""
        return 0 < customers < self.min_group

    def rounded(self, count: int) -> int:
        """A count as it is shown: exact, or rounded half up to a multiple of `base`."""
        return (count + self.base // 2) // self.base * self.base

    def file_name(self, path: str) -> str:
        """How a file is named: its path from here, or in what is released its name alone."""
        return PurePath(path).name or "." if self.release else shown_path(path)

    @property
    def is_exact(self) -> bool:
        """Whether every figure is shown as it was counted: a minimum of one hides nothing."""
        return self.min_group <= 1 and not self.release
