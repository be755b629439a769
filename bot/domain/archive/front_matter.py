"""Front matter: what a site generator wants to know, written before the text of a file.

Hugo takes YAML, TOML and JSON, Hexo YAML and JSON, Jekyll and Astro YAML.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

_KEYS = ("title", "date", "week")
_FENCED = re.compile(
    r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*\r?\n"
    r"(?P<fields>(?:.*\n)*?)"
    r"(?P=fence)[ \t]*(?:\r?\n|\Z)"
)
_YAML_FIELD = re.compile(r"(?P<key>title|date|week)[ \t]*:(?:[ \t]+(?P<value>.*?))?[ \t\r]*\Z")
_YAML_COMMENT = re.compile(r"[ \t]#.*\Z")
_YAML_QUOTED = re.compile(r"""(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')[ \t]*(?:#.*)?\Z""")
# Tags, anchors, nested values and texts over several lines are nothing a title or day needs.
_YAML_STRUCTURE = tuple("{[&*!|>%@`")
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter `source` as it stands in the file, and what it says.

    `source` has its fences and the line breaks around them, and is empty where there is none.
    `title` and `week` are empty and `day` is None where it does not say, or not intelligibly.
    """

    source: str = ""
    title: str = ""
    day: date | None = None
    week: str = ""


def split(text: str) -> tuple[FrontMatter, str]:
    """The front matter of a file and the text after it; both together are the file.

    What is not closed, or would be no front matter to any site generator, is text.
    """
    if match := _FENCED.match(text):
        fields = match["fields"]
        is_yaml = match["fence"] == "---"
        values = _yaml(fields) if is_yaml else _toml(fields)
        # Two rules around a paragraph are Markdown.
        if values is not None and not (is_yaml and _is_prose(fields)):
            return _front_matter(text[: match.end()], values), text[match.end() :]
    elif text.removeprefix("\ufeff").startswith("{"):
        return _split_json(text)
    return FrontMatter(), text


def _is_prose(fields: str) -> bool:
    """Whether the first line that says something is neither a key nor one of a list."""
    for line in fields.split("\n"):
        if line.strip() and not line.lstrip().startswith("#"):
            return not re.match(r"""[\w"'][^:]*:(?:\s|\Z)""", line)
    return False


def _yaml(fields: str) -> Mapping[str, object]:
    """Title, date and week of YAML lines.

    Only plain and quoted values on the key's own line count, which is how people and generators
    write these three. A reader of all of YAML would be a dependency for three lines, and would
    refuse the whole where any other line has a slip.
    """
    found: dict[str, object] = {}
    for line in fields.split("\n"):
        match = _YAML_FIELD.match(line)
        if match is None or not match["value"] or match["value"].startswith(_YAML_STRUCTURE):
            continue
        found[match["key"]] = _yaml_value(match["value"])
    return found


def _yaml_value(value: str) -> str:
    match = _YAML_QUOTED.match(value)
    if match is None:
        return _YAML_COMMENT.sub("", value).strip()
    if match[1] is None:
        return match[2].replace("''", "'")
    try:
        return str(json.loads(f'"{match[1]}"', strict=False))
    except ValueError:  # YAML has escapes that JSON has not
        return match[1]


def _toml(fields: str) -> Mapping[str, object] | None:
    try:
        return tomllib.loads(fields.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _split_json(text: str) -> tuple[FrontMatter, str]:
    start = text.index("{")
    try:
        values, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return FrontMatter(), text
    match = re.compile(r"[ \t]*(?:;;;[ \t]*)?(?:\r?\n|\Z)").match(text, end)
    # Braces that go on in the same line are a sentence.
    if match is None or not isinstance(values, dict):
        return FrontMatter(), text
    return _front_matter(text[: match.end()], values), text[match.end() :]


def _front_matter(source: str, values: Mapping[str, object]) -> FrontMatter:
    title, day, week = (values.get(key) for key in _KEYS)
    return FrontMatter(
        source,
        title=" ".join(title.split()) if isinstance(title, str) else "",
        day=_day(day),
        week=str(week).strip() if isinstance(week, str | int) else "",
    )


def _day(value: object) -> date | None:
    """The day as it is written, whatever hour and zone follow it."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    match = _DAY.match(value.strip()) if isinstance(value, str) else None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
