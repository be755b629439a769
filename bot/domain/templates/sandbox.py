"""Jinja2 with every door shut but those a document template needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from jinja2 import StrictUndefined
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.domain.templates.errors import DocumentTemplateError, TemplateFault
from bot.domain.templates.filters import TEST_NAMES, filters_with, tests, writable
from bot.domain.templates.fuel import Fuel
from bot.domain.templates.grammar import Metering, check_grammar

_WORD = frozenset(
    {
        *("capitalize", "endswith", "lower", "lstrip", "removeprefix", "removesuffix", "rstrip"),
        *("split", "startswith", "strip", "title", "upper"),
    }
)
_DAY = frozenset({"day", "isoformat", "isoweekday", "month", "strftime", "weekday", "year"})
_LOOP = frozenset(
    {
        *("first", "index", "index0", "last", "length", "nextitem", "previtem"),
        *("revindex", "revindex0"),
    }
)
_ATTRIBUTES: tuple[tuple[type, frozenset[str]], ...] = (
    (str, _WORD),
    (datetime, _DAY | {"hour", "minute", "second"}),
    (date, _DAY),
    (LoopContext, _LOOP),
)
_GREATEST_NUMBER = 10**15
_LONGEST_FORMAT = 100
_LONGEST_RANGE = 1000


class DocumentEnvironment(ImmutableSandboxedEnvironment):
    """An environment for one rendering, which stops when its fuel is used up."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%"})

    def __init__(self, fuel: Fuel, turn: int) -> None:
        super().__init__(
            autoescape=False,
            finalize=writable,
            keep_trailing_newline=True,
            lstrip_blocks=True,
            # The optimizer would do a template's sums before anything counts them.
            optimized=False,
            trim_blocks=True,
            undefined=StrictUndefined,
        )
        self._fuel = fuel
        for table, names in (
            (self.filters, filters_with(fuel, turn)),
            (self.tests, tests()),
            (self.globals, {"range": _range}),
        ):
            table.clear()
            table.update(names)

    def chunks(self, source: str, variables: Mapping[str, object]) -> Iterator[str]:
        """The document in pieces. Raises DocumentTemplateError, and whatever Jinja2 raises."""
        tree = self.parse(source)
        public = [name for name in self.filters if not name.startswith("_")]
        check_grammar(tree, [*variables, *self.globals], public, TEST_NAMES)
        Metering().visit(tree)
        for chunk in self.from_string(tree).generate(variables):
            self._fuel.spend(chunk)
            yield chunk

    def is_safe_attribute(self, obj: object, attr: str, _value: object) -> bool:
        """Whether the attribute is among the few that are good for something."""
        return any(isinstance(obj, kind) and attr in names for kind, names in _ATTRIBUTES)

    def wrap_str_format(self, value: object) -> None:
        """None: `str.format` is no method of a template's words."""

    def call(
        self, context: Context, function: Callable[..., object], *values: object, **options: object
    ) -> object:
        """The result of `range` or of a method that is known to be harmless."""
        owner = getattr(function, "__self__", None)
        if function is not _range and not isinstance(owner, str | date):
            raise DocumentTemplateError(TemplateFault.FORBIDDEN, "a call of what is no method")
        self._fuel.spend(owner, *values, *options.values())
        if isinstance(owner, date) and any(len(str(value)) > _LONGEST_FORMAT for value in values):
            raise ValueError(f"a format of more than {_LONGEST_FORMAT} characters")
        return context.call(function, *values, **options)

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """The sum, difference and so on of two numbers, or two texts or lists put together."""
        self._fuel.spend(left, right)
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        alike = type(left) is type(right) and isinstance(left, str | list)
        if not numbers and not (alike and operator == "+"):
            raise TypeError(f"{operator} between other things than numbers")
        result: object = super().call_binop(context, operator, left, right)
        if isinstance(result, int) and abs(result) > _GREATEST_NUMBER:
            raise OverflowError(f"a number above {_GREATEST_NUMBER}")
        return result


def _range(*borders: int) -> range:
    """`range`, of few enough numbers to be nothing as a list; loops pay for each turn."""
    numbers = range(*borders)
    if len(numbers) > _LONGEST_RANGE:
        raise OverflowError(f"a range of more than {_LONGEST_RANGE}")
    return numbers
