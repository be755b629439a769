"""Titles of pages, over real HTTP: 127.0.0.2 stands for the public web, 127.0.0.1 is private."""

from __future__ import annotations

import asyncio
import logging
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.web.addresses import Address, is_public
from bot.adapters.web.html_titles import decoded, title_candidates
from bot.adapters.web.pages import LARGEST, WebTitles
from bot.services.ports import PageError

PUBLIC = "127.0.0.2"
PRIVATE = "127.0.0.1"
MIB = 1024 * 1024

Answer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


class Site:
    """A web server that gives each request the same answer, and remembers them."""

    def __init__(self) -> None:
        self.asked: list[web.BaseRequest] = []
        self.answer: Answer = page(b"")
        self.port = 0
        self.host = ""

    @property
    def address(self) -> str:
        """The site's address, by its IP."""
        return f"http://{self.host}:{self.port}/"

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self.asked.append(request)
        return await self.answer(request)


@asynccontextmanager
async def serving(host: str) -> AsyncIterator[Site]:
    """A site at the IP address, on a port of its own."""
    site = Site()
    site.host = host
    runner = web.ServerRunner(web.Server(site.handle), shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, 0).start()
        site.port = runner.addresses[0][1]
        yield site
    finally:
        await runner.cleanup()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A public site."""
    async with serving(PUBLIC) as site:
        yield site


@pytest.fixture
async def private() -> AsyncIterator[Site]:
    """A site in the private network."""
    async with serving(PRIVATE) as site:
        site.answer = page(b"<title>Secret</title>")
        yield site


def may_be_asked(address: Address) -> bool:
    """The public Internet, and what stands for it."""
    return str(address) == PUBLIC or is_public(address)


@asynccontextmanager
async def asking(
    names: dict[str, list[str]] | None = None, *, seconds: float = 5
) -> AsyncIterator[WebTitles]:
    """What is tested, with names of its own if there are any."""
    if names is None:
        titles = WebTitles(is_public=may_be_asked, seconds=seconds)
    else:

        async def resolve(host: str, _port: int) -> list[str]:
            return names[host]

        titles = WebTitles(resolve=resolve, is_public=may_be_asked, seconds=seconds)
    try:
        yield titles
    finally:
        await titles.close()


async def title_of(address: str) -> str:
    async with asking() as titles:
        return await titles.title_of(address)


async def fault_of(address: str, *, seconds: float = 5) -> PageError:
    async with asking(seconds=seconds) as titles:
        with pytest.raises(PageError) as caught:
            await titles.title_of(address)
    return caught.value


def page(
    body: bytes, content_type: str = "text/html", *, status: int = 200, encoding: str = ""
) -> Answer:
    """The answer with this page."""
    headers = {"Content-Type": content_type}
    if encoding:
        headers["Content-Encoding"] = encoding

    async def answer(_request: web.BaseRequest) -> web.Response:
        return web.Response(body=body, headers=headers, status=status)

    return answer


def redirect(*targets: str) -> Answer:
    """Redirects to these addresses one after another, and then a page."""
    left = list(targets)

    async def answer(request: web.BaseRequest) -> web.Response:
        if left:
            return web.Response(status=302, headers={"Location": left.pop(0)})
        return web.Response(text=f"<title>{request.path}</title>", content_type="text/html")

    return answer


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>Plain</title>", "Plain"),
        ("<TITLE lang=en>\n Two\n lines </TITLE >", "Two lines"),
        ("<title>A &amp; B &#x4e2d;&copy; &lt;b&gt;</title>", "A & B 中© <b>"),
        ("<title>T</title><meta property='og:title' content='Graph &quot;q&quot;'>", 'Graph "q"'),
        ("<title>T</title><meta content=Graph name=og:title>", "Graph"),
        ("<META PROPERTY=OG:TITLE CONTENT='a > b'><title>T</title>", "a > b"),
        ("<meta property=og:title content=' '><title>T</title>", "T"),
        ("<meta property=og:title><title>T</title>", "T"),
        ("<meta property=og:title:alt content=no><title>T</title>", "T"),
        ("<svg><title>Icon</title></svg><title>T</title>", "T"),
        ("<svg viewBox='0 0'><g><title>Icon</title></g></svg><svg/><title>T</title>", "T"),
        ("<!-- <title>no</title> --><title>T</title>", "T"),
        ("<!--><title>T</title>", "T"),
        ("<script>x = '<title>no</title>'</script><title>T</title>", "T"),
        ("<style></head></style><noscript><p></noscript><title>T</title>", "T"),
        ("<p title='<title>no</title>'><title>T</title>", "T"),
        ("<head></head><body><title>In the body</title>", "In the body"),
        ("<title>Cut off", "Cut off"),
        ("<title></title><title>Second</title>", "Second"),
        ("<title>a<b>c</b></title>", "a<b>c</b>"),
    ],
)
async def test_titles(site: Site, html: str, title: str) -> None:
    """`og:title` comes first, then the page's own title; pictures have titles that are not its."""
    site.answer = page(html.encode())
    assert await title_of(site.address) == title


