/** The scrolling list of messages: keeps one row per message or album, and its place while things change. */

import { bubble } from "./bubble.js";
import { h } from "./dom.js";
import { dayOf, words } from "./words.js";

const NEAR_BOTTOM_PIXELS = 80;
const TOGETHER_SECONDS = 300;

export class History {
  #rows = new Map();
  #order = [];
  #stuck = true;
  #missed = 0;

  constructor(store, scroller, list, toBottom) {
    this.store = store;
    this.scroller = scroller;
    this.list = list;
    this.toBottom = toBottom;
    scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    toBottom.addEventListener("click", () => this.scrollDown(true));
    list.addEventListener("keydown", (event) => this.#step(event));
    const observer = new ResizeObserver(() => this.#stuck && this.scrollDown());
    observer.observe(list);
    observer.observe(scroller);
    store.addEventListener("reset", () => this.rebuild());
    store.addEventListener("opened", () => this.rebuild());
    store.addEventListener("messages", ({ detail }) => detail.chatId === store.chatId && this.#take(detail));
  }

  /** Draws the shown chat from nothing. */
  rebuild() {
    this.#rows.clear();
    this.#order = [];
    for (const message of this.store.history) this.#group(message);
    const rows = this.#order.map((key) => this.#draw(key));
    this.#order.forEach((_, i) => this.#link(i));
    this.list.setAttribute("aria-live", "off");
    this.list.replaceChildren(
      ...(rows.length ? rows : [h("li", { class: "empty" }, h("span", { class: "pill" }, words.empty))]),
    );
    requestAnimationFrame(() => this.list.setAttribute("aria-live", "polite"));
    this.#missed = 0;
    this.#tick();
    this.scrollDown();
  }

  /** Brings a message into view and lights it up for a moment. */
  jump(messageId) {
    const target = this.list.querySelector(`[data-message-id="${Number(messageId)}"]`);
    if (!target) return;
    this.#stuck = false;
    target.scrollIntoView({ block: "center", behavior: smooth() });
    const article = target.closest("article");
    article.focus({ preventScroll: true });
    article.classList.remove("lit");
    requestAnimationFrame(() => article.classList.add("lit"));
  }

  scrollDown(smoothly = false) {
    this.#stuck = true;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smoothly ? smooth() : "instant" });
  }

  #keyOf(message) {
    return message.media_group_id ? `album ${message.media_group_id}` : message.message_id;
  }

  /** Puts a message into its row, made where needed; answers whether the row is new. */
  #group(message) {
    const key = this.#keyOf(message);
    const row = this.#rows.get(key);
    if (!row) {
      this.#rows.set(key, { messages: [message], element: null });
      let place = this.#order.length;
      while (place && this.#first(this.#order[place - 1]) > message.message_id) place -= 1;
      this.#order.splice(place, 0, key);
      return key;
    }
    const rest = row.messages.filter((one) => one.message_id !== message.message_id);
    row.messages = (message._deleted ? rest : [...rest, message]).sort((a, b) => a.message_id - b.message_id);
    return key;
  }

  #first(key) {
    return this.#rows.get(key).messages[0].message_id;
  }

  #draw(key) {
    const row = this.#rows.get(key);
    const element = h("li", { class: "row" }, bubble(row.messages, this.store));
    row.element = element;
    return element;
  }

  #take({ changed, fresh }) {
    this.list.querySelector(".empty")?.remove();
    const keys = new Set();
    for (const message of changed) {
      if (message._deleted && !this.#rows.has(this.#keyOf(message))) continue;
      keys.add(this.#group(message));
    }
    for (const key of keys) this.#redraw(key);
    for (const key of keys) {
      const i = this.#order.indexOf(key);
      if (i >= 0) this.#link(i);
      if (i >= 0 && i + 1 < this.#order.length) this.#link(i + 1);
    }
    this.#tick();
    const news = changed.filter((message) => fresh.has(message.message_id));
    if (this.#stuck || news.some((message) => this.store.isOwn(message))) return this.scrollDown();
    this.#missed += news.length;
    return this.#showMissed();
  }

  #redraw(key) {
    const row = this.#rows.get(key);
    const old = row.element;
    if (!row.messages.length) {
      const i = this.#order.indexOf(key);
      this.#order.splice(i, 1);
      this.#rows.delete(key);
      old?.remove();
      if (i < this.#order.length) this.#link(i);
      return;
    }
    const focused = old?.contains(document.activeElement) ? document.activeElement : null;
    const element = this.#draw(key);
    if (old) old.replaceWith(element);
    else {
      element.classList.add("new");
      const next = this.#order
        .slice(this.#order.indexOf(key) + 1)
        .find((other) => this.#rows.get(other).element?.isConnected);
      this.list.insertBefore(element, next === undefined ? null : this.#rows.get(next).element);
    }
    if (focused) this.#refocus(element, focused);
  }

  #refocus(element, focused) {
    const { callback } = focused.dataset;
    const again =
      callback !== undefined &&
      [...element.querySelectorAll("[data-callback]")].find((button) => button.dataset.callback === callback);
    (again || element.querySelector("article")).focus({ preventScroll: true });
  }

  /** A row's day line and its closeness to the row before. */
  #link(i) {
    const row = this.#rows.get(this.#order[i]);
    const before = i ? this.#rows.get(this.#order[i - 1]) : null;
    const [message, previous] = [row.messages[0], before?.messages[0]];
    const day = dayOf(message.date);
    row.element.querySelector(".day")?.remove();
    const newDay = !previous || dayOf(previous.date) !== day;
    if (newDay) row.element.prepend(h("div", { class: "day" }, h("span", { class: "pill" }, day)));
    const close =
      !newDay &&
      previous.from?.id === message.from?.id &&
      Math.abs(message.date - previous.date) < TOGETHER_SECONDS;
    row.element.classList.toggle("close", close);
  }

  /** What the bot has come past carries two ticks: a reaction, or any later message of its own. */
  #tick() {
    const history = this.store.history;
    const last = history.findLast((message) => message._out)?.message_id ?? 0;
    for (const row of this.#rows.values()) {
      const handled = row.messages.some((message) => message.message_id < last || message._reactions?.length);
      row.element?.classList.toggle("handled", handled);
    }
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.#stuck = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PIXELS;
    if (this.#stuck) this.#missed = 0;
    this.#showMissed();
  }

  #showMissed() {
    this.toBottom.hidden = this.#stuck;
    this.toBottom.dataset.count = this.#missed ? String(this.#missed) : "";
    this.toBottom.setAttribute("aria-label", this.#missed ? words.newMessages(this.#missed) : words.toBottom);
  }

  #step(event) {
    if (!["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key) || !event.target.matches("article"))
      return;
    const articles = [...this.list.querySelectorAll("article")];
    const at = articles.indexOf(event.target);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: articles.length - 1 }[event.key];
    event.preventDefault();
    articles[Math.max(0, Math.min(articles.length - 1, to))].focus();
  }
}

function smooth() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
