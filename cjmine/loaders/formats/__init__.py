"""One module a format; each has a `LOADER`, and the registry finds it here."""
