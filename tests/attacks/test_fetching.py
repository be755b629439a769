"""Links made to have the bot ask what nobody outside may ask, or ask without end."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.web.pages import LARGEST, WebTitles
from bot.adapters.web.ports import is_for_pages
from bot.adapters.web.sparing import Sparing
from bot.domain.entry import JournalId
from bot.services.ports import PageError
from bot.services.queueing import wish
from bot.services.titling import Titling
from bot.storage import link_turns, links
from bot.storage.database import Database
from bot.storage.migrations import migrate
from tests.adapters.test_pages import PRIVATE, PUBLIC, asking, may_be_asked, page, redirect, serving
from tests.attacks.cost import MEGABYTE, measured
from tests.clock import START, FakeClock
from tests.e2e.processes import until

pytestmark = pytest.mark.attack

INWARD = {
    "as it is": "127.0.0.1",
    "another one of this machine": "127.9.9.9",
    "as one number": "2130706433",
    "as one number in hex": "0x7f000001",
    "in hex by parts": "0x7f.0x0.0x0.0x1",
    "in hex and short": "0x7f.1",
    "in octal": "0177.0.0.01",
    "in octal as one number": "017700000001",
    "with a part left out": "127.1",
    "with a dot behind": "127.0.0.1.",
    "in full-width digits": "１２７.０.０.１",
    "with ideographic dots": "127。0。0。1",
    "in circled digits": "①②⑦.⓪.⓪.①",
    "percent-encoded": "%31%32%37.0.0.1",
    "nobody's address": "0.0.0.0",  # noqa: S104 -- nothing is bound to it
    "zero": "0",
    "IPv6": "[::1]",
    "IPv6 in full": "[0000:0000:0000:0000:0000:0000:0000:0001]",
    "IPv6 of nobody": "[::]",
    "IPv4 in IPv6": "[::ffff:127.0.0.1]",
    "IPv4 in IPv6 in hex": "[::ffff:7f00:1]",
    "IPv4 in IPv6, the old way": "[::127.0.0.1]",
    "behind NAT64": "[64:ff9b::7f00:1]",
    "behind 6to4": "[2002:7f00:1::]",
    "link-local": "[fe80::1]",
    "link-local with a zone": "[fe80::1%25eth0]",
    "unique local": "[fd00::1]",
    "metadata of clouds": "169.254.169.254",
    "metadata of Alibaba": "100.100.100.200",
    "metadata in IPv6": "[fd00:ec2::254]",
    "a private network": "192.168.1.1",
    "a provider's network": "100.64.0.1",
    "broadcast": "255.255.255.255",
    "by name": "localhost",
    "by name in capitals with a dot": "LOCALHOST.",
    "by name in full-width letters": "ｌｏｃａｌｈｏｓｔ",
    "behind a user": "example.org@127.0.0.1",
    "behind a user and a password": "example.org:80@127.0.0.1",
    "behind a backslash": "127.0.0.1\\@example.org",
    "before a fragment": "127.0.0.1#@example.org",
}

NAMES = {
    "names the private address": ["127.0.0.1"],
    "names it among public ones": [PUBLIC, PRIVATE],
    "names IPv6 of this machine": ["::1"],
    "names one in the other": ["::ffff:10.0.0.1"],
    "names a thousand public ones and it": [*["1.1.1.1"] * 999, PRIVATE],
    "names nothing": [],
    "names what is no address": ["not an address"],
    "names a zone": ["fe80::1%lo"],
}


@pytest.mark.parametrize("host", INWARD.values(), ids=INWARD)
async def test_no_spelling_leads_inward(host: str) -> None:
    """However an address of this machine or its network is written, nobody there is asked."""
    async with serving(PRIVATE) as private, asking(seconds=2) as titles:
        for address in (f"http://{host}:{private.port}/", f"http://{host}/"):
            with pytest.raises(PageError):
                await titles.title_of(address)
    assert private.asked == []


@pytest.mark.parametrize("found", NAMES.values(), ids=NAMES)
async def test_no_name_leads_inward(found: list[str]) -> None:
    """Whatever a name says: one private address among its addresses is enough."""
    async with serving(PRIVATE) as private, asking({"a.example": found}) as titles:
        with pytest.raises(PageError):
            await titles.title_of(f"http://a.example:{private.port}/")
    assert private.asked == []


async def test_a_name_that_changes_its_mind_leads_nowhere_else() -> None:
    """Connected to is what was checked, though the next look-up would say otherwise (rebinding)."""
    answers = [[PUBLIC], [PRIVATE], [PRIVATE]]

    async def resolve(_host: str, _port: int) -> list[str]:
        return answers.pop(0)

    async with serving(PUBLIC) as public, serving(PRIVATE) as private:
        public.answer = redirect(f"http://rebinding.example:{private.port}/")
        titles = WebTitles(resolve=resolve, is_public=may_be_asked, seconds=5)
        with pytest.raises(PageError, match="not a public address"):
            await titles.title_of(f"http://rebinding.example:{public.port}/")
        await titles.close()
    assert len(public.asked) == 1
    assert private.asked == []


@pytest.mark.parametrize("port", [1, 7, 22, 23, 25, 53, 110, 143, 445, 587, 993, 2375, 5432, 6379])
async def test_ports_of_other_services_are_not_asked(port: int) -> None:
    """Neither by a link nor by a redirect: what is sent there might be taken for commands."""
    assert not is_for_pages(port)
    async with serving(PUBLIC) as site, asking() as titles:
        with pytest.raises(PageError, match="port"):
            await titles.title_of(f"http://{PUBLIC}:{port}/")
        site.answer = redirect(f"http://{PUBLIC}:{port}/")
        with pytest.raises(PageError, match="port"):
            await titles.title_of(site.address)


TARGETS = {
    "inward": "http://127.0.0.1:{private}/",
    "inward without a scheme": "//127.0.0.1:{private}/",
    "inward as one number": "http://2130706433:{private}/",
    "to a file": "file:///etc/passwd",
    "to FTP": "ftp://127.0.0.1/",
    "to gopher": "gopher://127.0.0.1:{private}/_SHUTDOWN",
    "to data": "data:text/html,<title>x</title>",
    "to a script": "javascript:alert(1)",
    "with a password": "http://a:b@127.0.0.2:{public}/",
    "to itself for ever": "http://127.0.0.2:{public}/",
    "to something longer each time": "{public}/x",
    "to no address": "http://[",
    "to half a character": "http://\udcff/",
    "to a header of its own": "/%0d%0aX-Header:%20y",
    "to 60,000 letters": "http://127.0.0.2:{public}/" + "a" * 7000,
}


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
async def test_no_redirect_leads_inward_or_on_for_ever(target: str) -> None:
    """Six requests at most, none of them inward."""
    async with serving(PUBLIC) as site, serving(PRIVATE) as private, asking() as titles:
        place = target.format(public=site.port, private=private.port)
        site.answer = redirect(*[place.encode("utf-8", "replace").decode()] * 50)
        with pytest.raises(PageError):
            await titles.title_of(site.address)
    assert len(site.asked) <= 6
    assert private.asked == []


@asynccontextmanager
async def talking(*pieces: bytes, pause: float = 0.0) -> AsyncIterator[str]:
    """The address of a server that sends just these bytes, again and again at the end."""

    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            for piece in pieces[:-1]:
                writer.write(piece)
            for _ in range(20_000):
                writer.write(pieces[-1])
                await writer.drain()
                await asyncio.sleep(pause)
        except OSError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, PUBLIC, 0)
    async with server:
        yield f"http://{PUBLIC}:{server.sockets[0].getsockname()[1]}/"


_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_PACKED = zlib.compressobj(9, zlib.DEFLATED, 31)
_BOMB = _PACKED.compress(bytes(200 * MEGABYTE)) + _PACKED.flush()

ANSWERS = {
    "a body without end": (_OK + b"\r\n", b"<p>" * 20_000),
    "headers without end": (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 1000),
    "one header without end": (b"HTTP/1.1 200 OK\r\nX: ", b"a" * 60_000),
    "a status line without end": (b"HTTP/1.1 200 ", b"a" * 60_000),
    "cookies without end": (b"HTTP/1.1 200 OK\r\n", b"Set-Cookie: a=" + b"b" * 9000 + b"\r\n"),
    "a gzip bomb": (_OK + b"Content-Encoding: gzip\r\n\r\n", _BOMB),
    "gzip without end": (_OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"")),
    "chunks without end": (_OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    "a chunk of 2^64 bytes": (
        _OK + b"Transfer-Encoding: chunked\r\n\r\n",
        b"FFFFFFFFFFFFFFFFF\r\n",
    ),
    "a length of 10^30": (_OK + b"Content-Length: 1" + b"0" * 30 + b"\r\n\r\n", b"a"),
    "a length below zero": (_OK + b"Content-Length: -1\r\n\r\n", b"a"),
    "two lengths": (_OK + b"Content-Length: 1\r\nContent-Length: 9\r\n\r\n", b"a"),
    "no HTTP": (b"SSH-2.0-OpenSSH_9.6\r\n", b"\0\xff"),
    "continue without end": (b"HTTP/1.1 100 Continue\r\n\r\n",) * 2,
    "switching to something else": (b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", b"a"),
}


@pytest.mark.parametrize("pieces", ANSWERS.values(), ids=ANSWERS)
async def test_no_answer_fills_the_memory_or_takes_for_ever(pieces: tuple[bytes, ...]) -> None:
    """What comes without end is let go, after its time or its measure."""
    async with talking(*pieces) as address, asking(seconds=2) as titles:
        started = asyncio.get_running_loop().time()
        with measured() as cost, pytest.raises(PageError):
            await titles.title_of(address)
        assert asyncio.get_running_loop().time() - started < 6
    assert cost.memory < 100 * MEGABYTE


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\n", _OK + b"\r\n<title>"])
async def test_a_server_that_drips_is_let_go(head: bytes) -> None:
    """A byte now and then keeps nobody longer than the time that a title may take."""
    async with talking(head, b"a", pause=0.05) as address, asking(seconds=0.6) as titles:
        started = asyncio.get_running_loop().time()
        with pytest.raises(PageError, match="too long"):
            await titles.title_of(address)
        assert asyncio.get_running_loop().time() - started < 3


async def test_a_title_of_a_megabyte_is_short() -> None:
    """And no more of its page is read than a megabyte."""
    async with serving(PUBLIC) as site, asking() as titles:
        site.answer = page(b"<title>" + b"a" * 3 * LARGEST)
        assert len(await titles.title_of(site.address)) == 200


async def test_one_server_behind_a_thousand_names_is_spared() -> None:
    """Names cost nothing, so servers are counted: twenty times at once, and then no more."""
    names = {f"{number}.example": [PUBLIC] for number in range(100)}
    async with serving(PUBLIC) as site, asking(names) as titles:
        site.answer = redirect()
        asking_all = (titles.title_of(f"http://{name}:{site.port}/") for name in names)
        found = await asyncio.gather(*asking_all, return_exceptions=True)
    faults = [fault for fault in found if isinstance(fault, PageError)]
    assert 20 <= len(site.asked) <= 25
    assert [fault.final for fault in faults] == [False] * (100 - len(site.asked))


def test_a_spared_server_may_be_asked_again_later() -> None:
    """Once in three seconds; what is remembered of servers stays small."""
    seconds = 0.0
    sparing = Sparing(lambda: seconds)
    assert [sparing.may_ask("a") for _ in range(21)] == [True] * 20 + [False]
    seconds = 3.5
    assert [sparing.may_ask("a") for _ in range(2)] == [True, False]
    for number in range(50_000):
        seconds += 0.01
        sparing.may_ask(str(number))
    assert len(sparing._busy_until) <= 1_000


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A new database."""
    async with await Database.open(tmp_path / "weeknotes.db") as opened:
        await migrate(opened, START)
        yield opened


