"""The sentences of `/invite` and `/people`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PeoplePhrases:
    """The sentences in one language."""

    invited: str
    revoke: str
    revoked: str
    head: str
    fixed_owner: str
    owner: str
    member: str
    group: str
    group_without_name: str
    link: str
    foot: str
    remove: str
    revoke_link: str
    ask: str
    yes: str
    back: str
    owners_only: str
    in_private: str
    dead_link: str
