"""Hostile things that are tried on one running bot."""
