"""The version of cjmine, in the one place that the package itself reads."""

VERSION = "0.1.0"
