/** Files on their way into the chat: chosen, pasted or dropped, looked at, then sent as one message or album. */

import { api, Refusal, upload } from "./api.js";
import { h, iconButton } from "./dom.js";
import { dialog, toast } from "./notices.js";
import { sizeOf, words } from "./words.js";

const ALBUM_LIMIT = 10;
const isPicture = (file) => /^image\/(jpeg|png|webp|gif|bmp)$/.test(file.type);

/** Lets the person look at the files and add a caption, then sends them. */
export function previewFiles(files, composer, caption = "") {
  let kept = [...files];
  if (kept.length > ALBUM_LIMIT) toast(words.tooMany);
  kept = kept
    .slice(0, ALBUM_LIMIT)
    .map((file) => ({ file, address: isPicture(file) ? URL.createObjectURL(file) : null }));
  let asPhotos = kept.every(({ file }) => isPicture(file));
  const canBePhotos = asPhotos;
  const tiles = h("div", { class: "attached" });
  const input = h("textarea", {
    rows: "2",
    placeholder: words.caption,
    "aria-label": words.caption,
    maxlength: "1024",
  });
  input.value = caption;
  const choice = (label, value) =>
    h(
      "label",
      {},
      h("input", {
        type: "radio",
        name: "as",
        checked: value === asPhotos,
        onchange: () => {
          asPhotos = value;
          draw();
        },
      }),
      h("span", {}, label),
    );
  const send = h("button", { type: "button", class: "primary", id: "send-files" });
  const box = dialog(
    "sheet attach",
    words.preview,
    h(
      "div",
      { class: "sheet-head" },
      h("h2", {}, words.preview),
      iconButton("close", words.close, () => box.close()),
    ),
    tiles,
    canBePhotos && h("div", { class: "choice" }, choice(words.asPhotos, true), choice(words.asFiles, false)),
    canBePhotos && kept.length > 1 && h("p", { class: "note" }, words.album_note),
    input,
    h("div", { class: "dialog-actions" }, send),
  );
  const draw = () => {
    tiles.replaceChildren(
      ...kept.map((one) =>
        tile(one, asPhotos, () => {
          kept = kept.filter((other) => other !== one);
          if (kept.length) draw();
          else box.close();
        }),
      ),
    );
    send.textContent = words.sendFiles(kept.length);
  };
  draw();
  input.focus();
  box.addEventListener("close", () => kept.forEach(({ address }) => address && URL.revokeObjectURL(address)));
  const submit = async () => {
    send.disabled = true;
    send.textContent = words.uploading;
    const sent = kept.map(({ file }) => file);
    try {
      await sendFiles(sent, asPhotos, input.value.trim(), composer);
      composer.cancel();
      box.close();
    } catch (error) {
      toast(error instanceof Refusal ? error.message : words.offline);
      send.disabled = false;
      draw();
    }
  };
  send.addEventListener("click", submit);
  input.addEventListener("keydown", (event) => {
    if (
      event.isComposing ||
      event.key !== "Enter" ||
      event.shiftKey ||
      !matchMedia("(pointer: fine)").matches
    )
      return;
    event.preventDefault();
    submit();
  });
}

function tile({ file, address }, asPhotos, remove) {
  const face =
    asPhotos && address
      ? h("img", { src: address, alt: file.name })
      : h("div", { class: "attached-file" }, h("strong", {}, file.name), h("span", {}, sizeOf(file.size)));
  return h("div", { class: "attached-tile" }, face, iconButton("close", words.remove, remove));
}

/** Uploads in order, then sends: several files share one album number, the first carries the caption. */
async function sendFiles(files, asPhotos, caption, composer) {
  const stored = await Promise.all(files.map(upload));
  const { envelope } = composer;
  const group =
    files.length > 1
      ? { media_group_id: String(Date.now()) + String(Math.floor(Math.random() * 1e4)).padStart(4, "0") }
      : {};
  for (const [i, { file_id }] of stored.entries()) {
    const kind = asPhotos ? "photo" : kindOfFile(files[i]);
    await api.send({ ...envelope, ...group, kind, file_id, ...(i === 0 && caption && { caption }) });
  }
}

function kindOfFile(file) {
  if (/^video\/mp4/.test(file.type)) return "video";
  if (/^audio\/(mpeg|mp4|x-m4a)/.test(file.type)) return "audio";
  return "document";
}

/** Files pasted into the field or dropped anywhere on the chat. */
export function acceptFiles(target, text, onfiles) {
  text.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    onfiles(event.clipboardData.files);
  });
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  target.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    target.classList.add("dropping");
  });
  target.addEventListener(
    "dragleave",
    (event) => target.contains(event.relatedTarget) || target.classList.remove("dropping"),
  );
  target.addEventListener("drop", (event) => {
    target.classList.remove("dropping");
    if (!carries(event)) return;
    event.preventDefault();
    onfiles(event.dataTransfer.files);
  });
}
