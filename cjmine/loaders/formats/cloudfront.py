"""CloudFront standard logs: the W3C extended format with tabs; see `w3c.py`."""

from __future__ import annotations

from cjmine.loaders.w3c import W3cLoader

LOADER = W3cLoader(
    "cloudfront",
    "CloudFront standard log",
    "\t",
    ("date", "time", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem"),
    verified=False,
)
