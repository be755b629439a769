"""What can be wrong with a document template."""

from __future__ import annotations

from enum import StrEnum


class TemplateFault(StrEnum):
    """Kinds of faults, each of which people are told in words of its own."""

    TOO_LONG = "too_long"
    """The source has more characters than a template may have."""
    SYNTAX = "syntax"
    """It is no Jinja2."""
    UNKNOWN = "unknown"
    """It names a variable, filter or test that there is not."""
    FORBIDDEN = "forbidden"
    """It asks for something that templates may not do."""
    TOO_MUCH = "too_much"
    """It works or writes without measure."""
    NO_BODY = "no_body"
    """The report does not come out of it."""
    FAILED = "failed"
    """Something in it went wrong with a report: a word where a number belongs."""


class DocumentTemplateError(ValueError):
    """A template that cannot be used: which kind of fault, on which line, and what it is about.

    `line` counts from 1 and is None where no single line is at fault. `reason` is in English and
    names the thing, as a person who wrote the template would look for it.
    """

    def __init__(self, fault: TemplateFault, reason: str, line: int | None = None) -> None:
        super().__init__(reason if line is None else f"line {line}: {reason}")
        self.fault = fault
        self.reason = reason
        self.line = line
