"""`/settings`: its pages, and values by button, in a reply, or typed behind the command."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from telegram import Message, Update, User

from bot.chat.context import Context
from bot.chat.settings import pages, typing
from bot.chat.settings.changing import SeveralZonesError, change
from bot.chat.settings.faults import REFUSALS, fault_words
from bot.chat.settings.names import ABOUT_A_SECTION, Setting
from bot.chat.settings.values import View
from bot.chat.views import Saying, say
from bot.chat.wording import by_name
from bot.domain.entry import ChatId, MessageId, MessageKey
from bot.domain.text import RichText
from bot.services.prompting import Prompt

PROMPT: Final = "setting"

# Where a page goes on once something on it was set.
_NEXT: Final = {
    Setting.HEADING: Setting.SECTION,
    Setting.TAGS: Setting.SECTION,
    Setting.ENDING: Setting.SECTIONS,
}
# Where the setting was typed behind the command.
_NO_PAGE: Final = MessageId(0)
# Telegram's limit for what is shown over a pressed button (answerCallbackQuery).
_LONGEST_NOTICE: Final = 200


async def show(update: Update, context: Context) -> None:
    """The list of settings; one of them where it is named, set where a value follows."""
    message = update.message
    if message is None:
        return
    chat_id, message_id = ChatId(message.chat_id), MessageId(message.message_id)
    named, words = typing.split_command(message.text or "")
    view = await _view(context, Setting.MENU)
    setting = typing.setting_called(named) if named else Setting.MENU
    if setting is None:
        context.say(chat_id, say(typing.unknown(view, named)), message_id)
    elif not words:
        context.say(chat_id, pages.page(view, setting))
    else:
        await _apply(context, message, _prompt(setting, _NO_PAGE, ""), words)


async def open_page(context: Context, key: MessageKey, setting: Setting, about: str) -> None:
    """The message shows the setting's page."""
    context.redraw(key, pages.page(await _view(context, setting, about), setting, about))


async def set_value(context: Context, setting: Setting, value: str) -> str:
    """What there is to say over the button that has set the value, or could not."""
    notice = ""
    services = context.services
    try:
        await change(services.configuring, context.own_journal(), setting, value, services.now())
    except REFUSALS as error:
        notice = fault_words(context.phrases.settings, error)[:_LONGEST_NOTICE]
    except SeveralZonesError:
        # A zone that this machine's time zone database has no more.
        notice = context.phrases.old_button
    return notice


def page_after(setting: Setting, value: str) -> tuple[Setting, str]:
    """The page to show once a button has set the value, and what that is about."""
    about = value.partition(" ")[2] if setting is Setting.SECTION else ""
    return _NEXT.get(setting, setting), about


async def ask(context: Context, page: MessageKey, setting: Setting, about: str, by: User) -> None:
    """The person is asked for the setting's value, in a message of its own."""
    view = await _view(context, setting, about)
    if not typing.can_be_typed(view, setting, about):
        await open_page(context, page, setting, about)
        return
    words = typing.question(view, setting, about)
    in_private = page.chat_id == by.id
    text = RichText(words) if in_private else _named(by, words)
    saying = Saying(text, placeholder=view.words.placeholder[setting])
    context.ask(page.chat_id, saying, _prompt(setting, page.message_id, about))


async def take_typed(message: Message, context: Context, prompt: Prompt) -> bool:
    """The reply's words are the setting's value; where they cannot be, the question stays open."""
    await _apply(context, message, prompt, message.text or "")
    return True


async def _apply(context: Context, message: Message, prompt: Prompt, words: str) -> None:
    """What the prompt asks for has that value, or is asked for again where it cannot have it."""
    name, page_id, about = (*prompt.detail.split(" ", 2), "", "")[:3]
    setting = Setting(name)
    chat_id, message_id = ChatId(message.chat_id), MessageId(message.message_id)
    page = MessageKey(chat_id, MessageId(int(page_id)))
    journal, configuring = context.own_journal(), context.services.configuring
    # The time that somebody reads from a clock is that of writing it down.
    read_at = message.edit_date or message.date
    try:
        await change(configuring, journal, setting, words, read_at, about)
    except REFUSALS as error:
        _ask_again(context, chat_id, error, prompt, message_id)
    except SeveralZonesError as error:
        view = await _view(context, setting)
        context.say(chat_id, pages.zones_found(view, error.words, error.zones), message_id)
    else:
        context.say(
            chat_id, pages.done(await _view(context, setting, about), setting, about), message_id
        )
        if page.message_id != _NO_PAGE:
            await open_page(context, page, _NEXT.get(setting, setting), about)


def _ask_again(
    context: Context, chat_id: ChatId, error: Exception, prompt: Prompt, reply_to: MessageId
) -> None:
    """What is wrong is said, and a reply to that is taken for the value."""
    words = context.phrases.settings
    setting = Setting(prompt.detail.partition(" ")[0])
    saying = replace(say(fault_words(words, error)), placeholder=words.placeholder[setting])
    context.ask(chat_id, saying, prompt, reply_to)


async def _view(context: Context, setting: Setting, about: str = "") -> View:
    """The journal as it is now, whatever it was when the update came."""
    services, journal = context.services, context.own_journal()
    holds = setting in ABOUT_A_SECTION and await services.configuring.holds(journal, about)
    present = await services.configuring.present(journal)
    context.journal = present
    return View(present, services.now(), holds=bool(holds))


def _prompt(setting: Setting, page: MessageId, about: str) -> Prompt:
    return Prompt(PROMPT, f"{setting} {page} {about}")


def _named(user: User, words: str) -> RichText:
    """The words with the person's name before them: in a group others are not asked."""
    return by_name(user.full_name, user.id) + RichText(f"\n{words}")
