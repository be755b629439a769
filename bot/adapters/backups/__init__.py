"""Backups: one file with the database and all that it names, and the way back."""
