"""The commonest journeys as rows of chips, or beside the ideal as rows of differences."""

from __future__ import annotations

from cjmine.reporters.variant_map.differences import differences_svg
from cjmine.reporters.variant_map.variants import variants_svg

__all__ = ["differences_svg", "variants_svg"]
