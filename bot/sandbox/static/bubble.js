/** One message as the chat shows it: bubble, reply strip, body, time, reactions, buttons. */

import { h, icon, iconButton } from "./dom.js";
import { formatted } from "./entities.js";
import { inlineKeyboard } from "./keyboard.js";
import { album, carried, kindOf, summaryOf } from "./media.js";
import { richNodes } from "./rich.js";
import { clockOf, words } from "./words.js";

const SERVICE = [
  "new_chat_members",
  "left_chat_member",
  "group_chat_created",
  "supergroup_chat_created",
  "migrate_to_chat_id",
  "migrate_from_chat_id",
  "new_chat_title",
  "pinned_message",
  "forum_topic_created",
];

/** The bubble of a message, or of the messages of one album, in the order of their ids. */
export function bubble(messages, store) {
  const message = messages[0];
  const service = SERVICE.find((name) => message[name]);
  if (service) return serviceLine(message, service);
  const own = store.isOwn(message);
  // The caption of an album may sit on any of its parts.
  const worded = messages.find((part) => part.caption) ?? message;
  const pictures = messages.length > 1 && messages.every((part) => part.photo);
  const body = h(
    "div",
    { class: "bubble" },
    !own && store.chat?.type !== "private" && h("div", { class: "sender" }, nameOf(message, store)),
    message.forward_origin &&
      h("div", { class: "forward" }, words.forwarded(originOf(message.forward_origin))),
    replyStrip(message, store),
    pictures ? album(messages) : messages.map(carried),
    wording(worded),
    tail(messages, own, store),
  );
  const kind = kindOf(message);
  const classes = [
    "message",
    own ? "own" : "other",
    kind ?? "worded",
    message.rich_message ? "rich" : "",
    body.querySelector(".text, .rich-text") ? "" : "bare",
  ];
  return h(
    "article",
    {
      class: classes.filter(Boolean).join(" "),
      tabindex: "-1",
      data: { messageId: message.message_id },
      "aria-label": labelOf(worded, own, store),
    },
    body,
    inlineKeyboard(message, store),
    iconButton("more", words.messageMenu, null, { class: "more", tabindex: "-1", "aria-haspopup": "menu" }),
  );
}

function wording(message) {
  if (message.rich_message)
    return h("div", { class: "rich-text", dir: "auto" }, ...richNodes(message.rich_message));
  const text = message.text ?? message.caption;
  if (!text) return null;
  const entities = message.text === undefined ? message.caption_entities : message.entities;
  const big = /^(?:\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}\ufe0f\u200d]*){1,3}$/u.test(text);
  return h("div", { class: big ? "text big" : "text", dir: "auto" }, ...formatted(text, entities));
}

function replyStrip(message, store) {
  const original = message.reply_to_message;
  if (!original || original.forum_topic_created) return null;
  const known = store.message(original.message_id, message.chat.id) ?? original;
  return h(
    "button",
    { type: "button", class: "reply-strip", data: { jump: original.message_id } },
    h("span", { class: "reply-name" }, nameOf(known, store)),
    h(
      "span",
      { class: "reply-text", dir: "auto" },
      message.quote?.text ?? (known._deleted ? words.deletedMessage : summaryOf(known)),
    ),
  );
}

/** The last line: reactions at its start where there are any, the time at its end. */
function tail(messages, own, store) {
  const shown = reactions(messages, store);
  return shown ? h("div", { class: "tail" }, shown, meta(messages, own)) : meta(messages, own);
}

function meta(messages, own) {
  const edited = messages.some((message) => message._edited ?? message.edit_date);
  const time = new Date(messages[0].date * 1000);
  return h(
    "div",
    { class: "meta" },
    edited && h("span", { class: "edited" }, words.edited),
    h("time", { datetime: time.toISOString(), title: time.toLocaleString() }, clockOf(messages[0].date)),
    own && h("span", { class: "ticks" }, icon("ticks")),
  );
}

function reactions(messages, store) {
  const emoji = messages.flatMap((message) => message._reactions ?? []);
  const people = messages.flatMap((message) => Object.entries(message._people_reactions ?? {}));
  if (!emoji.length && !people.length) return null;
  return h(
    "div",
    { class: "reactions" },
    ...emoji.map((one) => h("span", { class: "reaction", title: words.botReacted(one) }, one)),
    ...people.map(([id, one]) =>
      h("span", { class: "own-reaction", title: store.users.get(Number(id))?.first_name }, one),
    ),
  );
}

function serviceLine(message, kind) {
  const people = [message.new_chat_members, message.left_chat_member]
    .flat()
    .filter(Boolean)
    .map((user) => user.first_name);
  const mark = { new_chat_members: "+ ", left_chat_member: "− " }[kind] ?? "";
  const text = people.length
    ? mark + people.join(", ")
    : (message.new_chat_title ??
      message.forum_topic_created?.name ??
      (kind === "group_chat_created" ? words.created : words.service));
  return h(
    "article",
    { class: "message service", data: { messageId: message.message_id } },
    h("span", { class: "pill" }, text),
  );
}

/** Who sent a message, as the chat names them. */
export function nameOf(message, store) {
  if (message._out) return store.bot.first_name;
  if (message.from?.id === store.personId) return words.you;
  return message.from?.first_name ?? message.sender_chat?.title ?? message.chat?.title ?? "";
}

function originOf(origin) {
  return (
    origin.sender_user?.first_name ??
    origin.sender_user_name ??
    origin.chat?.title ??
    origin.sender_chat?.title ??
    words.unknown
  );
}

function labelOf(message, own, store) {
  return `${own ? words.you : nameOf(message, store)}, ${clockOf(message.date)}: ${summaryOf(message)}`;
}
