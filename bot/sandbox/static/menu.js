/** The menu of one message: by right click, long press, its dots, or the keyboard. */

import { api, Refusal } from "./api.js";
import { h, icon } from "./dom.js";
import { copy } from "./keyboard.js";
import { dialog, toast } from "./notices.js";
import { words } from "./words.js";

const EMOJI = ["👍", "❤", "🔥", "😁", "🤔", "👏"];
const LONG_PRESS_MS = 450;
const MARGIN_PIXELS = 8;

/** Opens menus for the messages inside `list`. */
export function messageMenus(list, store, composer) {
  const at = (event) => {
    const id = event.target.closest?.("[data-message-id]")?.dataset.messageId;
    return id && store.message(Number(id));
  };
  const open = (event, point) => {
    const message = at(event);
    if (!message || event.target.closest(".service")) return false;
    openMenu(message, point, store, composer);
    return true;
  };
  let press = 0;
  list.addEventListener("contextmenu", (event) => {
    // A link keeps the browser's own menu.
    if (event.target.closest("a")) return;
    const fromKeyboard = event.clientX === 0 && event.clientY === 0;
    if (open(event, fromKeyboard ? middle(event.target) : [event.clientX, event.clientY]))
      event.preventDefault();
  });
  list.addEventListener(
    "click",
    (event) => event.target.closest(".more") && open(event, middle(event.target.closest(".more"))),
  );
  list.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("article")) open(event, middle(event.target));
  });
  list.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse") return;
    clearTimeout(press);
    press = setTimeout(
      () => open(event, [event.clientX, event.clientY]) && swallowClick(list),
      LONG_PRESS_MS,
    );
  });
  for (const type of ["pointerup", "pointercancel", "pointermove"]) {
    list.addEventListener(type, (event) => {
      if (type !== "pointermove" || Math.hypot(event.movementX, event.movementY) > 4) clearTimeout(press);
    });
  }
}

const middle = (element) => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
};

/** The finger that opened the menu must not press what lies under it when it lifts. */
function swallowClick(list) {
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  list.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => list.removeEventListener("click", swallow, { capture: true }), 800);
}

function openMenu(message, [x, y], store, composer) {
  const returnTo = document.activeElement;
  const said = message.text ?? message.caption ?? "";
  const text = said || (message.rich_message?.markdown ?? "");
  const selection = selectedIn(message);
  const own = store.isOwn(message);
  const act = (work) => () => {
    box.close();
    Promise.resolve(work()).catch((error) => error instanceof Refusal && toast(error.message));
  };
  const row = (drawing, label, work, kind = "") =>
    h(
      "button",
      { type: "button", role: "menuitem", class: kind, onclick: act(work) },
      icon(drawing),
      h("span", {}, label),
    );
  const items = [
    row("reply", words.reply, () => composer.reply(message)),
    said &&
      row("quote", selection ? words.quoteSelection : words.quote, () =>
        selection ? composer.reply(message, selection) : pickLine(message, said, composer),
      ),
    own &&
      (message.text ?? message.caption ?? message.photo ?? message.document) &&
      row("edit", words.edit, () => composer.edit(message)),
    text && row("copy", words.copy, () => copy(text)),
    own && row("remove", words.remove, () => api.remove(message.chat.id, message.message_id), "danger"),
  ];
  const chosen = store.reactionOf(message);
  const faces = EMOJI.map((emoji) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitem",
        "aria-label": `${words.react} ${emoji}`,
        "aria-pressed": String(emoji === chosen),
        onclick: act(() => store.react(message, emoji)),
      },
      emoji,
    ),
  );
  const box = dialog(
    "menu",
    words.messageMenu,
    h("div", { class: "faces" }, ...faces),
    h("div", { class: "menu-rows", role: "menu" }, ...items.filter(Boolean)),
  );
  box.addEventListener("keydown", (event) => walk(event, box));
  box.addEventListener(
    "close",
    () =>
      document.activeElement === document.body &&
      returnTo?.isConnected &&
      returnTo.focus({ preventScroll: true }),
  );
  place(box, x, y);
  box.querySelector(".menu-rows button").focus({ preventScroll: true });
}

function selectedIn(message) {
  const selection = getSelection();
  const inside = selection.anchorNode?.parentElement?.closest("[data-message-id]")?.dataset.messageId;
  const chosen = selection.toString().trim();
  return chosen && Number(inside) === message.message_id ? chosen : "";
}

function walk(event, box) {
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  if (!(event.key in steps)) return;
  const buttons = [...box.querySelectorAll("button")];
  const to = buttons.indexOf(document.activeElement) + steps[event.key];
  event.preventDefault();
  buttons[(to + buttons.length) % buttons.length].focus();
}

/** Keeps the menu beside the pointer and inside the phone. */
function place(box, x, y) {
  const frame = document.getElementById("phone").getBoundingClientRect();
  // Not the rectangle on the screen, which is still growing.
  const { offsetWidth: width, offsetHeight: height } = box;
  const left = Math.max(frame.left + MARGIN_PIXELS, Math.min(x, frame.right - width - MARGIN_PIXELS));
  const top = Math.max(frame.top + MARGIN_PIXELS, Math.min(y, frame.bottom - height - MARGIN_PIXELS));
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}

/** On a phone one quotes by tapping a line. */
function pickLine(message, text, composer) {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  if (lines.length === 1) return composer.reply(message, lines[0]);
  const box = dialog(
    "sheet",
    words.pickLine,
    h("div", { class: "sheet-head" }, h("h2", {}, words.pickLine)),
    h(
      "div",
      { class: "lines" },
      ...lines.map((line) =>
        h(
          "button",
          {
            type: "button",
            dir: "auto",
            onclick: () => {
              box.close();
              composer.reply(message, line);
            },
          },
          line,
        ),
      ),
    ),
  );
  return undefined;
}
