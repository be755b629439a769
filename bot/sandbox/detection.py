"""What Telegram marks in a text by itself: hashtags, commands, mentions, links, addresses.

The rules follow TDLib's: a hashtag is greedy and never begins inside a word (Chinese characters
make words), a path swallows full-width punctuation, and a file name may be a domain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from bot.sandbox.units import offsets

_SIGNS: Final = re.compile(r"[@#＃/.$]")
_EMAIL: Final = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9_.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,}\b"
)
# A domain runs over every character from U+00C0 on that separates nothing, as TDLib has it. It is
# tried only where such a run begins, and taken whole: else a long Chinese text would be read
# again from each of its characters.
_BLANK: Final = r"\s\u2000-\u200b\u200e\u200f\u2016-\u206f"
_LABEL: Final = rf"(?:[A-Za-z0-9_~-]|(?![{_BLANK}])[\u00c0-\U0010ffff])++"
_START: Final = rf"(?:(?<![A-Za-z0-9_~.@\u00c0-\U0010ffff-])|(?<=[{_BLANK}]))"
_URL: Final = re.compile(
    r"(?:(?<![A-Za-z0-9])(?P<scheme>https?|ftp|tonsite)://)?"
    rf"{_START}(?P<domain>{_LABEL}(?:\.{_LABEL})+)"
    r"(?::[0-9]{1,5})?"
    rf"(?P<path>[/?#](?:(?![{_BLANK}])[^<>\"«»])*)?",
    re.IGNORECASE,
)
_MENTION: Final = re.compile(r"(?<!\w)@([A-Za-z0-9_]{2,32})(?!\w)")
_COMMAND: Final = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
_HASHTAG: Final = re.compile(
    r"(?<![\w\u200c\u00b7])[#＃](?=[\w\u200c\u00b7]*[^\W\d_])[\w\u200c\u00b7]{1,256}"
    r"(?![\w\u200c\u00b7]*[#＃])"
)
_CASHTAG: Final = re.compile(r"(?<![$\w])\$[A-Z]{1,8}(?![$\w])")
_CLOSING: Final = ".:;,('?!`"
_SHORT_NAMES: Final = frozenset({"gif", "vid", "pic"})

# Every country's domain, and the others a person meets: among them py, md, io, sh, rs, cc.
_DOMAIN_NAMES: Final = """
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv
bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es
et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu
id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt
lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no
np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si
sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us
uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw
aero app art asia bar bike biz blog cafe cat chat cloud club codes com company cool design dev
digital edu email engineer events express fun games gov guide guru help host house info ink int
jobs land life link live love market me media mil mobi moe museum name net network news online org
page photo photos pics plus press pro properties pub red rocks run school science sh shop show site
social software solutions space studio style systems team tech technology tel tips today tools top
town training travel video watch wiki win work works world wtf xin xxx xyz zip zone
中国 公司 网络 рф
"""
_DOMAINS: Final = frozenset(_DOMAIN_NAMES.split())


def detected(text: str) -> list[dict[str, Any]]:
    """The entities Telegram finds in the text, in order, none of them overlapping."""
    if not _SIGNS.search(text):
        return []
    taken: list[tuple[int, int, str]] = []
    for start, end, kind in _candidates(text):
        if all(end <= other_start or other_end <= start for other_start, other_end, _ in taken):
            taken.append((start, end, kind))
    places = offsets(text)
    return [
        {"type": kind, "offset": places[start], "length": places[end] - places[start]}
        for start, end, kind in sorted(taken)
    ]


def _candidates(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and type of each find, those that win an overlap first."""
    for match in _EMAIL.finditer(text):
        yield match.start(), match.end(), "email"
    for match in _URL.finditer(text):
        if end := _url_end(match):
            yield match.start(), end, "url"
    for match in _MENTION.finditer(text):
        if len(match[1]) > 3 or match[1].lower() in _SHORT_NAMES:
            yield match.start(), match.end(), "mention"
    for kind, pattern in (("bot_command", _COMMAND), ("hashtag", _HASHTAG), ("cashtag", _CASHTAG)):
        for match in pattern.finditer(text):
            yield match.start(), match.end(), kind


def _url_end(match: re.Match[str]) -> int:
    """Where the link ends, its closing punctuation left out; 0 if it is none."""
    if not _is_host(match["domain"].lower().split("."), known_top=not match["scheme"]):
        return 0
    end = match.end()
    if match["path"]:
        path = match["path"].rstrip(_CLOSING)
        while path.endswith(")") and path.count(")") > path.count("("):
            path = path[:-1].rstrip(_CLOSING)
        end -= len(match["path"]) - len(path)
    return end


def _is_host(labels: list[str], *, known_top: bool) -> bool:
    top = labels[-1]
    if top.isdigit():
        return len(labels) == 4 and all(part.isdigit() and int(part) < 256 for part in labels)
    if len(top) < 2 or "_" in top or "-" in top or "_" in labels[-2]:
        return False
    return top in _DOMAINS or not known_top
