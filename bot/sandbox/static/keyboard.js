/** Buttons: inline ones under a bubble, and the reply keyboard above the composer. */

import { api, Refusal } from "./api.js";
import { h, safeAddress } from "./dom.js";
import { toast } from "./notices.js";
import { words } from "./words.js";

const ANSWER_SECONDS = 15;
const waiting = new Map();

/** The rows of an inline keyboard as they were given; null where there are none. */
export function inlineKeyboard(message, store) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h(
    "div",
    { class: "keyboard" },
    ...rows.map((row) =>
      h("div", { class: "keyboard-row" }, ...row.map((button) => inlineButton(button, message, store))),
    ),
  );
}

function inlineButton(button, message, store) {
  const text = h("span", { dir: "auto" }, button.text);
  if (button.callback_data !== undefined) {
    const pressed = h(
      "button",
      {
        type: "button",
        data: { callback: button.callback_data },
        onclick: () => press(pressed, button, message, store),
      },
      text,
    );
    return pressed;
  }
  const address = button.url ?? button.web_app?.url ?? button.login_url?.url;
  if (address) {
    const href = safeAddress(address);
    return href
      ? h(
          "a",
          { href, target: "_blank", rel: "noopener noreferrer" },
          text,
          h("span", { class: "away", "aria-hidden": "true" }, "↗"),
        )
      : h("button", { type: "button", disabled: true }, text);
  }
  if (button.copy_text)
    return h("button", { type: "button", onclick: () => copy(button.copy_text.text) }, text);
  const query = button.switch_inline_query_current_chat ?? button.switch_inline_query;
  if (query !== undefined) {
    const fill = () =>
      store.dispatchEvent(new CustomEvent("compose", { detail: `@${store.bot.username} ${query}` }));
    return h("button", { type: "button", onclick: fill }, text);
  }
  return h("button", { type: "button", disabled: true }, text);
}

async function press(element, button, message, store) {
  if (element.classList.contains("pressed")) return;
  element.classList.add("pressed");
  element.setAttribute("aria-busy", "true");
  const release = () => {
    element.classList.remove("pressed");
    element.removeAttribute("aria-busy");
  };
  try {
    const { callback_query_id } = await api.press({
      chat_id: message.chat.id,
      message_id: message.message_id,
      data: button.callback_data,
      from_id: store.personId,
    });
    const timer = setTimeout(() => released(callback_query_id), ANSWER_SECONDS * 1000);
    if (answered.delete(callback_query_id)) return release(clearTimeout(timer));
    waiting.set(callback_query_id, () => release(clearTimeout(timer)));
  } catch (error) {
    release();
    if (error instanceof Refusal) toast(error.message);
  }
}

// The bot's answer may overtake the server's answer to the press itself.
const answered = new Set();

/** Ends the pressed look of the button whose query the bot has answered. */
export function released(queryId) {
  if (!waiting.has(queryId)) return answered.add(queryId);
  waiting.get(queryId)();
  return waiting.delete(queryId);
}

/** Puts text on the clipboard and says so. */
export async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast(words.copied);
}

/** What the bot asked the client to show in place of letters; the Bot API's Message does not carry it. */
export const replyMarkup = (message) => message._reply_markup ?? message.reply_markup;

/** The bot's message whose reply keyboard or forced reply still stands, or null. */
export function replyMarkupOf(history) {
  for (const message of [...history].reverse()) {
    const markup = message._out ? replyMarkup(message) : null;
    if (markup?.remove_keyboard) return null;
    if (markup?.keyboard) return message;
    if (markup?.force_reply) return message === history.at(-1) ? message : null;
  }
  return null;
}

/** Draws a reply keyboard; a press sends its text as a message. */
export function replyKeyboard(markup, send) {
  return h(
    "div",
    { class: "reply-keyboard", role: "group", "aria-label": words.keyboard },
    ...markup.keyboard.map((row) =>
      h(
        "div",
        { class: "keyboard-row" },
        ...row.map((button) => {
          const text = typeof button === "string" ? button : button.text;
          return h("button", { type: "button", onclick: () => send(text) }, text);
        }),
      ),
    ),
  );
}
