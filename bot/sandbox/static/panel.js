/** The sandbox's own controls: the time of sending, the server's abilities, the person at the page. */

import { api, Refusal } from "./api.js";
import { weekOf } from "./clock.js";
import { h, icon, iconButton } from "./dom.js";
import { ask, dialog, toast } from "./notices.js";
import { weekdayFormat, words } from "./words.js";

/** Opens the sheet of controls. */
export function openPanel(store, clock, composer) {
  const body = h("div", { class: "panel" });
  const draw = () =>
    body.replaceChildren(
      timeControls(clock, draw),
      people(store, () => box.close(), draw),
      abilities(store, composer),
    );
  const box = dialog(
    "sheet",
    words.sandbox,
    h(
      "div",
      { class: "sheet-head" },
      h("h2", {}, words.sandbox),
      iconButton("close", words.close, () => box.close()),
    ),
    h("p", { class: "note" }, words.sandboxNote),
    body,
  );
  draw();
}

const two = (number) => String(number).padStart(2, "0");
const dayValue = (day) => `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;

function timeControls(clock, draw) {
  const shown = new Date(clock.now * 1000);
  const move = (day, [hours, minutes]) => {
    clock.set(new Date(day.getFullYear(), day.getMonth(), day.getDate(), hours, minutes).getTime() / 1000);
    draw();
  };
  const time = [shown.getHours(), shown.getMinutes()];
  const days = weekOf(clock.now).map((day) =>
    h(
      "button",
      {
        type: "button",
        class: "day-choice",
        data: { day: dayValue(day) },
        "aria-pressed": String(day.toDateString() === shown.toDateString()),
        onclick: () => move(day, time),
      },
      h("span", {}, weekdayFormat.format(day)),
      h("strong", {}, String(day.getDate())),
    ),
  );
  const date = h("input", {
    type: "date",
    value: dayValue(shown),
    required: true,
    onchange: () => date.value && move(new Date(`${date.value}T00:00`), time),
  });
  const hour = h("input", {
    type: "time",
    value: `${two(time[0])}:${two(time[1])}`,
    required: true,
    onchange: () => hour.value && move(shown, hour.value.split(":").map(Number)),
  });
  return h(
    "section",
    {},
    h(
      "div",
      { class: "section-head" },
      h("h3", {}, words.when),
      h(
        "button",
        {
          type: "button",
          class: "quiet",
          disabled: clock.isReal,
          onclick: () => {
            clock.set(null);
            draw();
          },
        },
        words.now,
      ),
    ),
    h("div", { class: "days" }, ...days),
    h(
      "div",
      { class: "fields" },
      h("label", {}, h("span", {}, words.otherDay), date),
      h("label", {}, h("span", {}, words.at), hour),
    ),
    h("p", { class: "note" }, words.whenNote),
  );
}

function people(store, close, draw) {
  const guarded = (work) => () =>
    work().catch((error) => toast(error instanceof Refusal ? error.message : words.offline));
  const rows = [...store.users.values()].map((user) =>
    h(
      "button",
      {
        type: "button",
        class: "choice-row",
        data: { person: user.id },
        "aria-pressed": String(user.id === store.personId),
        onclick: guarded(async () => {
          await store.become(user.id);
          close();
        }),
      },
      h("span", {}, [user.first_name, user.last_name].filter(Boolean).join(" ")),
      user.id === store.personId && icon("tick"),
    ),
  );
  const addPerson = guarded(async () => {
    const first_name = await ask(words.name);
    if (!first_name) return;
    await api.addUser({ first_name });
    await store.refreshChats();
    draw();
  });
  const addGroup = guarded(async () => {
    const title = await ask(words.groupName);
    if (!title) return;
    const chat = await api.addChat({ type: "group", title, members: [...store.users.keys()] });
    await store.refreshChats();
    store.open(chat.id);
    close();
  });
  return h(
    "section",
    {},
    h("div", { class: "section-head" }, h("h3", {}, words.person)),
    h("div", { class: "choice-rows" }, ...rows),
    h(
      "div",
      { class: "fields" },
      h("button", { type: "button", class: "quiet", onclick: addPerson }, words.addPerson),
      h("button", { type: "button", class: "quiet", onclick: addGroup }, words.addGroup),
    ),
  );
}

function abilities(store, composer) {
  const rich = toggle(words.rich_messages, store.options.rich_messages ?? true, async (on) => {
    await api.setOptions({ rich_messages: on });
    store.options.rich_messages = on;
  });
  const dashes = toggle(words.smartDashes, composer.smartDashes ?? false, async (on) => {
    composer.smartDashes = on;
  });
  return h("section", {}, rich, h("p", { class: "note" }, words.rich_note), dashes);
}

function toggle(label, checked, change) {
  const box = h("input", {
    type: "checkbox",
    role: "switch",
    checked,
    onchange: () =>
      change(box.checked).catch((error) => {
        box.checked = !box.checked;
        toast(error.message);
      }),
  });
  return h("label", { class: "switch" }, h("span", {}, label), box);
}
