"""Every property is tested on the same examples, on every run and however slow the machine."""

import strategies  # noqa: F401  loads the profile
