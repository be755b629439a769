"""Who may use the bot, as messages. Pure."""

from __future__ import annotations

from bot.chat.people_buttons import RemovePerson, Revoke, ShowPeople, ShutGroup
from bot.chat.shortening import shortened
from bot.chat.views import Row, Saying, instant_words, say
from bot.domain.journal import Journal
from bot.i18n import phrases_for
from bot.services.inviting import Company, Invited

_NAME = 40
_ON_BUTTON = 20


def invited(journal: Journal, made: Invited, username: str) -> Saying:
    """Both links of the invitation, until when they work, and a button that ends that."""
    phrases = phrases_for(journal.language)
    words = phrases.people.invited.format(
        person=f"https://t.me/{username}?start={made.code}",
        group=f"https://t.me/{username}?startgroup={made.code}",
        until=instant_words(journal, made.expires_at),
    )
    return say(words, [(phrases.people.revoke, Revoke(made.id))])


def revoked(journal: Journal) -> Saying:
    """What the message of an invitation says once that is over."""
    return say(phrases_for(journal.language).people.revoked)


def everybody(journal: Journal, company: Company) -> Saying:
    """Owners, members, groups and open links, with a button for each that can be removed."""
    phrases = phrases_for(journal.language)
    words = phrases.people
    lines = [words.head, ""]
    rows: list[Row] = []
    known = {person.id: person for person in company.people}
    for user_id in company.fixed_owners:
        name = known[user_id].name if user_id in known else str(user_id)
        lines.append(words.fixed_owner.format(name=shortened(name, _NAME)))
    for person in company.people:
        if person.id not in company.fixed_owners:
            line = words.owner if person.is_owner else words.member
            lines.append(line.format(name=shortened(person.name, _NAME), id=person.id))
            label = words.remove.format(name=shortened(person.name, _ON_BUTTON))
            rows.append([(label, RemovePerson(person.id))])
    for group in company.groups:
        name = group.name or words.group_without_name
        lines.append(words.group.format(name=shortened(name, _NAME)))
        rows.append([(words.remove.format(name=shortened(name, _ON_BUTTON)), ShutGroup(group.id))])
    for number, link in enumerate(company.invitations, 1):
        until = instant_words(journal, link.expires_at)
        lines.append(words.link.format(number=number, until=until))
        rows.append([(words.revoke_link.format(number=number), Revoke(link.id, on_list=True))])
    return say("\n".join((*lines, "", words.foot)), *rows)


def ask_to_remove(journal: Journal, company: Company, wanted: RemovePerson | ShutGroup) -> Saying:
    """Asks before somebody is shown out; the list where they are gone already."""
    words = phrases_for(journal.language).people
    if isinstance(wanted, RemovePerson):
        names = [one.name for one in company.people if one.id == wanted.user_id]
        sure: RemovePerson | ShutGroup = RemovePerson(wanted.user_id, sure=True)
    else:
        names = [
            one.name or words.group_without_name
            for one in company.groups
            if one.id == wanted.journal_id
        ]
        sure = ShutGroup(wanted.journal_id, sure=True)
    if not names:
        return everybody(journal, company)
    question = words.ask.format(name=shortened(names[0], _NAME))
    return say(question, [(words.yes, sure), (words.back, ShowPeople())])
