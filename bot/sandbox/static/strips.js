/** What stands around the field while one writes: the strips above it, the signs of the formats. */

import { h, icon, iconButton } from "./dom.js";
import { words } from "./words.js";

/** The formats on offer, each with the sign on its button. */
export const FORMATS = new Map([
  ["bold", "B"],
  ["italic", "I"],
  ["underline", "U"],
  ["strikethrough", "S"],
  ["code", "</>"],
  ["text_link", "🔗"],
  ["blockquote", "❝"],
  ["pre", "{ }"],
  ["spoiler", "▒"],
]);

/** Their keys, held with Ctrl or ⌘. */
export const SHORTCUTS = { b: "bold", i: "italic", u: "underline", k: "text_link", m: "code" };

/** A button for each format; it leaves the selection in the field where it is. */
export function formatButtons(choose) {
  return [...FORMATS].map(([type, sign]) =>
    h(
      "button",
      {
        type: "button",
        title: words[type],
        "aria-label": words[type],
        data: { format: type },
        onmousedown: (event) => event.preventDefault(),
        onclick: () => choose(type),
      },
      sign,
    ),
  );
}

/** A line above the field that says what the next message will be, with a way to take that back. */
export function strip(drawing, title, text, onclose, kind) {
  return h(
    "div",
    { class: `strip strip-${kind}` },
    icon(drawing),
    h(
      "div",
      { class: "strip-words" },
      h("div", { class: "strip-title" }, title),
      text && h("div", { class: "strip-text", dir: "auto" }, text),
    ),
    iconButton("close", words.cancel, onclose),
  );
}
