"""The messages that show outlines and cards, as they are now."""

from __future__ import annotations

from bot.chat.card_views import card
from bot.chat.messenger import Messenger
from bot.chat.outline_views import deleted_view, lines_of_page, outline_view, page_of
from bot.domain.entry import ChatId, MessageKey, NodeId
from bot.domain.journal import Journal
from bot.domain.week import IsoWeek
from bot.services.outlining import Outlining, WeekOutline


class OutlineDisplay:
    """Sends outlines, and edits the messages that show them; what the numbers meant is kept.

    Always shows what is stored at that moment, whatever it was that asked for it. Numbers mean
    what they were last seen to mean: an edit that may not have come through changes nothing, so
    what differs from the last one seen is asked about.
    """

    def __init__(self, messenger: Messenger, outlining: Outlining) -> None:
        self._messenger = messenger
        self._outlining = outlining

    async def send_list(
        self,
        chat_id: ChatId,
        journal: Journal,
        week: IsoWeek,
        page: int = 0,
        marked: NodeId | None = None,
    ) -> None:
        """A new message shows the outline, at the page of the line that is marked, if one is."""
        outline = await self._outlining.outline(journal, week)
        if marked is not None:
            page = page_of(outline, outline.outline.find(marked))
        outline = await self._page(outline, page)
        saying = outline_view(outline, page, marked)
        said = await self._messenger.say(chat_id, saying, repeatable=True)
        await self._outlining.remember_list(chat_id, said, outline, page)

    async def draw_list(self, key: MessageKey, journal: Journal, week: IsoWeek, page: int) -> None:
        """The message shows that page of the outline."""
        outline = await self._page(await self._outlining.outline(journal, week), page)
        if await self._messenger.edit(key, outline_view(outline, page), in_doubt=False):
            await self._outlining.remember_list(key.chat_id, key.message_id, outline, page)

    async def draw_deleted(self, key: MessageKey, journal: Journal, week: IsoWeek) -> None:
        """The message shows what was deleted in the week."""
        outline = await self._outlining.outline(journal, week)
        await self._messenger.edit(key, deleted_view(await self._outlining.with_deleted(outline)))
        await self._outlining.forget_card(key.chat_id, key.message_id)

    async def draw_card(self, key: MessageKey, journal: Journal, node_id: NodeId) -> None:
        """The message shows the line's card, or the outline where the line is gone."""
        week = await self._outlining.week_of(journal, node_id)
        if week is None:
            return
        outline = await self._outlining.outline(journal, week)
        line = outline.outline.find(node_id)
        if line is None:
            await self.draw_list(key, journal, week, 0)
            return
        outline = await self._outlining.titled_for(outline, [line, *line.children])
        entry = await self._outlining.entry_of(line)
        if await self._messenger.edit(key, card(outline, line, entry), in_doubt=False):
            await self._outlining.remember_card(
                key.chat_id, key.message_id, line, page_of(outline, line)
            )

    async def refresh(self, chat_id: ChatId, journal: Journal) -> None:
        """What the chat was shown last is brought up to date where it stands."""
        last = await self._outlining.last(chat_id)
        if last is None:
            return
        key = MessageKey(chat_id, last.message_id)
        if last.card is None:
            await self.draw_list(key, journal, last.week, last.page)
        else:
            await self.draw_card(key, journal, last.card)

    async def refresh_changed(self, chat_id: ChatId, journal: Journal) -> None:
        """As `refresh`, but nothing is sent where the lines of that week are as they were shown."""
        if not await self._outlining.is_up_to_date(chat_id, journal):
            await self.refresh(chat_id, journal)

    async def _page(self, outline: WeekOutline, page: int) -> WeekOutline:
        """The outline with all that this page of it shows."""
        outline = await self._outlining.titled_for(outline, lines_of_page(outline, page))
        return await self._outlining.with_deleted(outline)
