"""What the stand-in refuses: the bot in Telegram's words, a person in plain ones."""

from __future__ import annotations

_NAMES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class ApiError(Exception):
    """A Bot API call that fails: HTTP status, description, and `parameters` of the answer.

    Source: https://core.telegram.org/bots/api#making-requests
    """

    def __init__(self, code: int, reason: str = "", **parameters: int) -> None:
        name = _NAMES.get(code, "Error")
        self.code = code
        self.description = f"{name}: {reason}" if reason else name
        self.parameters = parameters
        super().__init__(self.description)

    @classmethod
    def told(cls, code: int, description: str, **parameters: int) -> ApiError:
        """An error with exactly this description, or the code's own where it is empty."""
        error = cls(code, "", **parameters)
        error.description = description or error.description
        return error


class PersonError(Exception):
    """Something a person cannot do; its text is one sentence that says why."""


def refused(reason: str) -> ApiError:
    """The 400 that Telegram answers to a request it understands but will not do."""
    return ApiError(400, reason)
