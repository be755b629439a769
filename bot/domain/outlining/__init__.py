"""A week as numbered lines, and what moving one of them changes."""
