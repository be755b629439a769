"""What document templates of others may not do, and how it is told."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.templates import (
    DocumentFacts,
    DocumentTemplateError,
    TemplateFault,
    check_template,
    wrap,
)
from bot.domain.week import IsoWeek

_FACTS = DocumentFacts(
    "2023 年第40周周报",
    IsoWeek(2023, 40),
    datetime(2023, 10, 8, 12, tzinfo=UTC),
    sections=("生活", "技术"),
)
_LONG = "# t\n\n" + "1. 周报 abc {{ x }}\n" * 500
_WORDS = st.sampled_from(["{{", "}}", "{%", "%}", "for", "in", "if", "endfor", "body", *"|~x1()"])

_HOSTILE = [
    # Reaching out.
    ("{{ ''.__class__ }}", TemplateFault.FORBIDDEN),
    ("{{ ''['__class__'] }}", TemplateFault.FORBIDDEN),
    ("{{ title.__class__.__mro__[1].__subclasses__() }}", TemplateFault.FORBIDDEN),
    ("{{ self.__init__ }}", TemplateFault.FORBIDDEN),
    ("{{ range.__globals__ }}", TemplateFault.FORBIDDEN),
    ("{{ body | sort(attribute='__class__') | first }}", TemplateFault.FORBIDDEN),
    ("{{ cycler.__init__.__globals__ }}", TemplateFault.UNKNOWN),
    ("{{ title | attr('__class__') }}", TemplateFault.UNKNOWN),
    ("{{ '{0.__class__}'.format(1) }}", TemplateFault.FORBIDDEN),
    ("{{ '{a.__class__}'.format_map(loop) }}", TemplateFault.UNKNOWN),
    ("{{ sections.append('x') }}", TemplateFault.FORBIDDEN),
    ("{{ namespace(a=1) }}", TemplateFault.UNKNOWN),
    ("{% include '/etc/passwd' %}", TemplateFault.FORBIDDEN),
    ("{% import 'os' as os %}", TemplateFault.FORBIDDEN),
    ("{% extends 'x' %}", TemplateFault.FORBIDDEN),
    # Growing.
    ("{{ '{:1000000000}'.format(1) }}", TemplateFault.FORBIDDEN),
    ("{{ '%1000000000d' % 1 }}", TemplateFault.FAILED),
    ("{{ '%1000000000d' | format(1) }}", TemplateFault.UNKNOWN),
    ("{{ 'a' | center(1000000000) }}", TemplateFault.UNKNOWN),
    ("{{ 'a'.ljust(1000000000) }}", TemplateFault.FORBIDDEN),
    ("{{ lipsum(n=100000000) }}", TemplateFault.UNKNOWN),
    ("{{ 'a' * 1000000000 }}", TemplateFault.FAILED),
    ("{{ [1] * 1000000000 }}", TemplateFault.FAILED),
    ("{{ 10 ** 1000000000 }}", TemplateFault.FORBIDDEN),
    ("{% set x = body %}" + "{% set x = x ~ x %}" * 60 + "{{ x }}", TemplateFault.TOO_MUCH),
    ("{% set x = body %}" + "{% set x = x + x %}" * 60, TemplateFault.TOO_MUCH),
    ("{% set x = [1] %}" + "{% set x = x + x %}" * 60, TemplateFault.TOO_MUCH),
    ("{% set x = [1] %}" + "{% set x = [x, x] %}" * 60 + "{{ x }}", TemplateFault.FORBIDDEN),
    ("{% set x = 9 %}" + "{% set x = x * x %}" * 60, TemplateFault.FAILED),
    ("{{ body | replace('', body) | length }}", TemplateFault.TOO_MUCH),
    ("{{ body | list | join(body) | length }}", TemplateFault.TOO_MUCH),
    ("{{ body }}" * 900, TemplateFault.TOO_MUCH),
    ("{% set x %}{{ body }}{% endset %}", TemplateFault.FORBIDDEN),
    ("{{ date.strftime(title[:1] + body) }}", TemplateFault.FAILED),
    ("x" * 10_001, TemplateFault.TOO_LONG),
    # Going on.
    ("{% for i in range(1000000000) %}x{% endfor %}", TemplateFault.FAILED),
    ("{% for a in range(1000) %}" * 3 + "{% endfor %}" * 3, TemplateFault.TOO_MUCH),
    ("{% for a in body %}" * 3 + "x" + "{% endfor %}" * 3, TemplateFault.TOO_MUCH),
    ("{% for a in body %}{{ body in markdown }}{% endfor %}", TemplateFault.TOO_MUCH),
    ("{% for a in range(999) %}{{ body | sort | join }}{% endfor %}", TemplateFault.TOO_MUCH),
    ("{% for a in range(999) %}{{ body | hugo | first }}{% endfor %}", TemplateFault.TOO_MUCH),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", TemplateFault.FORBIDDEN),
    ("{% for x in sections recursive %}{{ loop(sections) }}{% endfor %}", TemplateFault.FORBIDDEN),
    # Going deep.
    ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", TemplateFault.TOO_MUCH),
    ("{{ " + "not " * 2000 + "1 }}", TemplateFault.TOO_MUCH),
    ("{{ " + "1+" * 4000 + "1 }}", TemplateFault.TOO_MUCH),
    ("{% for i in [1] %}" * 50 + "{% endfor %}" * 50, TemplateFault.SYNTAX),
]


@pytest.mark.parametrize(("source", "fault"), _HOSTILE, ids=[source[:50] for source, _ in _HOSTILE])
def test_a_hostile_template_ends_at_once(source: str, fault: TemplateFault) -> None:
    """Whatever reaches out or grows without measure is refused in a second, as what it is."""
    started = process_time()
    with pytest.raises(DocumentTemplateError) as caught:
        wrap(_LONG, source, _FACTS)
    assert process_time() - started < 1
    assert caught.value.fault is fault
    assert caught.value.reason


@pytest.mark.parametrize(
    ("source", "fault", "line", "words"),
    [
        ("---\n{{ title", TemplateFault.SYNTAX, 2, "end of"),
        ("---\n\n{% frob %}", TemplateFault.SYNTAX, 3, "frob"),
        ("{{ title }}\n{{ tittle }}", TemplateFault.UNKNOWN, 2, "tittle; there are body, date"),
        ("{% if false %}\n{{ tittle }}{% endif %}", TemplateFault.UNKNOWN, 2, "tittle"),
        ("\n{{ title | yml }}", TemplateFault.UNKNOWN, 2, "no filter yml; there are"),
        ("\n{{ 1 if title is wide }}", TemplateFault.UNKNOWN, 2, "no test wide"),
        ("\n\n{{ title.nope }}", TemplateFault.UNKNOWN, 3, "nope"),
        ("\n{{ sections[0] }}", TemplateFault.UNKNOWN, 2, "no element 0"),
        ("\n{{ sections }}", TemplateFault.FAILED, 2, "join"),
        ("\n{{ none }}", TemplateFault.FAILED, 2, "only words"),
        ("a\nb\n{{ title + 1 }}", TemplateFault.FAILED, 3, "+"),
        ("\n{{ 1 / 0 }}", TemplateFault.FAILED, 2, "zero"),
        ("{{ 1 }}\n{{ body.__class__ }}", TemplateFault.FORBIDDEN, 2, "__class__"),
        ("{{ 1 }}\n\n{% include 'x' %}", TemplateFault.FORBIDDEN, 3, "include"),
        ("\n{% for i in range(9) %}\n{{ body * 2 }}{% endfor %}", TemplateFault.FAILED, 3, "*"),
    ],
)
def test_a_fault_has_its_line_and_reason(
    source: str, fault: TemplateFault, line: int, words: str
) -> None:
    """A template is refused when it is set, with what is wrong and on which line."""
    with pytest.raises(DocumentTemplateError) as caught:
        check_template(source)
    assert (caught.value.fault, caught.value.line) == (fault, line)
    assert words in caught.value.reason


@pytest.mark.parametrize(
    "source",
    [
        "foo",
        "hguo",
        "---\ntitle: {{ title }}\n---\n{{ summary }}",
        "{{ body | length }}",
        "{# {{ body }} #}",
        "{% if sections %}{{ body }}{% endif %}",
    ],
)
def test_a_template_that_leaves_a_report_out_is_refused(source: str) -> None:
    """Also where it leaves out only that of some weeks."""
    with pytest.raises(DocumentTemplateError) as caught:
        check_template(source)
    assert caught.value.fault is TemplateFault.NO_BODY
    assert "{{ body }}" in caught.value.reason


@pytest.mark.parametrize("source", ["{{ markdown }}", "{{ body | hugo }}", "{{ body | trim }}\n"])
def test_a_template_may_have_the_report_in_any_form(source: str) -> None:
    """What counts is that it comes out."""
    check_template(source)


def test_a_document_stays_within_its_length() -> None:
    """Four times the report and 100,000 characters is as long as a document gets."""
    assert len(wrap(_LONG, "{{ markdown }}" * 4, _FACTS)) == 4 * len(_LONG)
    with pytest.raises(DocumentTemplateError, match="too long a document"):
        wrap(_LONG, "{{ markdown }}" * 16, _FACTS)


@given(st.lists(_WORDS))
def test_no_template_raises_anything_else(words: list[str]) -> None:
    """A template works, or raises a DocumentTemplateError."""
    with suppress(DocumentTemplateError):
        check_template(" ".join(words))
