"""Secrets taken out of text."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.masking import HIDDEN, Mask

TOKEN = "123456789:AAExAmPlE_tokenTOKEN-tokenTOKEN12345"  # noqa: S105 -- made up
SECRET = TOKEN.partition(":")[2]
ONCE = quote(TOKEN, safe="")


@pytest.mark.parametrize(
    "text",
    [
        f"https://api.telegram.org/bot{TOKEN}/getUpdates",
        f"https://api.telegram.org/file/bot{TOKEN}/photos/1.jpg",
        f"q=bot{ONCE}&x",
        f"q={quote(ONCE, safe='')}",
        f"q={ONCE.lower()}",
        f"q={TOKEN.replace(':', '%3A').replace('-', '%2D').replace('_', '%5f')}",
        f"bot='{TOKEN}'",
    ],
)
@pytest.mark.parametrize("known", [(), (TOKEN,)])
def test_tokens_are_hidden(text: str, known: tuple[str, ...]) -> None:
    """A token goes, known or not, as it is or percent-encoded; what is around it stays."""
    shown = Mask(known)(text)
    assert "token" not in shown.lower()
    assert HIDDEN in shown
    assert shown[:2] == text[:2]


def test_known_secrets_are_hidden_by_themselves() -> None:
    """Of a known token the secret part alone goes too, and short tokens and other secrets do."""
    mask = Mask((TOKEN, "42:stand-in", "webhook-word"))
    assert mask(f"a {SECRET} b") == f"a {HIDDEN} b"
    assert mask("a 42:stand-in b") == f"a {HIDDEN} b"
    assert mask("a webhook-word b") == f"a {HIDDEN} b"


@given(st.text(alphabet="0123456789abc:-_ %\n", max_size=40))
def test_other_text_stays(text: str) -> None:
    """Text without a secret stays as it is; very short secrets are words and stay."""
    assert Mask(("a", "", "0"))(text) == text


def test_long_runs_of_digits_take_no_time() -> None:
    """A long number is looked at once."""
    text = "1" * 200_000
    assert Mask()(text) == text
