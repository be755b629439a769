"""Which pictures of a report are files beside it."""

from __future__ import annotations

import pytest

from bot.domain.local_pictures import local_pictures

_WEB = "![a cat](https://example.org/cat.jpg)"


@pytest.mark.parametrize(
    ("markdown", "paths"),
    [
        ("# Week\n\nNo picture.\n", ()),
        (f"{_WEB}\n\n1. text {_WEB}\n", ()),
        ("![](http://example.org/cat.jpg)\n", ()),
        ("![cat](img/cat.jpg)\n", ("img/cat.jpg",)),
        (f"{_WEB}\n\n![cat](img/cat.jpg)\n\n![cat](img/cat.jpg)\n", ("img/cat.jpg",)),
        ('<img src="img/cat.jpg">\n', ("img/cat.jpg",)),
        (f'{_WEB} <IMG src="img/cat.jpg">\n', ("img/cat.jpg",)),
        # What looks like the end of the picture's name, and is none.
        (r"![a\](https://example.org/) cat](img/cat.jpg)", ("img/cat.jpg",)),
        ("![a `](https://example.org/)` cat](img/cat.jpg)", ("img/cat.jpg",)),
        ("![a <https://b.example/](https://example.org/)> cat](img/cat.jpg)", ("img/cat.jpg",)),
        ("![a [b](https://example.org/) cat](img/cat.jpg)", ("img/cat.jpg",)),
    ],
)
def test_the_local_ones_are_found_wherever_they_stand(
    markdown: str, paths: tuple[str, ...]
) -> None:
    """Each once; those of the web are none of them."""
    assert local_pictures(markdown) == paths
