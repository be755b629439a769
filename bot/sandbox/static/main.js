/** Puts the page together. */

import { acceptFiles, previewFiles } from "./attach.js";
import { Head } from "./chats.js";
import { SendingClock } from "./clock.js";
import { CommandMenu, registeredCommands } from "./commands.js";
import { Composer } from "./composer.js";
import { icon } from "./dom.js";
import { History } from "./history.js";
import { released } from "./keyboard.js";
import { messageMenus } from "./menu.js";
import { alertBox, toast } from "./notices.js";
import { openPanel } from "./panel.js";
import { chooseAttachment } from "./samples.js";
import { Store } from "./store.js";
import { enlarge, readFile } from "./viewer.js";
import { language, words } from "./words.js";

const part = (id) => document.getElementById(id);

document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
for (const element of document.querySelectorAll("[data-icon]")) element.append(icon(element.dataset.icon));
for (const element of document.querySelectorAll("[data-label]")) {
  element.setAttribute("aria-label", words[element.dataset.label]);
  if (element.matches("button")) element.title = words[element.dataset.label];
}
for (const element of document.querySelectorAll("[data-words]"))
  element.textContent = words[element.dataset.words];

const store = new Store();
const clock = new SendingClock();
const history = new History(store, part("scroller"), part("messages"), part("to-bottom"));
const composer = new Composer(store, clock, {
  text: part("composer"),
  mirror: part("mirror"),
  sendButton: part("send"),
  strips: part("strips"),
  formats: part("formats"),
  keyboard: part("reply-keyboard"),
});
composer.slash = new CommandMenu({
  list: part("commands"),
  button: part("slash"),
  text: part("composer"),
  send: (text) => composer.say(text),
  write: (text) => composer.write(text),
});
new Head(store, {
  title: part("title"),
  face: part("face"),
  status: part("status"),
  back: part("back"),
  list: part("chats"),
});
messageMenus(part("messages"), store, composer);

const attach = (files) => {
  const caption = composer.text.value;
  composer.write("");
  previewFiles(files, composer, caption);
};
part("attach").addEventListener("click", () => chooseAttachment(composer, () => part("files").click()));
part("files").addEventListener("change", ({ target }) => {
  if (target.files.length) attach(target.files);
  target.value = "";
});
acceptFiles(part("phone"), part("composer"), attach);
part("sandbox").addEventListener("click", () => openPanel(store, clock, composer));

part("messages").addEventListener("click", ({ target }) => {
  const { jump, zoom, read, name, command } =
    target.closest("[data-jump], [data-zoom], [data-read], [data-command]")?.dataset ?? {};
  if (jump) history.jump(jump);
  else if (zoom) enlarge(target.closest("[data-zoom]"), part("messages"));
  else if (read) readFile(read, name);
  else if (command) composer.say(command);
});

let heard = 0;
store.addEventListener("change", ({ detail }) => {
  if (detail.kind === "callback_answer") {
    released(detail.callback_query_id);
    if (detail.text) (detail.show_alert ? alertBox : toast)(detail.text);
  }
});
store.addEventListener("messages", ({ detail }) => {
  if (!document.hidden) return;
  heard += detail.changed.filter((message) => message._out && detail.fresh.has(message.message_id)).length;
  document.title = heard ? `(${heard}) Weeknotes` : "Weeknotes";
});
document.addEventListener("visibilitychange", () => {
  heard = 0;
  document.title = "Weeknotes";
});
store.addEventListener("connection", ({ detail }) => {
  part("offline").hidden = detail;
});
for (const type of ["reset", "opened"]) {
  store.addEventListener(type, async () => {
    composer.slash.commands = await registeredCommands(store);
  });
}
part("slash").addEventListener("pointerenter", async () => {
  composer.slash.commands = await registeredCommands(store);
});

await store.load().catch(() => store.dispatchEvent(new CustomEvent("connection", { detail: false })));
store.follow();
