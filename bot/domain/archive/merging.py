"""An imported file as it came, with only those lines changed that were edited since.

The file and the canonical form of what was imported from it differ by the slips of real
authors: white space, numbers, blank lines, the order of blocks. A line of one is found in the
other by its words; an edit is carried over line by line, and what comes of it is read again to
prove that it says what it should.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, pairwise

from bot.domain.archive.edits import carried_over
from bot.domain.archive.filelines import FileLine, file_lines
from bot.domain.archive.front_matter import FrontMatter, split
from bot.domain.parse import parse
from bot.domain.render import render

_Lines = list[FileLine]


def merge(original: str, before: str, after: str) -> str:
    """The original with the changes that lead from `before` to `after`.

    `before` is the canonical form of what the original says, `after` the canonical form of what
    is to be said now. Front matter, line endings, trailing blanks and the end of the file stay
    as they came. A section whose changes have no clear place in the original becomes what it is
    in `after`, and where even that would not be read as it should, the whole text does.
    """
    if before == after:
        return original
    front, body = split(original)
    if front.source and before.startswith(front.source):
        front, body = FrontMatter(), original
    lines, old, new = file_lines(body), _unended(before), _unended(after)
    parts = _sections(lines, old, new)
    merged = [part if was == is_now else _merged(part, was, is_now) for part, was, is_now in parts]
    if not (_are_a_whole(merged) and _are_a_whole([is_now for _, _, is_now in parts])):
        merged = [_merged(lines, old, new)]
    text = _text(list(chain.from_iterable(merged)), body, before, after)
    gap = "\n" if front.source and text and not body.strip() else ""
    return front.source + gap + text


def _merged(lines: _Lines, old: _Lines, new: _Lines) -> _Lines:
    found = carried_over(lines, old, new)
    return found if found is not None and _is_proven(found, lines, old, new) else new


def _sections(lines: _Lines, old: _Lines, new: _Lines) -> list[tuple[_Lines, _Lines, _Lines]]:
    """The three texts by headings, where they have the same ones, else as they are."""
    parts = [_parted(text) for text in (lines, old, new)]
    if len({tuple(part[0].key for part in text[1:]) for text in parts}) == 1:
        return list(zip(*parts, strict=True))
    return [(lines, old, new)]


def _parted(lines: _Lines) -> list[_Lines]:
    borders = [i for i, line in enumerate(lines) if line.text.startswith(("# ", "## "))]
    return [lines[start:end] for start, end in pairwise([0, *borders, len(lines)])]


def _are_a_whole(parts: Sequence[_Lines]) -> bool:
    """Whether the parts say the same one by one; a heading in code would say something else."""
    if len(parts) == 1:
        return True
    apart = [_canonical(part) for part in parts]
    return _canonical(list(chain.from_iterable(parts))) == "\n".join(
        text for text in apart if text.strip()
    )


def _is_proven(found: _Lines, lines: _Lines, old: _Lines, new: _Lines) -> bool:
    """Whether what was found says what `new` does, as far as the original says what `old` does.

    Where blocks stand in another order than the canonical one, each line has to be there, with
    its depth; how lists are numbered is then left to the author.
    """
    original, was, wanted, got = (_canonical(text) for text in (lines, old, new, found))
    if original == was:
        return got == wanted
    return _bag(was) <= _bag(original) and _bag(wanted) <= _bag(got)


def _canonical(lines: _Lines) -> str:
    return render(parse("\n".join(line.text for line in lines)))


def _bag(canonical: str) -> Counter[tuple[str, str]]:
    return Counter((line.indent, line.key) for line in file_lines(canonical) if line.words)


def _unended(text: str) -> _Lines:
    return [replace(line, ending="") for line in file_lines(text)]


def _text(found: _Lines, body: str, before: str, after: str) -> str:
    """The lines with their endings; new ones take that which most lines of the original have."""
    while found and not (found[-1].words or found[-1].ending):
        found = found[:-1]
    if not found:
        return ""
    endings = Counter(line.ending for line in file_lines(body) if line.ending)
    usual = endings.most_common(1)[0][0] if endings else "\n"
    written = [line.text + (line.ending or usual) for line in found]
    is_kept = body and before.endswith("\n") == after.endswith("\n")
    if not (body if is_kept else after).endswith(("\n", "\r")):
        written[-1] = found[-1].text
    return "".join(written)
