"""Document templates: what stands around a report's body for a blog, above all front matter.

A template is Jinja2 of a small, bounded kind (`grammar` says which); docs/templates.md shows how
to write one. The library is imported when a template is used: an idle bot does without its memory.
"""

from __future__ import annotations

from bot.domain.templates.errors import DocumentTemplateError, TemplateFault
from bot.domain.templates.facts import DocumentFacts, facts_of
from bot.domain.templates.ready import READY
from bot.domain.templates.wrapping import check_template, without_title, wrap

__all__ = [
    "READY",
    "DocumentFacts",
    "DocumentTemplateError",
    "TemplateFault",
    "check_template",
    "facts_of",
    "without_title",
    "wrap",
]
