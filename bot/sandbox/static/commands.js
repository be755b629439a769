/** The list of the bot's commands that opens with "/". */

import { api } from "./api.js";
import { h } from "./dom.js";
import { language } from "./words.js";

/** The commands the bot has registered for this chat's kind and language, the nearest first. */
export async function registeredCommands(store) {
  const calls = await api.calls("setMyCommands").catch(() => []);
  const sets = calls
    .filter((call) => call.ok)
    .map(({ params }) => ({
      commands: params.commands ?? [],
      scope: params.scope?.type ?? "default",
      language_code: params.language_code ?? "",
    }));
  return chosen(sets, store);
}

/** Telegram's order: the narrower scope before the wider, the person's language before none. */
function chosen(sets, store) {
  const person = store.users.get(store.personId);
  const spoken = (person?.language_code ?? language).slice(0, 2);
  const scopes = [store.chat?.type === "private" ? "all_private_chats" : "all_group_chats", "default"];
  for (const scope of scopes) {
    for (const code of [spoken, ""]) {
      const found = sets.findLast((set) => set.scope === scope && set.language_code === code);
      if (found?.commands.length) return found.commands;
    }
  }
  return [];
}

export class CommandMenu {
  #commands = [];
  #shown = [];
  #at = 0;
  #dismissed = "";

  /** `text` is the field it serves; `send` says a command, `write` puts one into the field. */
  constructor({ list, button, text, send, write }) {
    Object.assign(this, { list, button, text, send, write });
    button.addEventListener("click", () => {
      if (list.hidden) this.write("/");
      else this.write("");
    });
  }

  set commands(commands) {
    this.#commands = commands;
    this.button.hidden = !commands.length;
    this.update(this.text.value);
  }

  /** Shows the commands that begin with what is typed. */
  update(value) {
    const typed = /^\/([a-z0-9_]*)$/i.exec(value);
    this.#shown =
      typed && value !== this.#dismissed
        ? this.#commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase()))
        : [];
    if (value !== this.#dismissed) this.#dismissed = "";
    this.#at = 0;
    this.list.hidden = !this.#shown.length;
    this.list.replaceChildren(
      ...this.#shown.map(({ command, description }, i) =>
        h(
          "button",
          {
            type: "button",
            role: "option",
            id: `command-${i}`,
            class: "command-row",
            "aria-selected": String(i === 0),
            onmousedown: (event) => event.preventDefault(),
            onclick: () => this.#choose(command),
          },
          h("span", { class: "command-name" }, `/${command}`),
          h("span", { class: "command-words" }, description),
        ),
      ),
    );
    this.#mark();
  }

  /** Handles a key while the list is open; true where it was taken. */
  key(event) {
    if (this.list.hidden) return false;
    const { command } = this.#shown[this.#at];
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps)
      this.#at = (this.#at + steps[event.key] + this.#shown.length) % this.#shown.length;
    else if (event.key === "Tab" && !event.shiftKey) this.write(`/${command} `);
    else if (event.key === "Escape") this.#dismiss();
    else if (event.key === "Enter" && !event.shiftKey) this.#choose(command);
    else return false;
    event.preventDefault();
    this.#mark();
    return true;
  }

  #dismiss() {
    this.#dismissed = this.text.value;
    this.list.hidden = true;
  }

  #choose(command) {
    this.write("");
    this.send(`/${command}`);
  }

  #mark() {
    for (const [i, row] of [...this.list.children].entries()) {
      row.setAttribute("aria-selected", String(i === this.#at));
      if (i === this.#at) row.scrollIntoView({ block: "nearest" });
    }
    if (this.list.hidden) this.text.removeAttribute("aria-activedescendant");
    else this.text.setAttribute("aria-activedescendant", `command-${this.#at}`);
  }
}
