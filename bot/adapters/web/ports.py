"""Which ports of a host are asked for pages."""

from __future__ import annotations

from typing import Final

_WEB: Final = frozenset({80, 81, 443, 591})
_FIRST_FREE: Final = 1024
# Source: https://fetch.spec.whatwg.org/#port-blocking; behind it databases and the like, which
# take what is sent to them for commands.
_OTHERS: Final = frozenset(
    {
        *(1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6679, 6697, 10_080),
        *range(6665, 6670),
        *(2375, 2376, 2379, 3306, 3389, 5432, 5900, 6379, 9200, 9300, 11_211, 27_017),
    }
)


def is_for_pages(port: int) -> bool:
    """Whether web pages are served there, and no mail, shell or database."""
    return port in _WEB or (_FIRST_FREE <= port < 2**16 and port not in _OTHERS)
