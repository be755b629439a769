"""Values as front matter writes them; both YAML and TOML read every form chosen here alike."""

from __future__ import annotations

import json
import re
from datetime import date

# YAML 1.2.2, 5.1: what a document may not hold as it is, and what some readers take for a line
# break. JSON has escaped the rest.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def scalar(value: object) -> str:
    """The value as YAML and TOML: a double-quoted string, a number, `true`, a day, a list.

    Lists are on one line, `["a", "b"]`; instants are RFC 3339. Raises TypeError for anything else.
    Sources: YAML 1.2.2, 7.3.1; TOML 1.0, String: escapes of JSON are escapes of both.
    """
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(scalar, value))}]"
    raise TypeError(f"front matter has no form for {type(value).__name__}")


def _quoted(text: str) -> str:
    quoted = json.dumps(_SURROGATE.sub("\ufffd", text), ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
