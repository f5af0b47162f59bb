"""`cjmine init --journey`: a first journey file for a service that many organisations have."""

from __future__ import annotations

from pathlib import Path

from cjmine.cli.outputs import refuse_existing
from cjmine.cli.screen import remark
from cjmine.reporters.escaping import visible
from cjmine.reporters.language import Lang
from cjmine.setup.journey_templates import Service, template_text
from cjmine.shown_paths import shown_path


def write_journey(service: Service, into: Path, lang: Lang, force: bool) -> None:
    """Write the template of a service into a folder. Raises OutputError O101, O102."""
    from cjmine.output import Access, write_text

    file = into / f"{service}.yaml"
    if not force:
        refuse_existing([file], "choose another folder with --into, or --force")
    write_text(file, template_text(service, lang.value), Access.SHARED)
    remark(f"wrote {visible(shown_path(file))}")
    remark(
        "next: spell its steps as your log does (cjmine discover LOG);"
        f" cjmine check LOG -i {visible(shown_path(file))}"
    )
