/** The chat's head, and the list of chats where there are several. */

import { h } from "./dom.js";
import { summaryOf } from "./media.js";
import { clockOf, words } from "./words.js";

const ACTION_SECONDS = 5;

/** The name a chat goes by for the person at the page: their private chat is the bot's. */
export function titleOf(chat, store) {
  if (chat.type !== "private") return chat.title;
  return chat.id === store.personId ? store.bot.first_name : `${store.bot.first_name} · ${chat.first_name}`;
}

/** A round sign with the first letter of a name. */
export function face(name, id) {
  return h("span", { class: `face hue-${Math.abs(id) % 5}`, "aria-hidden": "true" }, [...name][0] ?? "");
}

export class Head {
  #quiet = 0;

  constructor(store, parts) {
    Object.assign(this, { store, ...parts });
    this.list.addEventListener("click", (event) => {
      const id = event.target.closest("[data-chat-id]")?.dataset.chatId;
      if (!id) return;
      store.open(Number(id));
      this.toggle(false);
    });
    this.back.addEventListener("click", () => this.toggle(this.list.hidden));
    for (const type of ["chats", "opened", "reset", "messages"])
      store.addEventListener(type, () => this.draw());
    store.addEventListener("change", ({ detail }) => this.#activity(detail));
  }

  /** Shows or hides the list of chats. */
  toggle(shown) {
    this.list.hidden = !shown;
    this.back.setAttribute("aria-expanded", String(shown));
    if (shown) this.list.querySelector("button")?.focus();
  }

  draw() {
    const { store } = this;
    if (!store.chat) return;
    const title = titleOf(store.chat, store);
    this.title.textContent = title;
    this.face.replaceChildren(face(title, 0));
    const several = store.chats.size > 1;
    this.back.hidden = !several;
    const unread = [...store.unread.values()].reduce((sum, count) => sum + count, 0);
    this.back.dataset.count = unread ? String(unread) : "";
    if (!this.#quiet) this.#say("");
    this.list.replaceChildren(...[...store.chats.values()].map((chat) => this.#row(chat)));
  }

  #row(chat) {
    const { store } = this;
    const last = [...(store.messages.get(chat.id)?.values() ?? [])].findLast((message) => !message._deleted);
    const title = titleOf(chat, store);
    const unread = store.unread.get(chat.id);
    return h(
      "button",
      {
        type: "button",
        class: "chat-row",
        "aria-current": chat.id === store.chatId ? "true" : null,
        data: { chatId: chat.id },
      },
      face(title, chat.id),
      h(
        "span",
        { class: "chat-words" },
        h("span", { class: "chat-title" }, title),
        h("span", { class: "chat-last", dir: "auto" }, last ? summaryOf(last) : ""),
      ),
      h(
        "span",
        { class: "chat-side" },
        last && h("time", {}, clockOf(last.date)),
        unread && h("span", { class: "count" }, String(unread)),
      ),
    );
  }

  /** "typing…" until the bot says something, or five seconds have passed (Bot API, sendChatAction). */
  #activity({ kind, chat_id, action }) {
    if (chat_id !== this.store.chatId) return;
    clearTimeout(this.#quiet);
    this.#quiet = 0;
    if (kind !== "chat_action") return this.#say("");
    this.#say(/upload|record/.test(action ?? "") ? words.uploading : words.typing);
    this.#quiet = setTimeout(() => {
      this.#quiet = 0;
      this.#say("");
    }, ACTION_SECONDS * 1000);
  }

  #say(activity) {
    const { chat, chats } = this.store;
    const rest = chat?.type === "private" ? words.bot : words.members(chat?.members?.length ?? 0);
    this.status.textContent = activity || (chats.size ? rest : "");
    this.status.classList.toggle("active", Boolean(activity));
  }
}
