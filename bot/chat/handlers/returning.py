"""Files that may be reports, and the buttons about them."""

from __future__ import annotations

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from bot.chat.callbacks import ApplyOffer, FetchOffer, LeaveOffer, unpack
from bot.chat.context import Context
from bot.chat.incoming import key_of, to_incoming
from bot.chat.offers import applied, left, proposal, refusal
from bot.chat.views import Saying, say
from bot.domain.entry import MessageKey
from bot.domain.reactions import CHANGED
from bot.services.returning.offering import Answer, OfferState, Outcome


async def receive(update: Update, context: Context) -> None:
    """A report that came back is looked at after the commit; any other file goes its way."""
    message = update.effective_message
    if message is None:
        return
    edited = update.edited_message is not None
    incoming = to_incoming(message, context.own_journal().language, edited=edited)
    if not await context.services.returning.receive(context.own_journal(), incoming):
        return

    async def look() -> None:
        context.services.returning.wake()

    context.after(incoming.key.chat_id, look)
    raise ApplicationHandlerStop


async def decide(update: Update, context: Context) -> None:
    """What the button says is done, and its message tells of it."""
    query = update.callback_query
    if query is None or query.message is None:
        return
    key = key_of(query.message)
    returning, journal = context.services.returning, context.own_journal()
    match unpack(query.data or ""):
        case ApplyOffer(offer_id):
            outcome = await returning.apply(journal, offer_id)
        case LeaveOffer(offer_id):
            outcome = await returning.leave(journal, offer_id)
        case FetchOffer(offer_id):
            outcome = await returning.fetch_again(journal, offer_id)
        case _:
            outcome = Outcome(Answer.OLD)
    said = _decided(context, outcome)
    if said is not None and outcome.offer is not None:
        await returning.set_told(outcome.offer, said.text.text)
    is_old = outcome.answer is Answer.OLD
    context.rest(key.chat_id, query.id, context.phrases.old_button if is_old else "")
    context.after(key.chat_id, lambda: _show(context, key, outcome))


def _decided(context: Context, outcome: Outcome) -> Saying | None:
    """What the pressed message says where something was decided."""
    journal = context.own_journal()
    match outcome.answer:
        case Answer.APPLIED:
            return applied(journal, outcome.proposal)
        case Answer.LEFT:
            return left(journal)
        case Answer.REFUSED:
            words = "\n".join(refusal(context.phrases, one) for one in outcome.proposal.refused)
            return say(words)
        case _:
            return None


async def _show(context: Context, key: MessageKey, outcome: Outcome) -> None:
    """The pressed message, and those that were changed, say what is true now."""
    services, journal, offer = context.services, context.own_journal(), outcome.offer
    if offer is None:
        return
    if (said := _decided(context, outcome)) is not None:
        await services.messenger.edit(key, said)
    match outcome.answer:
        case Answer.APPLIED:
            await services.answering.settle(outcome.touched)
            await services.answering.refresh_questions(outcome.touched)
            await services.display.refresh(key.chat_id, journal)
            await services.messenger.react(offer.key, CHANGED)
        case Answer.CHANGED:
            saying = proposal(journal, offer.id, outcome.proposal, again=True)
            await _replace(context, key, saying)
            # Not before it can be seen: a button must not apply what was never shown.
            await services.returning.set_seen(offer, outcome.proposal)
        case Answer.FETCHING:
            await services.messenger.edit(key, say(context.phrases.offers.fetching))
            services.returning.wake()
        case Answer.OLD if offer.told:
            # Whoever pressed may never have been told: the bot can have ended in between.
            await services.messenger.edit(key, say(offer.told))
            if offer.state is OfferState.APPLIED:
                await services.messenger.react(offer.key, CHANGED)
        case _:
            pass


async def _replace(context: Context, key: MessageKey, saying: Saying) -> None:
    """The message says this, or where it cannot any more, a new one does."""
    if not await context.services.messenger.edit(key, saying, in_doubt=False):
        await context.services.messenger.say(key.chat_id, saying, repeatable=True)
