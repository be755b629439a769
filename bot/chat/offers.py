"""What is shown of files that came back: domain values to text and buttons. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from telegram.constants import MessageLimit

from bot.chat.callbacks import ApplyOffer, FetchOffer, LeaveOffer
from bot.chat.views import Row, Saying, say, week_label
from bot.chat.wording import name
from bot.domain.archive.excerpts import excerpt, excerpts
from bot.domain.archive.scripts import How, Move
from bot.domain.archive.unfolding import Leaf
from bot.domain.entry import Part
from bot.domain.journal import Journal
from bot.domain.preview.splitting import utf16_length
from bot.i18n import Phrases, phrases_for
from bot.services.returning.differing import Difference, Proposal
from bot.services.returning.offering import OfferId
from bot.services.returning.unpacking import Refusal

_LONGEST = 90
_LONGEST_NAME = 24
_MOST_REFUSED = 10
_BETWEEN = " · "
_REMOVED, _CHANGED, _ADDED, _MOVED = "−", "✎", "+", "↕"


def proposal(journal: Journal, offer_id: OfferId, what: Proposal, *, again: bool = False) -> Saying:
    """What the file would change, and the buttons to decide; `again` where it was shown before.

    Fits one message: of what does not, it says how many lines there are.
    """
    phrases = phrases_for(journal.language)
    tails = _tails(phrases, what)
    opening = [phrases.offers.meanwhile] if again and what.has_something else []
    room = MessageLimit.MAX_TEXT_LENGTH - _length([*opening, *tails]) - _LONGEST
    blocks: list[list[str]] = []
    for difference in what.differences:
        head = _head(phrases, difference)
        if _length([head]) > room:
            weeks = len(what.differences) - len(blocks)
            tails.insert(0, phrases.offers.more_weeks.format(count=weeks))
            break
        room -= _length([head])
        blocks.append([head])
    left_out = 0
    for block, difference in zip(blocks, what.differences, strict=False):
        for line in _lines(phrases, difference):
            room -= _length([line])
            if room > 0:
                block.append(line)
            else:
                left_out += 1
    if left_out:
        blocks[-1].append(phrases.offers.more.format(count=left_out))
    text = "\n\n".join([*opening, *("\n".join(block) for block in blocks), *tails])
    if not what.has_something:
        return say(text)
    row: Row = [
        (phrases.offers.apply, ApplyOffer(offer_id)),
        (phrases.offers.leave, LeaveOffer(offer_id)),
    ]
    return say(text, row)


def _tails(phrases: Phrases, what: Proposal) -> list[str]:
    """What there is to say besides the changes: files refused, pictures missing, lines kept."""
    tails = [refusal(phrases, one) for one in what.refused[:_MOST_REFUSED]]
    if len(what.refused) > _MOST_REFUSED:
        tails.append(phrases.offers.more.format(count=len(what.refused) - _MOST_REFUSED))
    late = sum(len(each.late) for each in what.differences if not each.is_none)
    if late:
        tails.append(phrases.offers.late.format(count=late))
    missing = [path for each in what.differences for path in each.missing]
    if missing:
        names = _short(" ".join(missing), 4 * _LONGEST)
        tails.append(phrases.offers.missing.format(names=names))
    staying = [path for each in what.differences for path in each.staying]
    if staying:
        names = _short(" ".join(staying), 4 * _LONGEST)
        tails.append(phrases.offers.staying.format(names=names))
    if what.leaves_out:
        tails.append(phrases.export.only_weeks)
    return tails


def applied(journal: Journal, what: Proposal) -> Saying:
    """What was done."""
    phrases = phrases_for(journal.language)
    done = [_done(phrases, each) for each in what.differences if not each.is_none]
    kept: list[str] = []
    room = MessageLimit.MAX_TEXT_LENGTH - _LONGEST
    for line in done:
        room -= _length([line])
        if room < 0:
            kept.append(phrases.offers.more_weeks.format(count=len(done) - len(kept)))
            break
        kept.append(line)
    return say("\n".join(kept))


def _done(phrases: Phrases, difference: Difference) -> str:
    week, counts = week_label(phrases, difference.week), _counts(phrases, difference)
    words = phrases.offers.applied if counts else phrases.offers.applied_form
    return words.format(week=week, counts=counts)


def left(journal: Journal) -> Saying:
    """Nothing was changed."""
    return say(phrases_for(journal.language).offers.left)


def unfetched(journal: Journal, offer_id: OfferId, incident: str) -> Saying:
    """The file could not be fetched; the button tries again."""
    phrases = phrases_for(journal.language)
    words = phrases.offers.unfetched.format(incident=incident)
    return say(words, [(phrases.offers.fetch, FetchOffer(offer_id))])


def kept(phrases: Phrases, why: Refusal) -> Saying:
    """The file was stored like any other."""
    return say(phrases.offers.kept.format(name=_short(why.name, _LONGEST)))


def refusal(phrases: Phrases, why: Refusal) -> str:
    """Why a file cannot be used."""
    reason = phrases.offers.faults[why.fault].format(**why.detail)
    return phrases.offers.refused.format(name=_short(why.name, _LONGEST), reason=reason)


def _short(text: str, most: int) -> str:
    """The text on one line without what is not seen, of at most so many characters."""
    return excerpt(name(text), most)


def _length(blocks: Sequence[str]) -> int:
    return sum(utf16_length(block) + 2 for block in blocks)


def _head(phrases: Phrases, difference: Difference) -> str:
    """What there is to say about a week in one line."""
    week = week_label(phrases, difference.week)
    if difference.is_none:
        return phrases.offers.same.format(week=week)
    if difference.script.is_empty and not difference.coming:
        return phrases.offers.form.format(week=week)
    is_new = not difference.standing.has_report
    words = phrases.offers.new_week if is_new else phrases.offers.week
    return words.format(week=week, counts=_counts(phrases, difference))


def _counts(phrases: Phrases, difference: Difference) -> str:
    script = difference.script
    found = {
        "removed": len(script.removed),
        "changed": len(script.changed),
        "added": len(script.added),
        "moved": len([move for move in script.moved if move.how is not How.PART]),
        "pictures": len(difference.coming),
    }
    told = [
        phrases.offers.counts[name].format(count=count) for name, count in found.items() if count
    ]
    return _BETWEEN.join(told)


def _lines(phrases: Phrases, difference: Difference) -> Iterator[str]:
    """One line for each change; what would be lost comes first."""
    script, journal = difference.script, difference.standing.journal
    old, new = difference.standing.leaves, difference.new

    def line(sign: str, leaf: Leaf, text: str) -> str:
        where = _where(phrases, journal, leaf)
        return f"{sign} {where}{_BETWEEN}{text}" if where else f"{sign} {text}"

    for at in script.removed:
        yield line(_REMOVED, old[at], _said(old[at]))
    for at, source in script.changed.items():
        before, after = excerpts(name(old[at].source), name(source), _LONGEST)
        yield line(_CHANGED, old[at], f"{before} → {after}")
    for addition in script.added:
        yield line(_ADDED, addition.leaf, _said(addition.leaf))
    for move in script.moved:
        if move.how is not How.PART:
            text = _moved(phrases, journal, new, move, _said(old[move.old]))
            yield line(_MOVED, old[move.old], text)


def _said(leaf: Leaf) -> str:
    """What the line says; of a picture also where it lies."""
    text = _short(leaf.source, _LONGEST)
    if leaf.address is None:
        return text
    return " ".join(filter(None, (text, _short(leaf.address, _LONGEST))))


def _moved(phrases: Phrases, journal: Journal, new: Sequence[Leaf], move: Move, text: str) -> str:
    match move.how:
        case How.BELOW if move.leaf.parent is not None:
            above = _short(new[move.leaf.parent].source, _LONGEST_NAME)
            return phrases.offers.below.format(text=text, above=above)
        case How.BELOW:
            return phrases.offers.to_top.format(text=text)
        case How.SECTION:
            section = _where(phrases, journal, move.leaf)
            return phrases.offers.to_section.format(text=text, section=section)
        case _:
            return phrases.offers.reordered.format(text=text)


def _where(phrases: Phrases, journal: Journal, leaf: Leaf) -> str:
    """The part of the report that the line stands in, as people call it."""
    if leaf.section:
        heading = journal.heading_of(leaf.section).removeprefix("## ")
        return _short(heading, _LONGEST_NAME)
    if leaf.part is Part.SUMMARY:
        return journal.summary_heading
    return phrases.offers.parts.get(leaf.part, "")
