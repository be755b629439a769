"""`GET /metrics` during a story, read by Prometheus's own parser."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.adapters.exposition import Family, histogram, render
from tests.e2e.conftest import Scene
from tests.e2e.processes import ROOT, by_webhook, until

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


async def _scrape(port: int) -> tuple[Samples, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/metrics") as response,
    ):
        assert response.status == 200
        assert "Server" not in response.headers
        page = await response.text()
    return _read(page), page


def _read(page: str) -> Samples:
    families = list(text_string_to_metric_families(page))
    assert all(family.documentation and family.type != "unknown" for family in families)
    samples = [sample for family in families for sample in family.samples]
    found = {(one.name, tuple(sorted(one.labels.items()))): one.value for one in samples}
    assert len(found) == len(samples)
    return found


async def test_a_story_is_counted(scene: Scene, unused_tcp_port: int) -> None:
    """Updates, calls and waiting things are numbers, and nothing that a person wrote is there."""
    async with scene.bot(BOT_METRICS_LISTEN=f"127.0.0.1:{unused_tcp_port}"):
        await scene.write("#life 秘密的一件")
        await scene.person.fault("setMessageReaction", kind="status", error_code=429, retry_after=0)
        await scene.write("没有标签")
        await scene.report()

        async def is_settled() -> bool:
            found, _ = await _scrape(unused_tcp_port)
            measured = found["weeknotes_acknowledging_seconds_count", ()]
            return (measured, found["weeknotes_owed", ()]) == (2, 0)

        await until(is_settled)
        found, page = await _scrape(unused_tcp_port)
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{unused_tcp_port}/healthz") as response,
        ):
            assert response.status == 404
    assert found["weeknotes_updates_total", (("kind", "message"),)] == 3
    assert found["weeknotes_entries", ()] == 1
    assert found["weeknotes_untagged", ()] == 1
    assert found["weeknotes_dead_letters", ()] == 0
    assert found["weeknotes_api_throttled_total", ()] == 1
    reactions = (("method", "setMessageReaction"), ("outcome", "200"))
    assert found["weeknotes_api_calls_total", reactions] >= 2
    assert found["weeknotes_storing_seconds_count", ()] >= 3
    polled_at = found["weeknotes_last_poll_timestamp_seconds", ()]
    assert abs(polled_at - scene.clock.now().timestamp()) < 120
    assert (found["weeknotes_telegram_heard", ()], found["weeknotes_database_up", ()]) == (1, 1)
    for secret in ("秘密", "标签", "1001", "小周", scene.sandbox.token.partition(":")[2]):
        assert secret not in page


async def test_by_webhook_the_numbers_stand_apart(
    scene: Scene, unused_tcp_port_factory: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On an address of their own; the webhook's has none, and a database at fault is a number."""
    hook, numbers = unused_tcp_port_factory(), unused_tcp_port_factory()
    settings = by_webhook(hook) | {"BOT_METRICS_LISTEN": f"127.0.0.1:{numbers}"}
    async with scene.bot(**settings) as bot:
        await scene.write("#life 一件")
        found, _ = await _scrape(numbers)
        assert found["weeknotes_updates_total", (("kind", "message"),)] == 1
        assert ("weeknotes_last_poll_timestamp_seconds", ()) not in found
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{hook}/metrics") as response,
        ):
            assert response.status == 404
        monkeypatch.setattr("bot.services.measuring._PATIENCE_SECONDS", 0.1)
        async with bot.database.snapshot():
            # Whoever holds the reading connection for that long keeps others from it.
            found, _ = await _scrape(numbers)
        assert found["weeknotes_database_up", ()] == 0
        assert ("weeknotes_entries", ()) not in found


def test_nothing_of_it_is_loaded_where_it_is_not_wanted() -> None:
    """Neither the page nor the server nor what counts."""
    unwanted = (
        "bot.adapters.metrics_page",
        "bot.adapters.exposition",
        "bot.services.tally",
        "bot.chat.counted_request",
        "aiohttp.web",
    )
    script = f"import sys, bot.app; print([name for name in {unwanted!r} if name in sys.modules])"
    told = subprocess.run(  # noqa: S603 -- this very Python
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout == "[]\n"


def test_labels_are_escaped_and_buckets_add_up() -> None:
    """The second parser reads what was meant."""
    odd = 'a "quoted" \\ line\nbroken'
    page = render(
        [
            Family("kinds", "gauge", "Odd.", (("", {"of": odd}, 0.1 + 0.2),)),
            histogram("seconds", "Long.", (0.5, 1.0), (1, 2, 3), 4.5),
        ]
    )
    found = _read(page)
    assert found["kinds", (("of", odd),)] == 0.1 + 0.2
    buckets = [found["seconds_bucket", (("le", bound),)] for bound in ("0.5", "1", "+Inf")]
    assert buckets == [1, 3, 6]
    assert (found["seconds_sum", ()], found["seconds_count", ()]) == (4.5, 6)