async def _due(database: Database, after: timedelta) -> int:
    async with database.snapshot() as connection:
        return len(await links.waiting(connection, START + after, 100_000))


async def test_a_flood_of_links_of_one_journal_waits_behind_itself(database: Database) -> None:
    """Sixty at once, then twenty a minute; what would wait for half an hour is never asked."""
    flood = [f"http://{number}.example/" for number in range(5_000)]
    async with database.atomic() as connection:
        await wish(connection, JournalId(1), flood, START)
        await wish(connection, JournalId(2), ["http://example.org/"], START)
    assert await _due(database, timedelta()) == 61
    assert await _due(database, timedelta(minutes=1)) == 81
    assert await _due(database, timedelta(days=1)) <= 662
    async with database.snapshot() as connection:
        first = await links.waiting(connection, START, 100)
    assert "http://example.org/" in [link.address for link in first]


async def test_a_flood_of_links_of_one_host_is_slower(database: Database) -> None:
    """Twenty at once, then twenty a minute, whoever sends them, however the name is written."""
    async with database.atomic() as connection:
        for number in range(200):
            host = ("example.org", "EXAMPLE.org", "u:p@example.org", "example.org:8080")[number % 4]
            await wish(connection, JournalId(number % 20), [f"http://{host}/{number}"], START)
    assert await _due(database, timedelta()) == 20
    assert await _due(database, timedelta(minutes=1)) == 40


