/** What the page knows of the world: chats, people, messages; it tells its listeners what changed. */

import { api } from "./api.js";

const RECONNECT_SECONDS = [0.5, 1, 2, 4, 8];
const POLL_SECONDS = 25;
const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Events: `chats`, `messages` {chatId, changed, fresh}, `reset`, `opened`, `change`, `connection`. */
export class Store extends EventTarget {
  event = 0;
  bot = null;
  chats = new Map();
  users = new Map();
  messages = new Map();
  unread = new Map();
  chatId = null;
  personId = null;

  /** Reads everything anew: at the start, and after a lost connection (the server may be another). */
  async load() {
    const state = await api.state();
    this.bot = state.bot;
    this.#meet(state);
    this.options = state.options ?? {};
    this.event = state.event;
    const answers = await Promise.all([...this.chats.keys()].map((id) => api.messages(id)));
    this.messages = new Map(
      [...this.chats.keys()].map((id, i) => [id, new Map(answers[i].messages.map((m) => [m.message_id, m]))]),
    );
    if (!this.users.has(this.personId)) this.personId = this.users.keys().next().value ?? null;
    if (!this.chats.has(this.chatId))
      this.chatId = this.chats.has(this.personId) ? this.personId : (this.chats.keys().next().value ?? null);
    this.#tell("chats");
    this.#tell("reset");
  }

  /** Follows the server for as long as the page lives. */
  async follow() {
    for (let failures = 0; ;) {
      try {
        if (failures) await this.load();
        this.#tell("connection", true);
        for (failures = 0; ;) {
          const { event, changes } = await api.events(this.event, POLL_SECONDS);
          await this.#apply(event, changes);
        }
      } catch {
        this.#tell("connection", false);
        await pause(RECONNECT_SECONDS[Math.min(failures, RECONNECT_SECONDS.length - 1)]);
        failures += 1;
      }
    }
  }

  async #apply(event, changes) {
    const since = this.event;
    const touched = new Set(
      changes.filter((change) => typeof change.message_id === "number").map((change) => change.chat_id),
    );
    if ([...touched].some((id) => !this.chats.has(id))) await this.refreshChats();
    for (const id of touched) if (this.chats.has(id)) await this.#refresh(id, since);
    this.event = Math.max(this.event, event);
    for (const change of changes) this.#tell("change", change);
  }

  async #refresh(chatId, since) {
    const { messages } = await api.messages(chatId, since);
    this.take(chatId, messages);
  }

  /** Takes messages as the server gave them; what was not known before is `fresh`. */
  take(chatId, messages) {
    const known = this.messages.get(chatId) ?? new Map();
    this.messages.set(chatId, known);
    const fresh = new Set();
    const changed = messages.filter(
      (message) => (known.get(message.message_id)?._event ?? -1) < (message._event ?? 0),
    );
    for (const message of changed) {
      if (!known.has(message.message_id)) fresh.add(message.message_id);
      known.set(message.message_id, message);
      if (message._out && fresh.has(message.message_id) && chatId !== this.chatId) {
        this.unread.set(chatId, (this.unread.get(chatId) ?? 0) + 1);
      }
    }
    if (changed.length) this.#tell("messages", { chatId, changed, fresh });
  }

  async refreshChats() {
    this.#meet(await api.state());
    this.#tell("chats");
  }

  #meet(state) {
    // A group that became a supergroup lives on under its new number alone.
    this.chats = new Map(state.chats.filter((chat) => !chat.migrated_to).map((chat) => [chat.id, chat]));
    this.users = new Map(state.users.filter((user) => !user.is_bot).map((user) => [user.id, user]));
  }

  /** Shows another chat. */
  open(chatId) {
    this.chatId = chatId;
    const chat = this.chats.get(chatId);
    if (chat?.type === "private" && this.users.has(chatId)) this.personId = chatId;
    this.unread.delete(chatId);
    this.#tell("opened");
  }

  /** Becomes another person: their own chat opens; a group stays the one shown. */
  async become(personId) {
    this.personId = personId;
    if (this.chat && this.chat.type !== "private") return this.#tell("opened");
    if (!this.chats.has(personId)) {
      await api.addChat({ type: "private", members: [personId] });
      await this.refreshChats();
    }
    this.open(personId);
  }

  get chat() {
    return this.chats.get(this.chatId);
  }

  /** The shown chat's messages in the order of their ids, without the deleted ones. */
  get history() {
    const all = this.messages.get(this.chatId)?.values() ?? [];
    return [...all].filter((message) => !message._deleted).sort((a, b) => a.message_id - b.message_id);
  }

  message(id, chatId = this.chatId) {
    return this.messages.get(chatId)?.get(id);
  }

  /** The emoji of the person at the page on a message, or null. */
  reactionOf(message) {
    return message._people_reactions?.[this.personId] ?? null;
  }

  /** Reacts to a message, or takes the same reaction back. */
  async react(message, emoji) {
    const { message_id } = message;
    const chosen = this.reactionOf(message) === emoji ? null : emoji;
    await api.react({ chat_id: message.chat.id, message_id, emoji: chosen, from_id: this.personId });
    await this.#refresh(message.chat.id, this.event - 1);
  }

  /** True for what the person at the page wrote, and may therefore edit. */
  isOwn(message) {
    return !message._out && (message.from?.id ?? this.personId) === this.personId;
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
