/** Formatted text under the pen: ranges (UTF-16 units) that move along while the text is typed. */

import { h } from "./dom.js";

/** The ranges after `before` became `after` with the caret at `caret`. */
export function shifted(ranges, before, after, caret) {
  const tail = Math.max(0, Math.min(after.length - caret, before.length));
  let start = 0;
  const limit = Math.min(before.length, after.length) - tail;
  while (start < limit && before[start] === after[start]) start += 1;
  let suffix = tail;
  while (
    suffix < Math.min(before.length, after.length) - start &&
    before[before.length - 1 - suffix] === after[after.length - 1 - suffix]
  )
    suffix += 1;
  const end = before.length - suffix;
  const growth = after.length - before.length;
  const move = (position, isEnd) => {
    if (position < start || (isEnd && position === start)) return position;
    if (position >= end) return position + growth;
    return isEnd ? end + growth : start;
  };
  return ranges
    .map((range) => {
      const from = move(range.offset, false);
      return { ...range, offset: from, length: move(range.offset + range.length, true) - from };
    })
    .filter((range) => range.length > 0);
}

/** Adds a format to a selection, or takes it away where it lies already; quotes and blocks take whole lines. */
export function toggled(ranges, text, start, end, type, more = {}) {
  if (type === "blockquote" || type === "pre") {
    start = text.lastIndexOf("\n", start - 1) + 1;
    const stop = text.indexOf("\n", end);
    end = stop < 0 ? text.length : stop;
  }
  const covers = (range) =>
    range.type === type && range.offset <= start && range.offset + range.length >= end;
  if (!ranges.some(covers)) {
    const apart = ranges.filter(
      (range) => range.type !== type || range.offset + range.length <= start || range.offset >= end,
    );
    return [...apart, { type, offset: start, length: end - start, ...more }];
  }
  return ranges.flatMap((range) => {
    if (!covers(range)) return [range];
    const right = range.offset + range.length - end;
    return [
      { ...range, length: start - range.offset },
      { ...range, offset: end, length: right },
    ].filter((part) => part.length > 0);
  });
}

/** Text without blanks at its ends, its ranges moved along, in the order Telegram gives them. */
export function trimmed(text, ranges) {
  const lead = text.length - text.trimStart().length;
  const clean = text.trim();
  const entities = ranges
    .map((range) => {
      const from = Math.max(0, range.offset - lead);
      return {
        ...range,
        offset: from,
        length: Math.min(clean.length, range.offset + range.length - lead) - from,
      };
    })
    .filter((range) => range.length > 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  return { text: clean, entities };
}

/** The same text drawn under the text field, so that the ranges can be seen while typing. */
export function mirror(text, ranges) {
  const borders = [
    ...new Set([0, text.length, ...ranges.flatMap((range) => [range.offset, range.offset + range.length])]),
  ].sort((a, b) => a - b);
  const parts = borders.slice(1).map((end, i) => {
    const start = borders[i];
    const types = ranges
      .filter((range) => range.offset <= start && range.offset + range.length >= end)
      .map((range) => range.type);
    return h("span", { class: types.map((type) => `in-${type}`).join(" ") }, text.slice(start, end));
  });
  // A last line break counts only when something follows it.
  return [...parts, "\u200b"];
}
