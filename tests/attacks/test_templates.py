"""Document templates sent in the chat to get out of their sandbox, or to keep the bot busy.

More of them, each with its kind of fault, are in tests/domain/test_template_faults.py.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
import yaml

from bot.domain.templates import DocumentFacts, DocumentTemplateError, wrap
from bot.domain.week import IsoWeek
from tests.attacks.cost import MEGABYTE, measured

pytestmark = pytest.mark.attack

_FACTS = DocumentFacts(
    "2023 年第40周周报",
    IsoWeek(2023, 40),
    datetime(2023, 10, 8, 12, tzinfo=UTC),
    summary="总结 <script>alert(1)</script>",
    sections=("生活", "技术"),
    pictures=("images/2023-W40-1.jpg",),
)
_REPORT = "# t\n\n" + "1. 周报 abc {{ x }}\n" * 500

OUT = {
    "the class of a day": "{{ date.__class__ }}",
    "the base of a class": "{{ date.__class__.__base__.__subclasses__() }}",
    "globals of a method": "{{ title.upper.__globals__ }}",
    "the object of a method": "{{ title.upper.__self__ }}",
    "the module of a function": "{{ range.__init__.__globals__['os'] }}",
    "the class of a loop": "{% for x in sections %}{{ loop.__class__ }}{% endfor %}",
    "the context of a loop": "{% for x in sections %}{{ loop._iterator }}{% endfor %}",
    "a call of a loop": "{% for x in sections %}{{ loop(sections) }}{% endfor %}",
    "the template itself": "{{ self._TemplateReference__context }}",
    "names of web frameworks": "{{ config.__class__ }}{{ request.application }}",
    "url_for, as Flask has it": "{{ url_for.__globals__ }}",
    "a joiner": "{{ joiner.__init__.__globals__ }}",
    "a dictionary": "{{ dict(a=1).items() }}",
    "a format of a word": "{{ '{0.__class__.__mro__}'.format(title) }}",
    "a format map": "{{ title.format_map({'a': 1}) }}",
    "a translation": "{{ title.translate({65: body}) }}",
    "bytes": "{{ title.encode('punycode') }}",
    "an attribute by a subscript": "{{ title['__cl' ~ 'ass__'] }}",
    "an attribute by a filter": "{{ [title] | map(attribute='__class__') | list }}",
    "selecting by an attribute": "{{ sections | selectattr('__class__') | list }}",
    "grouping by an attribute": "{{ sections | groupby('__class__') }}",
    "sorting by an attribute": "{{ sections | sort(attribute='__class__.__mro__') }}",
    "unique by an attribute": "{{ sections | unique(attribute='__class__') | join }}",
    "joining by an attribute": "{{ sections | join(attribute='__class__') }}",
    "the time zone of a day": "{{ date.tzinfo.__class__ }}",
    "another day": "{{ date.replace(year=1) }}",
    "a module": "{{ date.__module__ }}",
    "markup as it is": "{{ body | safe }}",
    "a debug tag": "{% debug %}",
    "a do tag": "{% do sections.append(1) %}",
    "a file by a variable": "{% set f = '/etc/passwd' %}{% include f %}",
    "another template": "{% from 'x' import y with context %}",
    "a block": "{% block a %}{{ super() }}{% endblock %}",
    "a call block": "{% call range(1) %}{% endcall %}",
    "autoescape": "{% autoescape true %}{{ body }}{% endautoescape %}",
    "a word as a function": "{{ title(1) }}",
    "a filter of its own name": "{{ body | _weighed }}",
    "a fixed word as a function": "{{ 'os'.system('id') }}",
}

_EACH, _END = "{% for a in body %}", "{% endfor %}"

BUSY = {
    "a day in a billion digits": "{{ date.strftime('%999999999Y') }}{{ body }}",
    "wide days again and again": _EACH + "{{ date.strftime('%99999d') }}" + _END,
    "a number of 5,000 digits": "{{ " + "9" * 5000 + " }}",
    "a number of 9,000 digits in a filter": "{{ '" + "9" * 9000 + "' | int }}",
    "a number in base 36": "{{ '" + "z" * 9000 + "' | int(base=36) * 1 }}",
    "a number in base 32": "{{ '" + "v" * 9000 + "' | int(base=32) + 1 }}",
    "beyond all numbers": "{{ 1e308 * 1e308 }}{{ body }}",
    "a range backwards": "{% for i in range(0, -1000000000000, -1) %}x{% endfor %}",
    "a range of ranges": "{{ range(1000) | list | sort | list | unique | list | join(body) }}",
    "splitting again and again": _EACH + "{{ body.split('a') | length }}" + _END,
    "a long joiner": "{{ body.split('1') | join(body) }}",
    "longer by replacing": "{{ body | replace('1', body) | replace('1', body) }}",
    "longer by an end": "{{ body | truncate(1, body ~ body ~ body) | replace('a', body) }}",
    "shorter than nothing": "{{ body | truncate(-1000000000) }}",
    "slices of slices": "{% for a in body %}{{ body[1:][1:][1:][1:] }}{% endfor %}",
    "slices backwards": "{% for a in body %}{{ body[::-1] | length }}{% endfor %}",
    "comparing again and again": _EACH + "{{ (body ~ 'a') == (body ~ 'b') }}" + _END,
    "looking for what is not there": "{% for a in body %}{{ 'zzzz' in body }}{% endfor %}",
    "capital letters again and again": _EACH + "{{ body.upper().lower().title() }}" + _END,
    "looking ahead in loops": _EACH + "{% for b in body %}{{ loop.nextitem }}" + _END + _END,
    "a loop within its own list": _EACH + "{% for a in body if a in body %}{{ a }}" + _END + _END,
    "3,000 filters": "{{ body" + " | trim" * 1400 + " }}",
    "300 conditions in each other": "{% if 1 %}" * 300 + "{% endif %}" * 300,
    "a chain of comparisons": "{{ 1" + " < 2" * 2000 + " }}",
    "a chain of tildes": "{{ body" + " ~ body" * 1400 + " }}",
    "a chain of ifs": "{{ " + "1 if 0 else " * 800 + "2 }}",
    "brackets": "{{ " + "[" * 2000 + "]" * 2000 + " }}",
    "subscripts": "{{ title" + "[0]" * 3000 + " }}",
    "attributes": "{{ title" + ".upper().lower()" * 600 + " }}",
    "a comment without end": "{#" * 5000,
    "raw without end": "{% raw %}" * 1000,
    "Markdown without end": _EACH + "{{ ('{{<`' ~ a ~ body) | hugo }}" + _END,
    "names that look alike": "{% set ｂody = 1 %}" * 300 + _EACH * 3 + _END * 3,
}


@pytest.mark.parametrize("source", OUT.values(), ids=OUT)
def test_no_template_reaches_out(source: str) -> None:
    """Nothing but words, numbers, days and lists of them is within reach."""
    with measured() as cost, pytest.raises(DocumentTemplateError) as caught:
        wrap(_REPORT, source, _FACTS)
    assert cost.seconds < 1
    assert "/root" not in caught.value.reason
    assert "0x" not in caught.value.reason


@pytest.mark.parametrize("source", BUSY.values(), ids=BUSY)
def test_no_template_keeps_the_bot_busy(source: str) -> None:
    """In a second it is refused, or it is a document no longer than documents are."""
    with measured() as cost, suppress(DocumentTemplateError):
        assert len(wrap(_REPORT, source, _FACTS)) < 4 * len(_REPORT) + 100_000
    assert cost.seconds < 1
    assert cost.memory < 50 * MEGABYTE


@pytest.mark.parametrize("word", ["{{ 7 * 7 }}", "{% include 'x' %}", "{# #}", "{{", "{%", "%}"])
def test_a_report_is_no_template(word: str) -> None:
    """What people write is never run, whatever it looks like."""
    facts = DocumentFacts(word, IsoWeek(2023, 40), _FACTS.date, summary=word, sections=(word,))
    source = "{{ title }}|{{ summary }}|{{ sections | join }}|{{ body }}"
    assert wrap(f"1. {word}\n", source, facts) == f"{word}|{word}|{word}|1. {word}\n"


@pytest.mark.parametrize(
    "word",
    ['"', "\\", "\n---\n", "'", "\x00", "\u2028", ": #", "!!python/object:os.system", "&a *a"],
)
def test_no_word_breaks_out_of_front_matter(word: str) -> None:
    """YAML reads back what was written, and no more."""

    facts = DocumentFacts(word, IsoWeek(2023, 40), _FACTS.date, sections=(word, "b"))
    source = "title: {{ title | yaml }}\nsections: {{ sections | yaml }}\nend: 1\n{# {{ body }} #}"
    found = yaml.safe_load(wrap("1. a\n", source, facts))
    assert found == {"title": word, "sections": [word, "b"], "end": 1}