async def test_a_flood_of_one_host_leaves_room_for_others_who_link_there(
    database: Database,
) -> None:
    """However long it goes on, their pages are asked, within the hour."""
    now = START
    for minute in range(90):
        now = START + timedelta(minutes=minute)
        flood = [f"http://example.org/{minute}/{number}" for number in range(60)]
        async with database.atomic() as connection:
            await wish(connection, JournalId(1), flood, now)
            await wish(connection, JournalId(2), [f"http://example.org/{minute}/mine"], now)
    async with database.snapshot() as connection:
        waiting = await links.waiting(connection, now + timedelta(hours=1), 100_000)
    mine = [link.address for link in waiting if link.address.endswith("mine")]
    assert len(mine) == 90


async def test_no_more_than_five_thousand_links_wait(database: Database) -> None:
    """What comes behind them stays without a title."""
    flood = [(f"http://{number}.example/", 1) for number in range(4_990)]
    async with database.atomic() as connection:
        await connection.executemany("INSERT INTO links (address, retry_at) VALUES (?, ?)", flood)
        await wish(connection, JournalId(2), [f"http://{n}.example.org/" for n in range(30)], START)
    assert await _due(database, timedelta(days=1)) == 5_000


class _Pages:
    """Every page has a title; they are counted."""

    def __init__(self) -> None:
        self.asked = 0

    async def title_of(self, address: str) -> str:
        self.asked += 1
        return address


