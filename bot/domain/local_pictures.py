"""Pictures that a report names by a path rather than by a web address."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bot.domain.commonmark import read

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_HTML = re.compile(r"<img\b[^>]*?\bsrc\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
# Whatever stands around it: a picture of the web, or none. Most reports have no others.
_OF_THE_WEB = re.compile(r"!\[[^\[\]\\`<]*\]\(https?://")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


def local_pictures(markdown: str) -> tuple[str, ...]:
    """The paths of all local pictures in the report, wherever they stand, each once."""
    elsewhere = _OF_THE_WEB.sub("", markdown)
    if "![" not in elsewhere and "<img" not in elsewhere.lower():
        return ()
    found = [*read(markdown, _addresses), *_HTML.findall(markdown)]
    paths = (local_path(address) for address in found)
    return tuple(dict.fromkeys(path for path in paths if path is not None))


def local_path(address: str) -> str | None:
    """The path of a file below the report's folder; None for a web address or an absolute path.

    Percent-encoding is undone, a query cut off, backslashes are slashes. A path that leads out
    of the folder keeps its `..` at the start.
    """
    plain = address.strip().removeprefix("<").removesuffix(">")
    if _SCHEME.match(plain) or plain.startswith("//"):
        return None
    path = unquote(re.split(r"[?#]", plain, maxsplit=1)[0]).replace("\\", "/")
    if not path or path.startswith("/") or "\0" in path:
        return None
    return posixpath.normpath(path)


def leads_outside(path: str) -> bool:
    """Whether a path of `local_path` leaves the folder."""
    return path == ".." or path.startswith("../")


def _addresses(root: SyntaxTreeNode) -> list[str]:
    return [str(node.attrs["src"]) for node in root.walk() if node.type == "image"]