@pytest.mark.parametrize(
    ("charset", "content_type", "meta"),
    [
        ("gbk", "text/html; charset=GBK", ""),
        ("gbk", 'text/html;charset="gb2312"', ""),
        ("gbk", "text/html", "<meta charset=gb2312>"),
        ("gbk", "text/html", "<META http-equiv=Content-Type content='text/html; charset=gbk'>"),
        ("gbk", "text/html", ""),
        ("gbk", "text/html; charset=utf-8", ""),
        ("gbk", "text/html; charset=x-unknown", ""),
        ("gbk", "text/html; charset=punycode", ""),
        ("gb18030", "application/xhtml+xml; charset=gb2312", ""),
        ("utf-8", "text/html; charset=UTF-8", ""),
        ("utf-8", "text/html", ""),
        ("utf-8", "text/html; charset=ascii", "<meta charset=utf-8>"),
        ("utf-8", "text/html", "<meta charset=utf-16>"),
        ("utf-8-sig", "text/html; charset=gbk", ""),
        ("utf-16", "text/html", ""),
        ("big5", "text/html; charset=big5", ""),
        ("shift_jis", "text/html", "<meta charset=Shift_JIS>"),
    ],
)
async def test_charsets(site: Site, charset: str, content_type: str, meta: str) -> None:
    """The header says which charset it is, or the page itself, or its bytes do."""
    html = f"<html><head>{meta}<title>一周工作，2023</title></head><p>一周</p>"
    site.answer = page(html.encode(charset), content_type)
    assert await title_of(site.address) == "一周工作，2023"


def test_text_cut_off_is_still_text() -> None:
    """Half a character at the end does not make another charset of a page."""
    assert decoded("周报".encode()[:-1], "text/html") == "周"
    assert decoded("周报".encode("gbk")[:-1], "text/html; charset=gbk") == "周"


def test_a_wrong_byte_is_one_wrong_character() -> None:
    """Where no charset fits, the declared one is taken as far as it goes."""
    assert decoded("周报".encode() + b"\xff<", "text/html; charset=utf-8") == "周报\ufffd<"


