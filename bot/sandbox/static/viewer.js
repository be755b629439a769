/** Looking closer: a picture over the whole chat, and a text file as a page. */

import { h, iconButton } from "./dom.js";
import { copy } from "./keyboard.js";
import { markdown } from "./markdown.js";
import { dialog, toast } from "./notices.js";
import { picture } from "./rich.js";
import { isPictureAddress } from "./inline.js";
import { words } from "./words.js";

/** Enlarges the picture of a button; the others of the chat follow by the arrows. */
export function enlarge(button, list) {
  const all = [...list.querySelectorAll("[data-zoom]")];
  let at = all.indexOf(button);
  const image = h("img", { alt: "" });
  const caption = h("p", { class: "viewer-caption", dir: "auto", "aria-live": "polite" });
  const show = (step) => {
    at = Math.max(0, Math.min(all.length - 1, at + step));
    image.src = all[at].dataset.zoom;
    image.alt = all[at].dataset.caption || words.picture;
    caption.textContent = all[at].dataset.caption ?? "";
    save.href = all[at].dataset.zoom;
    [before.disabled, after.disabled] = [at === 0, at === all.length - 1];
  };
  const before = iconButton("left", words.previous, () => show(-1), { class: "viewer-step before" });
  const after = iconButton("right", words.next, () => show(1), { class: "viewer-step after" });
  const save = h("a", { class: "viewer-save", download: true }, words.download);
  const box = dialog(
    "viewer",
    words.picture,
    h(
      "div",
      { class: "viewer-head" },
      save,
      iconButton("close", words.close, () => box.close(), { autofocus: true }),
    ),
    h(
      "div",
      { class: "viewer-stage", onclick: (event) => event.target === event.currentTarget && box.close() },
      image,
    ),
    caption,
    before,
    after,
  );
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(-1);
    if (event.key === "ArrowRight") show(1);
  });
  show(0);
}

/** Opens a text file: its source as it is, or, for Markdown, as a page to read. */
export async function readFile(address, name) {
  const response = await fetch(address).catch(() => null);
  if (!response?.ok) return toast(words.offline);
  const text = await response.text();
  const isMarkdown = /\.(md|markdown)$/i.test(name);
  const page = h("div", { class: "reader-page", tabindex: "0" });
  const show = (raw) => {
    const draw = (target, alt, title) =>
      picture(isPictureAddress(target) ? target : null, title || alt || target);
    page.replaceChildren(
      raw
        ? h("pre", { class: "source", dir: "auto" }, text)
        : h("div", { class: "rich-text" }, ...markdown(text, draw)),
    );
    page.scrollTop = 0;
    tabs.forEach((tab, i) => tab.setAttribute("aria-pressed", String((i === 0) === raw)));
  };
  const tabs = [
    [words.raw, true],
    [words.read, false],
  ].map(([label, raw]) => h("button", { type: "button", onclick: () => show(raw) }, label));
  const box = dialog(
    "sheet reader",
    name,
    h(
      "div",
      { class: "sheet-head" },
      h("h2", {}, name),
      iconButton("close", words.close, () => box.close()),
    ),
    h(
      "div",
      { class: "reader-tools" },
      isMarkdown && h("div", { class: "tabs" }, ...tabs),
      h("button", { type: "button", class: "quiet", onclick: () => copy(text) }, words.copy),
      h("a", { class: "quiet", href: address, download: name }, words.download),
    ),
    page,
  );
  return show(true);
}
