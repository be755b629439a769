"""The sentences of `/invite` and `/people` in English."""

from __future__ import annotations

from typing import Final

from bot.i18n.people_phrases import PeoplePhrases

ENGLISH_PEOPLE: Final = PeoplePhrases(
    invited="Send one of these links on. It works once, until {until}.\n\n"
    "For a person, who gets a report of their own:\n{person}\n\n"
    "For a group, to be picked when it is opened:\n{group}",
    revoke="Revoke",
    revoked="This link does not work any more.",
    head="Who may use this bot:",
    fixed_owner="👑 owner: {name} (in the setting BOT_ALLOWED_USERS)",
    owner="👑 owner: {name} ({id})",
    member="🙂 member: {name} ({id})",
    group="👥 group: {name}",
    group_without_name="a group without a name",
    link="🔗 link {number}, not used yet, works until {until}",
    foot="/invite lets somebody in.",
    remove="Remove {name}",
    revoke_link="Revoke link {number}",
    ask="Remove “{name}”? I will keep nothing they send from then on, and send no drafts. "
    "What they wrote stays, and is there again if you invite them back.",
    yes="Remove",
    back="Back",
    owners_only="Only the bot's owners can invite and remove people.",
    in_private="Please send this in our private chat, where nobody else sees the link.",
    dead_link="This link does not work any more: it lets in one, and only for a day. Please ask "
    "for a new one.",
)
