/** Where messages are written: sending, replying, editing, formatting. */

import { api, Refusal } from "./api.js";
import { nameOf } from "./bubble.js";
import { icon } from "./dom.js";
import { mirror, shifted, toggled, trimmed } from "./draft.js";
import { replyKeyboard, replyMarkup, replyMarkupOf } from "./keyboard.js";
import { summaryOf } from "./media.js";
import { ask, toast } from "./notices.js";
import { FORMATS, formatButtons, SHORTCUTS, strip } from "./strips.js";
import { momentOf, words } from "./words.js";

const hasKeyboard = matchMedia("(pointer: fine)");

export class Composer {
  #ranges = [];
  #before = "";
  #mode = null;
  #sending = Promise.resolve();
  #tabLeaves = false;

  constructor(store, clock, parts) {
    Object.assign(this, { store, clock, ...parts });
    const { text } = this;
    text.addEventListener("input", () => this.#typed());
    text.addEventListener("keydown", (event) => this.#key(event));
    text.addEventListener("scroll", () => {
      this.mirror.scrollTop = text.scrollTop;
    });
    text.addEventListener("blur", () => {
      this.#tabLeaves = false;
    });
    document.addEventListener("selectionchange", () => this.#selected());
    this.sendButton.addEventListener("click", () => this.submit());
    store.addEventListener("messages", ({ detail }) => detail.chatId === store.chatId && this.#asked(detail));
    for (const type of ["opened", "reset"])
      store.addEventListener(type, () => this.#asked({ fresh: new Set() }));
    store.addEventListener("opened", () => this.cancel());
    store.addEventListener("compose", ({ detail }) => this.write(detail));
    clock.addEventListener("set", () => this.#strips());
    this.formats.append(...formatButtons((type) => this.format(type)));
    this.#show();
  }

  /** Puts text (and its entities) into the field, in place of what stands there. */
  write(text, entities = []) {
    this.text.value = text;
    this.#before = text;
    this.#ranges = entities.filter((entity) => FORMATS.has(entity.type)).map((entity) => ({ ...entity }));
    this.text.focus();
    this.text.setSelectionRange(text.length, text.length);
    this.#show();
  }

  /** The next message answers `message`, or the part `quote` of it. */
  reply(message, quote = null) {
    if (this.#mode?.kind === "edit") this.write("");
    this.#mode = { kind: "reply", message, quote };
    this.#strips();
    this.text.focus();
  }

  /** What is written next replaces the text of one's own `message`. */
  edit(message) {
    this.#mode = { kind: "edit", message };
    this.write(message.text ?? message.caption ?? "", message.entities ?? message.caption_entities ?? []);
    this.#strips();
  }

  /** Ends a reply or an edit. */
  cancel() {
    const wasEditing = this.#mode?.kind === "edit";
    this.#mode = null;
    if (wasEditing) this.write("");
    this.#strips();
    this.#show();
  }

  /** What a message sent now must say besides its content. */
  get envelope() {
    const mode = this.#mode?.kind === "reply" ? this.#mode : null;
    return {
      chat_id: this.store.chatId,
      from_id: this.store.personId,
      ...(mode && { reply_to: mode.message.message_id }),
      ...(mode?.quote && { quote: mode.quote }),
      ...this.clock.stamp,
    };
  }

  /** Sends, or saves the edit; several calls keep their order. */
  submit() {
    const { text, entities } = trimmed(this.text.value, this.#ranges);
    const mode = this.#mode;
    if (mode?.kind === "edit") {
      const { message } = mode;
      if (!text && message.text !== undefined) return;
      const field = message.text === undefined ? "caption" : "text";
      this.#clear();
      this.#queue(
        () =>
          api.edit({
            chat_id: message.chat.id,
            message_id: message.message_id,
            [field]: text,
            entities,
            ...this.clock.stamp,
          }),
        text,
        entities,
        mode,
      );
    } else if (text) {
      const envelope = this.envelope;
      this.#clear();
      this.#queue(
        () =>
          api.send({
            ...envelope,
            text,
            ...(entities.length && { entities }),
            smart_dashes: this.smartDashes,
          }),
        text,
        entities,
        mode,
      );
    }
  }

  /** Sends a line as if it had been typed: commands and reply keyboards. */
  say(text) {
    const envelope = this.envelope;
    this.cancel();
    this.#queue(() => api.send({ ...envelope, text }), text, [], null);
  }

  /** Formats the selection, or takes the format away. */
  async format(type) {
    const { selectionStart: start, selectionEnd: end, value } = this.text;
    if (start === end) return;
    let more = {};
    if (type === "text_link") {
      const address = await ask(words.linkAddress, "url", "https://");
      if (!address) return;
      more = { url: address };
    }
    this.#ranges = toggled(this.#ranges, value, start, end, type, more);
    this.text.focus();
    this.text.setSelectionRange(start, end);
    this.#show();
  }

  #queue(work, text, entities, mode) {
    this.#sending = this.#sending.then(work).catch((error) => {
      toast(error instanceof Refusal ? error.message : words.offline);
      if (this.text.value) return;
      this.write(text, entities);
      this.#mode = mode;
      this.#strips();
    });
  }

  #clear() {
    this.#mode = null;
    this.write("");
    this.#strips();
  }

  #typed() {
    const { value, selectionEnd } = this.text;
    this.#ranges = shifted(this.#ranges, this.#before, value, selectionEnd);
    this.#before = value;
    this.#show();
  }

  #show() {
    this.mirror.replaceChildren(...mirror(this.text.value, this.#ranges));
    const isEdit = this.#mode?.kind === "edit";
    this.sendButton.replaceChildren(icon(isEdit ? "done" : "send"));
    this.sendButton.setAttribute("aria-label", isEdit ? words.save : words.send);
    this.sendButton.disabled = !this.text.value.trim() && !(isEdit && this.#mode.message.text === undefined);
    this.slash?.update(this.text.value);
  }

  #selected() {
    const { text } = this;
    this.formats.hidden = document.activeElement !== text || text.selectionStart === text.selectionEnd;
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (this.slash?.key(event)) return;
    const shortcut = (event.ctrlKey || event.metaKey) && !event.altKey && SHORTCUTS[event.key.toLowerCase()];
    if (shortcut && this.text.selectionStart !== this.text.selectionEnd) {
      event.preventDefault();
      this.format(shortcut);
    } else if (event.key === "Enter" && !event.shiftKey && (hasKeyboard.matches || event.ctrlKey)) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Tab" && !event.shiftKey && !this.#tabLeaves) {
      event.preventDefault();
      this.text.setRangeText("\t", this.text.selectionStart, this.text.selectionEnd, "end");
      this.#typed();
    } else if (event.key === "Escape") {
      this.#tabLeaves = true;
      if (this.#mode) this.cancel();
    } else if (event.key === "ArrowUp" && !this.text.value) {
      const last = this.store.history.findLast(
        (message) => this.store.isOwn(message) && (message.text ?? message.caption) !== undefined,
      );
      if (last) {
        event.preventDefault();
        this.edit(last);
      }
    }
  }

  /** The bot's reply keyboard and its forced replies. */
  #asked({ fresh }) {
    const message = replyMarkupOf(this.store.history);
    const markup = message && replyMarkup(message);
    this.text.placeholder = markup?.input_field_placeholder ?? words.placeholder;
    this.keyboard.replaceChildren(
      ...(markup?.keyboard ? [replyKeyboard(markup, (text) => this.say(text))] : []),
    );
    if (markup?.force_reply && fresh.has(message.message_id) && !this.#mode) this.reply(message);
  }

  #strips() {
    const strips = [];
    if (this.#mode) {
      const { kind, message, quote } = this.#mode;
      const title = kind === "edit" ? words.editing : words.replyTo(nameOf(message, this.store));
      strips.push(
        strip(
          kind === "edit" ? "edit" : quote ? "quote" : "reply",
          title,
          quote ?? summaryOf(message),
          () => this.cancel(),
          kind,
        ),
      );
    }
    if (!this.clock.isReal)
      strips.push(
        strip("clock", words.sentAt(momentOf(this.clock.now)), "", () => this.clock.set(null), "clock"),
      );
    this.strips.replaceChildren(...strips);
    this.#show();
  }
}
