/** Short words over the chat: toasts that pass, alerts that wait, questions for one line. */

import { h } from "./dom.js";
import { words } from "./words.js";

const TOAST_SECONDS = 3.2;
let passing = 0;

/** Shows a sentence for a few seconds and says it to screen readers. */
export function toast(text) {
  const place = document.getElementById("toast");
  place.textContent = text;
  place.classList.add("shown");
  clearTimeout(passing);
  passing = setTimeout(() => place.classList.remove("shown"), TOAST_SECONDS * 1000 + text.length * 25);
}

/** A dialog that closes by its button, by Escape and by a tap beside it, and then leaves the page. */
export function dialog(kind, label, ...children) {
  const box = h(
    "dialog",
    { class: kind, "aria-label": label },
    h("div", { class: "dialog-body" }, ...children),
  );
  box.addEventListener("click", (event) => event.target === box && box.close());
  box.addEventListener("close", () => box.remove());
  document.getElementById("phone").append(box);
  box.showModal();
  return box;
}

/** A sentence that waits for its OK. */
export function alertBox(text) {
  const box = dialog(
    "alert",
    text,
    h("p", { dir: "auto" }, text),
    h(
      "div",
      { class: "dialog-actions" },
      h(
        "button",
        { type: "button", class: "primary", autofocus: true, onclick: () => box.close() },
        words.ok,
      ),
    ),
  );
}

/** Asks for one line; resolves to it, or to null where the person left. */
export function ask(label, type = "text", value = "") {
  return new Promise((resolve) => {
    let answer = null;
    const input = h("input", { type, value, required: true, autofocus: true, autocomplete: "off" });
    const form = h(
      "form",
      {
        method: "dialog",
        onsubmit: () => {
          answer = input.value.trim() || null;
        },
      },
      h("label", {}, h("span", {}, label), input),
      h(
        "div",
        { class: "dialog-actions" },
        h("button", { type: "button", onclick: () => box.close() }, words.cancel),
        h("button", { type: "submit", class: "primary" }, words.ok),
      ),
    );
    const box = dialog("alert", label, form);
    box.addEventListener("close", () => resolve(answer));
  });
}
