"""`GET /metrics`: what Prometheus collects. No name, no text and no id of anybody is in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Final

from aiohttp import web

from bot.adapters.exposition import CONTENT_TYPE, Family, histogram, plain, render
from bot.adapters.serving import served
from bot.services.measuring import Measured, Measuring
from bot.services.tally import BOUNDS, Tally
from bot.storage.gauges import Stock

PATH: Final = "/metrics"

_STOCK: Final = {
    "entries": "Messages that are kept and have their place in a week.",
    "untagged": "Messages that are kept and wait for a section.",
    "journals": "Journals.",
    "unanswered": "Messages that do not show yet what has become of them.",
    "owed": "Answers in the outbox.",
    "dead_letters": "Updates that could not be handled and are kept.",
    "awaited_files": "Files that are still to be fetched.",
    "missing_files": "Files that were given up.",
    "drafts_sent": "Drafts that were sent, of all journals that there are.",
    "drafts_due": "Drafts that are due and not sent yet.",
}


class MetricsPage:
    """Shows what is counted and how much there is."""

    def __init__(self, tally: Tally, measuring: Measuring) -> None:
        self._tally = tally
        self._measuring = measuring

    @asynccontextmanager
    async def served(self, host: str, port: int) -> AsyncIterator[None]:
        """It is there, by itself. Raises OSError where the address is taken."""
        application = web.Application()
        application.router.add_get(PATH, self._show)
        async with served(application, host, port):
            yield

    async def _show(self, _: web.Request) -> web.Response:
        measured = await self._measuring.look()
        page = render(families(self._tally, measured))
        return web.Response(body=page.encode(), headers={"Content-Type": CONTENT_TYPE})


def families(tally: Tally, measured: Measured) -> list[Family]:
    """All metrics, in their order; docs/operating.md explains each."""
    return [*_counted(tally), *_measured(measured)]


def _counted(tally: Tally) -> Iterator[Family]:
    yield Family(
        "weeknotes_build_info",
        "gauge",
        "The version that runs.",
        (("", {"version": version("weeknotes")}, 1),),
    )
    yield Family(
        "weeknotes_updates_total",
        "counter",
        "Updates received, also those that came again.",
        tuple(("", {"kind": kind}, count) for kind, count in tally.updates.items()),
    )
    yield Family(
        "weeknotes_api_calls_total",
        "counter",
        "Calls of the Bot API by their status; failed: without an answer.",
        tuple(
            ("", {"method": method, "outcome": outcome}, count)
            for (method, outcome), count in sorted(tally.calls.items())
        ),
    )
    throttled = sum(count for (_, outcome), count in tally.calls.items() if outcome == "429")
    yield plain(
        "weeknotes_api_throttled_total", "counter", "Calls that came too fast (429).", throttled
    )
    yield plain(
        "weeknotes_batches_refused_total",
        "counter",
        "Batches of updates that could not be stored and were not confirmed.",
        tally.unstored,
    )
    yield histogram(
        "weeknotes_storing_seconds",
        "From the arrival of a batch of updates to its commit.",
        BOUNDS,
        tally.stored.counts,
        tally.stored.sum,
    )
    yield histogram(
        "weeknotes_acknowledging_seconds",
        "From the arrival of a message to the reaction on it.",
        BOUNDS,
        tally.acknowledged.counts,
        tally.acknowledged.sum,
    )
    if tally.polled_at is not None:
        yield plain(
            "weeknotes_last_poll_timestamp_seconds",
            "gauge",
            "When Telegram answered a question for updates last; absent by webhook.",
            tally.polled_at.timestamp(),
        )


def _measured(measured: Measured) -> Iterator[Family]:
    yield plain(
        "weeknotes_telegram_heard", "gauge", "1 while Telegram is heard.", measured.hears_telegram
    )
    yield plain(
        "weeknotes_database_up",
        "gauge",
        "1 while the database answers.",
        measured.stock is not None,
    )
    yield plain(
        "weeknotes_database_seconds",
        "gauge",
        "How long it took the database to say what is below.",
        measured.database_seconds,
    )
    if measured.stock is not None:
        yield from _stock(measured.stock)


def _stock(stock: Stock) -> Iterator[Family]:
    for name, meaning in _STOCK.items():
        yield plain(f"weeknotes_{name}", "gauge", meaning, getattr(stock, name))
