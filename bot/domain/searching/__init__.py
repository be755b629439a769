"""Searching: what was asked for, how text is compared, and how what was found is shown."""