@pytest.mark.parametrize("piece", ["<div>", "<b id=1><p>", "<svg><title>", "<p a='", "<!", "<a b="])
def test_hostile_pages_are_read_at_once(piece: str) -> None:
    """A page made of one piece over and over, for which parsers build deep trees, is harmless."""
    html = "<title>T</title>" + piece * (LARGEST // len(piece))
    assert title_candidates(html.encode(), "text/html")[0] == "T"


@pytest.mark.parametrize(
    "target", ["/next?q=1", "next", "//{host}:{port}/next", "http://{host}:{port}/next#part"]
)
async def test_redirects_are_followed(site: Site, target: str) -> None:
    """A redirect may be relative or absolute."""
    site.answer = redirect(target.format(host=site.host, port=site.port))
    assert await title_of(f"{site.address}first") == "/next"


async def test_five_redirects_are_followed_and_no_more(site: Site) -> None:
    """The sixth redirect ends it for good."""
    site.answer = redirect(*"12345")
    assert await title_of(site.address) == "/5"
    site.asked.clear()
    site.answer = redirect(*"123456")
    assert (await fault_of(site.address)).final
    assert len(site.asked) == 6


async def test_private_servers_are_not_asked(site: Site, private: Site) -> None:
    """Neither an address nor a redirect reaches into the private network."""
    local = f"127.0.0.1:{private.port}"
    site.answer = redirect(private.address)
    for address in (
        site.address,
        private.address,
        f"http://2130706433:{private.port}/",
        f"http://0x7f.1:{private.port}/",
        f"http://[::ffff:127.0.0.1]:{private.port}/",
        f"http://localhost.:{private.port}/",
        f"http://１２７.0.0.1:{private.port}/",
        f"http://{local}#@example.com/",
    ):
        fault = await fault_of(address)
        # Not every machine knows this name.
        assert fault.final or "localhost." in address, address
    assert len(site.asked) == 1
    assert private.asked == []


@pytest.mark.parametrize("target", ["ftp://example.com/", "file:///etc/passwd", "data:,x"])
async def test_redirects_to_other_schemes_are_refused(site: Site, target: str) -> None:
    """A redirect leads to http and https only."""
    site.answer = redirect(target)
    assert (await fault_of(site.address)).final


async def test_a_redirect_may_not_name_a_user(site: Site) -> None:
    """Names and passwords are not sent, wherever they come from."""
    site.answer = redirect(f"http://user:pass@{site.host}:{site.port}/")
    assert (await fault_of(site.address)).final
    assert len(site.asked) == 1


@pytest.mark.parametrize("status", [300, 302, 304, 400, 403, 404, 410, 451])
async def test_what_is_not_there_is_final(site: Site, status: int) -> None:
    """Another try would have the same answer."""
    site.answer = page(b"<title>T</title>", status=status)
    assert (await fault_of(site.address)).final


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503])
async def test_trouble_is_not_final(site: Site, status: int) -> None:
    """Another try may do better."""
    site.answer = page(b"<title>T</title>", status=status)
    assert not (await fault_of(site.address)).final


@pytest.mark.parametrize(
    "answer",
    [
        page(b"<title>T</title>", "text/plain"),
        page(b"<title>T</title>", "application/pdf"),
        page(b"<title>T</title>", "text/htmlx"),
        page(b"<title>T</title>", "text/html", encoding="br"),
        page(b"<title>T</title>", "text/html", encoding="gzip, gzip"),
        page(b"<title>T</title>", "text/html", encoding="gzip"),
        page(b"<p>No title</p>"),
        page(b"<title> &#x200b; </title>"),
        page(b""),
    ],
)
async def test_pages_without_a_title_are_final(site: Site, answer: Answer) -> None:
    """No HTML, nothing to read, no title: so it stays."""
    site.answer = answer
    assert (await fault_of(site.address)).final


