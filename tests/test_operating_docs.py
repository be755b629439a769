"""What the documents for operators say is so."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import fields
from pathlib import Path

from bot.adapters.logs import JsonFormatter
from bot.adapters.masking import Mask
from bot.adapters.metrics_page import families
from bot.config import SETTINGS
from bot.services.measuring import Measured
from bot.services.tally import Tally
from bot.storage.gauges import Stock
from tests.clock import FakeClock

_DOCS = Path(__file__).parents[1] / "docs"


def _section(name: str, heading: str) -> str:
    text = (_DOCS / name).read_text(encoding="utf-8")
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_every_setting_is_explained_with_its_default() -> None:
    """The table has exactly the settings that there are, in their order."""
    text = (_DOCS / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(BOT_[A-Z_]+)` \| (?:`([^`]+)` )?\| \S.* \|$", text, re.MULTILINE)
    assert rows == list(SETTINGS.items())


def test_links_between_the_documents_lead_somewhere() -> None:
    """To a heading of the other one."""
    links = re.findall(
        r"\]\(operating\.md#([a-z-]+)\)", (_DOCS / "settings.md").read_text(encoding="utf-8")
    )
    headings = re.findall(
        r"^## (.+)$", (_DOCS / "operating.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    assert set(links) == anchors


def test_every_metric_is_explained() -> None:
    """The table has exactly those that the page has, in their order, with their kinds."""
    tally = Tally(FakeClock())
    tally.polled()
    stock = Stock(**{field.name: 0 for field in fields(Stock)})
    shown = [(one.name, one.kind) for one in families(tally, Measured(True, stock, 0.1))]
    assert shown == re.findall(
        r"^\| `(weeknotes_\w+)` \| (\w+) \| \S", _section("operating.md", "Metrics"), re.MULTILINE
    )


def test_every_field_of_the_health_page_is_explained() -> None:
    """The example and the table name the same."""
    section = _section("operating.md", "Health")
    [example] = re.findall(r"```json\n(.*?)```", section, re.DOTALL)
    assert list(json.loads(example)) == re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


def test_every_field_of_the_log_is_explained() -> None:
    """A record with a trace has all of them."""
    try:
        raise LookupError("nothing")
    except LookupError as error:
        trace = (type(error), error, error.__traceback__)
    record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "failed", (), trace)
    event = json.loads(JsonFormatter(Mask()).format(record))
    named = re.findall(r"^\| `(\w+)` \|", _section("operating.md", "The log"), re.MULTILINE)
    assert list(event) == named
