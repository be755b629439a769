"""What web addresses carry to tell who sent a visitor, and nothing about the page."""

from __future__ import annotations

_MARK = "utm_"


def without_tracking(address: str) -> str:
    """The address without the parameters of its query that are named `utm_…`, in any case.

    All else stays byte for byte; a `?` with nothing left behind it goes as well.
    """
    if _MARK not in address.lower():
        return address
    before, hash_, fragment = address.partition("#")
    page, _, query = before.partition("?")
    parameters = query.split("&")
    kept = [parameter for parameter in parameters if not parameter.lower().startswith(_MARK)]
    if len(kept) == len(parameters):
        return address
    rest = "&".join(kept)
    return f"{page}?{rest}{hash_}{fragment}" if rest else f"{page}{hash_}{fragment}"
