"""The pages on formats: one for each, and every configuration in them works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cjmine.config import read_config
from cjmine.loaders.presets import PresetLoader
from cjmine.loaders.registry import loaders

PAGES = Path(__file__).parents[1] / "docs" / "formats"
NAMES = sorted(path.stem for path in PAGES.glob("*.md") if path.stem != "README")


def test_every_format_has_a_page() -> None:
    """A loader without a page cannot be found by those who need it; four tables share one."""
    wanted = {re.sub(r"^zendesk-.*", "zendesk", loader.name) for loader in loaders()}
    assert set(NAMES) == wanted
    index = (PAGES / "README.md").read_text()
    assert all(f"[{name}]({name}.md)" in index for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_page_shows_can_be_pasted(name: str, tmp_path: Path) -> None:
    """The block is a valid configuration of that format."""
    text = (PAGES / f"{name}.md").read_text()
    block = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert block is not None
    (tmp_path / "cjmine.toml").write_text(block[1])
    formats = {source.format for source in read_config(tmp_path / "cjmine.toml").sources}
    assert name in formats or (name == "zendesk" and "zendesk-tickets" in formats)


def test_unverified_formats_say_so_on_their_page() -> None:
    """What `sniff` says of a format, its page says too, and the index."""
    index = (PAGES / "README.md").read_text()
    for loader in loaders():
        verified = loader.preset.verified if isinstance(loader, PresetLoader) else True
        verified = getattr(loader, "verified", verified)
        if not isinstance(loader, PresetLoader) and not hasattr(loader, "verified"):
            continue
        name = re.sub(r"^zendesk-.*", "zendesk", loader.name)
        page = (PAGES / f"{name}.md").read_text()
        assert ("**Unverified**" in page) == (not verified), loader.name
        line = next(line for line in index.splitlines() if f"({name}.md)" in line)
        assert ("unverified" in line) == (not verified), loader.name
