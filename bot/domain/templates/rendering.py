"""A template rendered, and whatever goes wrong with it said in one kind of error."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2.exceptions import (
    SecurityError,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
)

from bot.domain.templates.errors import DocumentTemplateError, TemplateFault
from bot.domain.templates.fuel import Fuel
from bot.domain.templates.sandbox import DocumentEnvironment

_LONGEST_ADDITION = 100_000
_GROWTH = 4
_FILE = "<template>"  # Jinja2's name for a template that comes from no file

# All that a template can raise by being wrong; anything else would be our own mistake.
_MISTAKES = (
    *(TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError),
    *(MemoryError, RecursionError, SyntaxError),
)
_FAULTS: tuple[tuple[type[BaseException], TemplateFault], ...] = (
    (SecurityError, TemplateFault.FORBIDDEN),
    (UndefinedError, TemplateFault.UNKNOWN),
    (SyntaxError, TemplateFault.SYNTAX),  # Jinja2 saw nothing wrong, Python does
    # Nested more deeply than Python's parser or stack goes.
    (MemoryError, TemplateFault.TOO_MUCH),
    (RecursionError, TemplateFault.TOO_MUCH),
)


def render_template(source: str, variables: Mapping[str, object], characters: int) -> str:
    """What the template makes of the variables, for a report of so many characters.

    Raises DocumentTemplateError.
    """
    # What a turn costs grows with the template: so does what a turn can do without variables.
    environment = DocumentEnvironment(Fuel(characters), turn=50 + len(source) // 4)
    left = _GROWTH * characters + _LONGEST_ADDITION
    written: list[str] = []
    try:
        for chunk in environment.chunks(source, variables):
            left -= len(chunk)
            if left < 0:
                raise DocumentTemplateError(TemplateFault.TOO_MUCH, "too long a document")
            written.append(chunk)
    except _MISTAKES as error:
        raise _described(error) from None
    return "".join(written)


def _described(error: BaseException) -> DocumentTemplateError:
    match error:
        case DocumentTemplateError():
            line = _line_of(error) if error.line is None else error.line
            return DocumentTemplateError(error.fault, error.reason, line)
        case TemplateSyntaxError():
            return DocumentTemplateError(TemplateFault.SYNTAX, str(error.message), error.lineno)
    fault = next((f for kind, f in _FAULTS if isinstance(error, kind)), TemplateFault.FAILED)
    return DocumentTemplateError(fault, str(error) or type(error).__name__, _line_of(error))


def _line_of(error: BaseException) -> int | None:
    """The template's line on which the error arose; Jinja2 puts it into the traceback."""
    line = None
    frame = error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == _FILE:
            line = frame.tb_lineno
        frame = frame.tb_next
    return line
