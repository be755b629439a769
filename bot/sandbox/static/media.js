/** What a message carries besides text: photos, albums, files, places, polls. */

import { fileAddress } from "./api.js";
import { h, icon } from "./dom.js";
import { sizeOf, words } from "./words.js";

const READABLE = /\.(md|markdown|txt|json|log)$/i;

/** A photo as a button that enlarges it; its shape is kept free before it has loaded. */
export function photo(message, inAlbum = false) {
  const size = message.photo.at(-1);
  const address = fileAddress(size.file_id);
  const caption = message.caption ?? "";
  const image = h("img", {
    src: address,
    alt: caption || words.photo,
    loading: "lazy",
    width: size.width,
    height: size.height,
  });
  if (!inAlbum && size.width && size.height) image.style.aspectRatio = `${size.width} / ${size.height}`;
  return h("button", { type: "button", class: "zoom photo", data: { zoom: address, caption } }, image);
}

/** The pictures of one album as a grid; the first tile is the bubble's own message. */
export function album(messages) {
  const tiles = messages.map((message, i) =>
    h("div", { class: "tile", data: i ? { messageId: message.message_id } : {} }, photo(message, true)),
  );
  return h("div", { class: `album of-${Math.min(messages.length, 10)}` }, ...tiles);
}

/** A file with its name, size and ways to read or keep it. */
function fileRow(file, name, readable) {
  const address = fileAddress(file.file_id);
  const isPicture = /^image\//.test(file.mime_type ?? "");
  const face = isPicture
    ? h(
        "button",
        { type: "button", class: "zoom file-face", data: { zoom: address, caption: name } },
        h("img", { src: address, alt: "", loading: "lazy" }),
      )
    : h(
        "span",
        { class: "file-face", "aria-hidden": "true" },
        icon("file"),
        h("span", { class: "file-kind" }, /\.([a-z0-9]{1,4})$/i.exec(name)?.[1] ?? ""),
      );
  return h(
    "div",
    { class: "file" },
    face,
    h(
      "div",
      { class: "file-words" },
      h("div", { class: "file-name" }, name),
      h("div", { class: "file-size" }, file.file_size ? sizeOf(file.file_size) : ""),
      h(
        "div",
        { class: "file-actions" },
        readable && h("button", { type: "button", data: { read: address, name } }, words.read),
        h("a", { href: address, download: name }, words.download),
      ),
    ),
  );
}

const place = ({ latitude, longitude }) => `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
const line = (drawing, title, ...more) =>
  h(
    "div",
    { class: "fact" },
    icon(drawing),
    h(
      "div",
      {},
      h("strong", {}, title),
      ...more.filter(Boolean).map((text) => h("div", { dir: "auto" }, text)),
    ),
  );

const KINDS = {
  photo: (message) => photo(message),
  animation: (message) => moving(message.animation, { autoplay: true, loop: true, muted: true }),
  video: (message) => moving(message.video, { controls: true }),
  video_note: (message) => moving(message.video_note, { controls: true }),
  voice: (message) =>
    h("audio", {
      controls: true,
      preload: "none",
      src: fileAddress(message.voice.file_id),
      "aria-label": words.voice,
    }),
  audio: (message) =>
    h("audio", {
      controls: true,
      preload: "none",
      src: fileAddress(message.audio.file_id),
      "aria-label": words.audio,
    }),
  sticker: (message) =>
    h("img", {
      class: "sticker",
      src: fileAddress(message.sticker.file_id),
      alt: message.sticker.emoji ?? words.sticker,
    }),
  document: (message) =>
    fileRow(
      message.document,
      message.document.file_name ?? words.document,
      READABLE.test(message.document.file_name ?? ""),
    ),
  venue: (message) => line("pin", message.venue.title, message.venue.address, place(message.venue.location)),
  location: (message) => line("pin", words.location, place(message.location)),
  contact: (message) =>
    line(
      "person",
      [message.contact.first_name, message.contact.last_name].filter(Boolean).join(" "),
      message.contact.phone_number,
    ),
  poll: (message) =>
    line("tick", message.poll.question, ...message.poll.options.map((option) => `○ ${option.text}`)),
  dice: (message) => h("div", { class: "dice" }, `${message.dice.emoji} ${message.dice.value}`),
};

function moving(file, props) {
  const film = h("video", {
    ...props,
    preload: "metadata",
    playsinline: true,
    src: fileAddress(file.file_id),
  });
  if (file.width && file.height) film.style.aspectRatio = `${file.width} / ${file.height}`;
  film.addEventListener("error", () => film.replaceWith(fileRow(file, file.file_name ?? words.video, false)));
  return film;
}

/** The name of what a message carries, or null for text and service messages. */
export function kindOf(message) {
  // A venue carries its location as well, an animation its document: the richer one first.
  return Object.keys(KINDS).find((kind) => message[kind]) ?? null;
}

/** What a message carries, drawn; null for plain text. */
export function carried(message) {
  const kind = kindOf(message);
  return kind && KINDS[kind](message);
}

/** One line that stands for a message: in a reply strip, in the chat list. */
export function summaryOf(message) {
  if (!message) return words.deletedMessage;
  const text = message.text ?? message.caption;
  if (text) return text.replace(/\s+/g, " ").slice(0, 160);
  if (message.rich_message) {
    const source = message.rich_message.markdown ?? message.rich_message.html ?? "";
    return (
      source
        .split("\n")
        .find((row) => row.trim())
        ?.replace(/^#+ +|<[^>]*>/g, "")
        .slice(0, 160) ?? words.rich
    );
  }
  if (message.document) return message.document.file_name ?? words.document;
  return words[kindOf(message) ?? "other"];
}
