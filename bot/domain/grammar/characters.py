"""Which characters stand alone as a word, the way Chinese, Japanese and Korean ones do."""

from __future__ import annotations

import re

# Radicals to unified ideographs with kana between them, Hangul, compatibility ideographs,
# half-width kana, the supplementary planes.
_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"

IS_CJK = re.compile(f"[{_CJK}]")

# Pattern source for one letter, digit or underscore of a script that puts blanks between words:
# what follows one of these without a blank belongs to it (`C#tech`, `me@last`).
JOINING = rf"[^\W{_CJK}]"