async def test_a_server_that_hangs(site: Site) -> None:
    """After the time is up nothing more is waited for, before the headers and after them."""

    async def silent(_request: web.BaseRequest) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    async def halting(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        for _ in range(600):
            await response.write(b" ")
            await asyncio.sleep(0.1)
        return response

    for site.answer in (silent, halting):
        started = asyncio.get_running_loop().time()
        assert not (await fault_of(site.address, seconds=0.4)).final
        assert asyncio.get_running_loop().time() - started < 3


async def test_nobody_there_is_not_final(site: Site) -> None:
    """A server that is away may come back."""
    address = site.address
    async with serving(PUBLIC) as other:
        address = other.address
    assert not (await fault_of(address)).final


async def test_large_pages_are_cut(site: Site) -> None:
    """Of a page of 50 MiB the beginning is read, and the server does not get rid of the rest."""
    sent = 0

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        await response.write(b"<title>Large</title>")
        for _ in range(50):
            await response.write(b" " * MIB)
            sent += MIB
        return response

    site.answer = answer
    assert await title_of(site.address) == "Large"
    assert sent < 25 * MIB


async def test_nothing_is_read_behind_the_head(site: Site) -> None:
    """Where the title is known, the rest of the page is not waited for."""

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        await response.write(b"<head><title>Early</title></he")
        await asyncio.sleep(0.05)
        await response.write(b"ad>")
        await asyncio.sleep(60)
        return response

    site.answer = answer
    assert await title_of(site.address) == "Early"


@pytest.mark.parametrize(
    ("encoding", "window"), [("gzip", 31), ("x-gzip", 31), ("deflate", 15), ("deflate", -15)]
)
async def test_compressed_pages(site: Site, encoding: str, window: int) -> None:
    """What a server compresses unasked is read; of a bomb no more than of any other page."""
    compressor = zlib.compressobj(wbits=window)
    bomb = compressor.compress(b"<title>Small</title>")
    bomb += b"".join(compressor.compress(b" " * MIB) for _ in range(64))
    bomb += compressor.compress(b"<meta property=og:title content=Behind>") + compressor.flush()
    assert len(bomb) < MIB // 4
    site.answer = page(bomb, encoding=encoding)
    assert await title_of(site.address) == "Small"
    assert site.asked[0].headers["Accept-Encoding"] == "identity"


async def test_compressed_nothing_ends(site: Site) -> None:
    """Compressed data that goes on and on without any content is not read to its end."""
    empty = b"\x00\x00\x00\xff\xff" * (8 * MIB // 5)
    site.answer = page(b"\x78\x9c" + empty, encoding="deflate")
    assert (await fault_of(site.address)).final


async def test_a_name_with_a_private_address_is_refused(site: Site, private: Site) -> None:
    """One private address among public ones is enough, whichever comes first."""
    for found in ([PUBLIC, PRIVATE], [PRIVATE, PUBLIC], ["8.8.8.8", "fe80::1%lo"], ["::1"]):
        async with asking({"site.test": found}) as titles:
            with pytest.raises(PageError) as caught:
                await titles.title_of(f"http://site.test:{site.port}/")
        assert caught.value.final
    assert site.asked == private.asked == []


async def test_a_name_is_resolved_once(site: Site, private: Site) -> None:
    """The connection goes to the address that was checked, not to what the name says later."""
    site.answer = page(b"<title>T</title>")
    answers = [PUBLIC, PRIVATE]
    asked: list[tuple[str, int]] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return [answers.pop(0)]

    titles = WebTitles(resolve=resolve, is_public=may_be_asked)
    assert await titles.title_of(f"http://localhost:{site.port}/") == "T"
    await titles.close()
    assert asked == [("localhost", site.port)]
    assert private.asked == []


async def test_the_next_address_is_tried(site: Site) -> None:
    """Where nobody is at a name's first address, its second one is asked."""
    site.answer = page(b"<title>T</title>")

    async def resolve(_host: str, _port: int) -> list[str]:
        return [PRIVATE, PUBLIC]

    titles = WebTitles(resolve=resolve, is_public=lambda _address: True)
    assert await titles.title_of(f"http://site.test:{site.port}/") == "T"
    await titles.close()


async def test_no_address_at_all_is_not_final() -> None:
    """A name that cannot be resolved now may be known later."""

    async def failing(_host: str, _port: int) -> list[str]:
        raise OSError

    for titles in (WebTitles(resolve=failing), WebTitles(resolve=_nothing)):
        with pytest.raises(PageError) as caught:
            await titles.title_of("http://site.test/")
        assert not caught.value.final


async def _nothing(_host: str, _port: int) -> list[str]:
    return []


async def test_the_server_hears_its_name(site: Site) -> None:
    """The request names the host of the address, and its path and query as they were written."""
    site.answer = page(b"<title>T</title>")
    async with asking({"site.test": [PUBLIC], "xn--fiq228c.test": [PUBLIC]}) as titles:
        await titles.title_of(f"http://Site.test:{site.port}/a%2Fb?q=%E4%B8%AD&x#part")
        await titles.title_of(f"http://中文.test:{site.port}")
    assert [request.headers["Host"] for request in site.asked] == [
        f"site.test:{site.port}",
        f"xn--fiq228c.test:{site.port}",
    ]
    assert [request.raw_path for request in site.asked] == ["/a%2Fb?q=%E4%B8%AD&x", "/"]
    assert "Weeknotes" in site.asked[0].headers["User-Agent"]


async def test_cookies_are_not_kept(site: Site) -> None:
    """What a site wants remembered is forgotten."""

    async def answer(_request: web.BaseRequest) -> web.Response:
        response = web.Response(text="<title>T</title>", content_type="text/html")
        response.set_cookie("seen", "1")
        return response

    site.answer = answer
    async with asking() as titles:
        await titles.title_of(site.address)
        await titles.title_of(site.address)
    assert ["Cookie" in request.headers for request in site.asked] == [False, False]


async def test_proxies_are_not_asked(
    site: Site, private: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy of the environment would undo the check, so it is not used."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, private.address)
    site.answer = page(b"<title>T</title>")
    assert await title_of(site.address) == "T"
    assert private.asked == []


async def test_addresses_are_not_logged(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """What people link to is not in the log."""
    site.answer = redirect("/secret")
    with caplog.at_level(logging.DEBUG):
        await title_of(site.address)
    loud = [record for record in caplog.records if record.levelno > logging.DEBUG]
    assert not [record for record in loud if not record.name.startswith("aiohttp")]


async def test_titles_can_be_asked_for_after_closing(site: Site) -> None:
    """Closing twice is fine, and so is going on."""
    site.answer = page(b"<title>T</title>")
    async with asking() as titles:
        await titles.close()
        assert await titles.title_of(site.address) == "T"
        await titles.close()
        assert await asyncio.gather(*[titles.title_of(site.address) for _ in range(10)]) == 10 * [
            "T"
        ]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http",
        "http://",
        "http:///path",
        "https://:443/",
        "//example.com/",
        "mailto:a@example.com",
        "javascript:alert(1)",
        "http://user@example.com/",
        "http://user:pass@example.com/",
        "http://example.com:99999/",
        f"http://example.com:{'9' * 5000}/",
        "http://example.com:x/",
        "http://[::1/",
        "http://[fe80::1%25lo]/",
        "http://exa mple.com/",
        "http://example.com/\x00",
        "http://exa\ud800mple.com/",
        f"http://{'a' * 64}.com/",
        f"http://{'a.' * 200}com/",
        "http://a..b/",
        "http://.example.com/",
        "http://xn--a/é",
        "http://☃\u200d.test/",
        "http://example.com/" + "x" * 100_000,
    ],
)
async def test_no_address_breaks_it(address: str) -> None:
    """Whatever is asked for, the answer is a title or a fault."""

    async def resolve(host: str, _port: int) -> list[str]:
        host.encode("idna")
        return [PRIVATE]

    titles = WebTitles(resolve=resolve)
    with pytest.raises(PageError) as caught:
        await titles.title_of(address)
    assert caught.value.final


@pytest.mark.parametrize("port", ["0", "65536", "99999", "9" * 30])
async def test_ports_that_are_none(port: str) -> None:
    """A number that is no port is refused; it is not taken for another one."""
    fault = await fault_of(f"http://{PUBLIC}:{port}/")
    assert fault.final


@settings(max_examples=200)
@given(
    st.one_of(
        st.text(),
        st.builds(
            "http{}{}".format, st.sampled_from(["://", "s://", ":", "://[", "://a@"]), st.text()
        ),
    )
)
def test_no_text_breaks_it(address: str) -> None:
    """Of whatever text, lone surrogates among them, nothing comes out but a fault."""

    async def resolve(_host: str, _port: int) -> list[str]:
        return [PRIVATE]

    with pytest.raises(PageError):
        asyncio.run(WebTitles(resolve=resolve).title_of(address))


@given(st.binary(max_size=200), st.text(max_size=60))
def test_no_page_breaks_it(body: bytes, content_type: str) -> None:
    """Whatever bytes come, and whatever is said about them, they are read."""
    assert all(isinstance(title, str) for title in title_candidates(body, content_type))
