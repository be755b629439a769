/**
 * Telegram's text with entities as page nodes.
 * Offsets are UTF-16 units (Bot API, MessageEntity), which is how JavaScript counts as well.
 */

import { h, link } from "./dom.js";
import { words } from "./words.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const FOLD_AT_LINES = 4;

/** A box that hides its words until it is tapped. */
export function spoiler(...children) {
  const reveal = (event) => {
    if (box.classList.contains("shown")) return;
    event.preventDefault();
    event.stopPropagation();
    box.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) box.removeAttribute(name);
  };
  const box = h(
    "span",
    {
      class: "spoiler",
      role: "button",
      tabindex: "0",
      "aria-label": words.reveal,
      onclick: reveal,
      onkeydown: (event) => (event.key === "Enter" || event.key === " ") && reveal(event),
    },
    h("span", {}, ...children),
  );
  return box;
}

/** A code block with the name of its language above it. */
export function codeBlock(language, ...children) {
  return h(
    "pre",
    { class: "code-block", dir: "ltr" },
    language && h("span", { class: "language" }, language),
    h("code", {}, ...children),
  );
}

function expandable(children, text) {
  const quote = h("blockquote", { class: "folded" }, ...children);
  if (text.split("\n").length <= FOLD_AT_LINES && text.length <= 200) {
    quote.classList.remove("folded");
    return quote;
  }
  const toggle = h(
    "button",
    {
      type: "button",
      class: "fold",
      onclick: () => {
        toggle.textContent = quote.classList.toggle("folded") ? words.show : words.fold;
      },
    },
    words.show,
  );
  return h("div", { class: "expandable" }, quote, toggle);
}

const NODES = {
  bold: (children) => h("strong", {}, ...children),
  italic: (children) => h("em", {}, ...children),
  underline: (children) => h("u", {}, ...children),
  strikethrough: (children) => h("s", {}, ...children),
  spoiler: (children) => spoiler(...children),
  code: (children) => h("code", { dir: "ltr" }, ...children),
  pre: (children, entity) => codeBlock(entity.language, ...children),
  blockquote: (children) => h("blockquote", {}, ...children),
  expandable_blockquote: (children, _entity, text) => expandable(children, text),
  text_link: (children, entity) => link(entity.url, ...children),
  url: (children, _entity, text) =>
    link(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `http://${text}`, ...children),
  email: (children, _entity, text) => link(`mailto:${text}`, ...children),
  phone_number: (children, _entity, text) => link(`tel:${text.replace(/[^+\d]/g, "")}`, ...children),
  bot_command: (children, _entity, text) =>
    h("button", { type: "button", class: "command", data: { command: text } }, ...children),
  hashtag: (children) => h("span", { class: "mark" }, ...children),
  cashtag: (children) => h("span", { class: "mark" }, ...children),
  mention: (children) => h("span", { class: "mark" }, ...children),
  text_mention: (children) => h("span", { class: "mark" }, ...children),
};

/** The nodes of `text`; an entity that crosses another is cut at its border. */
export function formatted(text, entities = []) {
  const sorted = entities
    .filter((entity) => entity.length > 0 && entity.offset >= 0 && entity.offset < text.length)
    .map((entity, order) => ({ ...entity, end: Math.min(entity.offset + entity.length, text.length), order }))
    .sort(
      (a, b) =>
        a.offset - b.offset || b.end - a.end || BLOCKS.has(b.type) - BLOCKS.has(a.type) || a.order - b.order,
    );
  return span(text, sorted, 0, text.length);
}

function span(text, entities, start, end) {
  const nodes = [];
  let position = start;
  for (let i = 0; i < entities.length;) {
    const entity = entities[i];
    const from = Math.max(entity.offset, position);
    const to = Math.min(entity.end, end);
    if (from > position) nodes.push(text.slice(position, from));
    const inside = [];
    const after = [];
    for (i += 1; i < entities.length && entities[i].offset < to; i += 1) {
      inside.push(entities[i]);
      if (entities[i].end > to) after.push({ ...entities[i], offset: to });
    }
    const build = NODES[entity.type] ?? ((children) => h("span", {}, ...children));
    nodes.push(build(span(text, inside, from, to), entity, text.slice(from, to)));
    position = to;
    // A line break beside a block is the block's own edge, not an empty line.
    if (BLOCKS.has(entity.type) && text[position] === "\n") position += 1;
    if (after.length) {
      entities = [...after.filter((rest) => rest.end > position), ...entities.slice(i)];
      i = 0;
    }
  }
  if (position < end) nodes.push(text.slice(position, end));
  return nodes;
}
