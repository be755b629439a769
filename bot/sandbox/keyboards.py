"""The buttons under a message, as strict as Telegram about their shape.

Source: https://core.telegram.org/bots/api#inlinekeyboardbutton
"""

from __future__ import annotations

from typing import Any, Final

from bot.sandbox.errors import refused
from bot.sandbox.formatting import is_link
from bot.sandbox.limits import CALLBACK_DATA_BYTES

_ACTIONS: Final = frozenset(
    {
        "url", "callback_data", "web_app", "login_url", "switch_inline_query",
        "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "copy_text",
        "callback_game", "pay",
    }
)  # fmt: skip
_OTHER_MARKUP: Final = ("keyboard", "remove_keyboard", "force_reply")


def inline_keyboard(markup: Any) -> dict[str, Any] | None:
    """The inline keyboard a message will carry, None without one; ApiError (400) if malformed."""
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise refused("object expected as reply markup")
    if "inline_keyboard" not in markup:
        if any(name in markup for name in _OTHER_MARKUP):
            return None
        raise refused("can't parse reply keyboard markup JSON object")
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise refused('field "inline_keyboard" must be an Array of Arrays')
    for row in rows:
        for button in row:
            _check(button)
    rows = [row for row in rows if row]
    return {"inline_keyboard": rows} if rows else None


def _check(button: Any) -> None:
    if not isinstance(button, dict):
        raise refused("can't parse inline keyboard button: expected an Object")
    if not str(button.get("text", "")).strip():
        raise refused('can\'t parse inline keyboard button: Field "text" must be non-empty')
    actions = _ACTIONS & button.keys()
    if not actions:
        raise refused(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise refused("can't parse inline keyboard button: exactly one optional field must be used")
    if "url" in button and not is_link(str(button["url"])):
        raise refused(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if "callback_data" in button:
        data = str(button["callback_data"]).encode("utf-8", "replace")
        if not 0 < len(data) <= CALLBACK_DATA_BYTES:
            raise refused("BUTTON_DATA_INVALID")
