"""A week as its file shows it, and which line of it is which node."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.archive.framing import Frame, frame_of
from bot.domain.archive.front_matter import split
from bot.domain.archive.matching import match
from bot.domain.archive.unfolding import Leaf, unfold
from bot.domain.entry import Node, NodeId, Part
from bot.domain.journal import Journal
from bot.domain.local_pictures import local_path
from bot.domain.markdown import heading_source
from bot.domain.text import RichText
from bot.domain.week import IsoWeek
from bot.services.documents import compile_week, make_document, read_body
from bot.services.wording import filed, links_of, spoken
from bot.storage import links, nodes, originals, pictures
from bot.storage.database import Database
from bot.storage.originals import Original


@dataclass(frozen=True, slots=True)
class StandingWeek:
    """A week as it stands: its document, and the lines of that with the nodes they come from.

    `shown` are the nodes as the report shows them, `stored` as they are. `aliases` are lines as
    they would be without what the report adds by itself (page titles, names), by which they may
    come back. `pictures` are the files that messages brought, by their paths: the SHA-256 of each
    (hex), None while it is on its way; `attached` are those that came with a report. `title` is
    that of the front matter where the document has its title only there.
    """

    journal: Journal
    week: IsoWeek
    document: str
    frame: Frame
    leaves: Sequence[Leaf]
    shown: Mapping[NodeId, Node]
    stored: Mapping[NodeId, Node]
    aliases: Mapping[str, str]
    pictures: Mapping[str, str | None]
    attached: Mapping[str, str]
    title: str
    has_report: bool
    original: Original | None = None

    @property
    def fingerprint(self) -> str:
        """What tells whether the week is still so."""
        hashed = hashlib.sha256(self.document.encode())
        for path, sha256 in sorted(self.attached.items()):
            hashed.update(f"\0{path} {sha256}".encode())
        return hashed.hexdigest()

    def document_without(self, ids: frozenset[NodeId]) -> str:
        """The document as it was without those lines."""
        if not ids:
            return self.document
        lines = [line for line in self.shown.values() if line.id not in ids]
        return make_document(self.journal, self.week, lines, self.original)[1]

    def read(self, text: str) -> list[Leaf]:
        """The lines of a document of this week that came back."""
        body = self.frame.body(text)
        leaves = unfold(read_body(body, self.journal), self.journal.all_sections)
        if self.title and not _titled(leaves):
            # The document has its title in the front matter only.
            title, front = self.leaves[0], split(text)[0].title
            if front and front != self.title:
                title = replace(title, source=heading_source(RichText(front)))
            leaves = [replace(title, node=None), *map(_shifted, leaves)]
        known = {leaf.source for leaf in self.leaves}
        return [
            leaf
            if leaf.source in known
            else replace(leaf, source=self.aliases.get(leaf.source, leaf.source))
            for leaf in leaves
        ]


async def stand(database: Database, journal: Journal, week: IsoWeek) -> StandingWeek:
    """The week as it stands."""
    async with database.snapshot() as connection:
        stored = await nodes.of_week(connection, journal.id, week)
        titles = await links.titles(connection, links_of(journal, stored))
        original = await originals.of_week(connection, journal.id, week)
        attached = await originals.attachments(connection, journal.id, week)
        names = [
            line.file.name
            for line in filed(stored)
            if line.file is not None and not line.file.is_missing
        ]
        sent = await pictures.named(connection, journal.id, names)
    shown = spoken(journal, stored, titles)
    here = {local_path(journal.pictures_prefix + each.name) or "": each.sha256 for each in sent}
    return await asyncio.to_thread(
        _stand, journal, week, stored, shown, original, here, dict(attached)
    )


def _stand(
    journal: Journal,
    week: IsoWeek,
    stored: Sequence[Node],
    shown: Sequence[Node],
    original: Original | None,
    here: Mapping[str, str | None],
    attached: Mapping[str, str],
) -> StandingWeek:
    markdown, document = make_document(journal, week, shown, original)
    frame = Frame()
    is_wrapped = original is None and journal.document_template is not None
    if is_wrapped:
        from bot.domain.templates.wrapping import without_title

        frame = frame_of(document, (markdown, without_title(markdown)))
    compiled = unfold(compile_week(journal, week, shown, original), journal.all_sections)
    plain = unfold(compile_week(journal, week, stored, original), journal.all_sections)
    read = unfold(read_body(frame.body(document), journal), journal.all_sections)
    leaves = [
        leaf if was is None else replace(leaf, node=compiled[was].node)
        for leaf, was in zip(read, match(compiled, read), strict=True)
    ]
    title = split(document)[0].title if is_wrapped and not _titled(leaves) else ""
    if title:
        node = next((leaf.node for leaf in compiled if leaf.part is Part.TITLE), None)
        leaves = [_shifted(leaf) for leaf in leaves]
        leaves.insert(0, Leaf(Part.TITLE, None, heading_source(RichText(title)), node=node))
    aliases: dict[str, str] = {}
    if len(plain) == len(compiled):
        for bare, said in zip(plain, compiled, strict=True):
            if bare.source != said.source:
                aliases.setdefault(bare.source, said.source)
    return StandingWeek(
        journal=journal,
        week=week,
        document=document,
        frame=frame,
        leaves=leaves,
        shown={line.id: line for line in shown},
        stored={line.id: line for line in stored},
        aliases=aliases,
        pictures=here,
        attached=attached,
        title=title,
        has_report=original is not None or any(line.at.is_filed for line in stored),
        original=original,
    )


def _titled(leaves: Sequence[Leaf]) -> bool:
    return any(leaf.part is Part.TITLE for leaf in leaves)


def _shifted(leaf: Leaf) -> Leaf:
    """The line where one has come in before all."""
    return leaf if leaf.parent is None else replace(leaf, parent=leaf.parent + 1)