async def test_floods_of_many_journals_are_one_flood(database: Database, clock: FakeClock) -> None:
    """A hundred and twenty pages at once, then two in a second, whoever wants them."""
    async with database.atomic() as connection:
        for journal in range(10):
            flood = [f"http://{journal}-{number}.example/" for number in range(60)]
            await wish(connection, JournalId(journal), flood, clock.now())
    pages = _Pages()
    titling = Titling(database, clock, pages)
    working = asyncio.create_task(titling.run())
    titling.wake()
    await until(lambda: pages.asked >= 120)
    await asyncio.sleep(0.1)
    assert pages.asked < 130
    clock.advance(timedelta(minutes=1))
    titling.wake()
    await until(lambda: pages.asked >= 240)
    await asyncio.sleep(0.1)
    assert pages.asked < 250
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)


async def test_links_that_are_known_cost_no_turn(database: Database) -> None:
    """The same links again and again keep nobody from others, and turns are forgotten."""
    async with database.atomic() as connection:
        for _ in range(100):
            await wish(connection, JournalId(1), ["http://a.example/"] * 10, START)
        await wish(connection, JournalId(1), ["http://b.example/", "http://[", "x:y"], START)
    assert await _due(database, timedelta()) == 4
    async with database.atomic() as connection:
        await link_turns.forget_old(connection, START + timedelta(hours=2))
        assert not list(await connection.execute_fetchall("SELECT * FROM link_turns"))
