"""IIS logs in the W3C extended format; see `w3c.py`. Rows of FTP sites are no requests."""

from __future__ import annotations

from cjmine.loaders.w3c import W3cLoader

LOADER = W3cLoader(
    "iis",
    "web log in the W3C extended format (IIS)",
    " ",
    ("c-ip", "cs-uri-stem"),
    any_form=True,
)
