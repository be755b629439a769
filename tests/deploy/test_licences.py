"""What the lock installs may be used and passed on with a program under the MIT licence."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata

import pytest

from tests.deploy.dockerfile import ROOT

_LOCK = (ROOT / "deploy" / "requirements.lock").read_text(encoding="utf-8")
_LOCKED = re.findall(r"^([a-z0-9._-]+)==", _LOCK, re.MULTILINE)
_ELSEWHERE = re.findall(r"^([a-z0-9._-]+)==\S+ ;", _LOCK, re.MULTILINE)
# The ways in which packages name them; a new one is looked at by a person and added.
_GOOD = re.compile(
    r"MIT|Apache|BSD|PSF|Python-2\.0|Python Software Foundation|ISC|MPL-2\.0|Mozilla Public"
    r"|HPND|Unlicense|Zlib|0BSD|CC0|LGPL"
)
_BAD = re.compile(r"(?<!L)GPL|(?<!Lesser )General Public|AGPL|Affero|Commercial|Proprietary")


def _licence(name: str) -> str:
    told = metadata(name)
    named = told.get_all("License-Expression") or []
    classes = told.get_all("Classifier") or []
    named = [*named, *(one for one in classes if one.startswith("License ::"))]
    # The old field may hold a whole text; its first line is the name then.
    old = told.get_all("License") or [""]
    return "; ".join(named) or old[0].strip().partition("\n")[0]


@pytest.mark.parametrize("name", _LOCKED)
def test_the_licence_of_a_package_is_known_and_free(name: str) -> None:
    """One of those that were looked at, and none that asks the same of what it is used in."""
    try:
        licence = _licence(name)
    except PackageNotFoundError:
        assert name in _ELSEWHERE, "it is in the lock for every system, and not installed"
        return
    assert _GOOD.search(licence), licence
    assert not _BAD.search(licence), licence
