/** Rich messages (Bot API 10.1, RichMessage): a whole document in a bubble. */

import { fileAddress } from "./api.js";
import { h, link } from "./dom.js";
import { codeBlock, spoiler } from "./entities.js";
import { isPictureAddress } from "./inline.js";
import { markdown } from "./markdown.js";

const PLAIN_TAGS = new Set([
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "p",
  "ul",
  "ol",
  "li",
  "blockquote",
  "strong",
  "b",
  "em",
  "i",
  "u",
  "ins",
  "s",
  "del",
  "strike",
  "code",
  "sub",
  "sup",
  "mark",
  "table",
  "thead",
  "tbody",
  "tr",
  "td",
  "th",
  "hr",
  "br",
  "details",
  "summary",
  "figure",
  "figcaption",
]);
const DROPPED_TAGS = new Set(["script", "style", "template", "iframe", "object", "head"]);

/** A picture with its caption; a button, so that it can be enlarged. Nameless where it cannot be shown. */
export function picture(address, caption) {
  const drop = () => figure.replaceChildren(h("span", { class: "missing" }, caption || address));
  const image =
    address &&
    h("img", { src: address, alt: caption, loading: "lazy", referrerpolicy: "no-referrer", onerror: drop });
  const figure = h(
    "span",
    { class: "picture" },
    image
      ? h("button", { type: "button", class: "zoom", data: { zoom: address, caption } }, image)
      : h("span", { class: "missing" }, caption || "…"),
    image && caption && h("span", { class: "picture-caption", dir: "auto" }, caption),
  );
  return figure;
}

/** The nodes of a rich message. */
export function richNodes(rich) {
  const files = new Map((rich.media ?? []).map((item) => [String(item.id), mediaFile(item.media)]));
  const resolve = (address) => {
    const id = /^tg:\/\/(?:photo|media)\?id=([^&]+)/.exec(address)?.[1];
    if (id !== undefined)
      return files.has(decodeURIComponent(id)) ? fileAddress(files.get(decodeURIComponent(id))) : null;
    return isPictureAddress(address) ? address : null;
  };
  const draw = (address, alt, title) => picture(resolve(address), title || alt);
  return rich.markdown === undefined ? htmlNodes(rich.html ?? "", draw) : markdown(rich.markdown, draw);
}

function mediaFile(media) {
  if (typeof media.media === "string") return media.media;
  return media.file_id ?? media.photo?.at(-1)?.file_id ?? "";
}

/** The allowed tags of an HTML text, rebuilt one by one from an inert document; attributes stay behind. */
function htmlNodes(source, draw) {
  const rebuild = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return [node.data];
    if (node.nodeType !== Node.ELEMENT_NODE) return [];
    const tag = node.localName;
    if (DROPPED_TAGS.has(tag)) return [];
    if (tag === "img")
      return [
        draw(
          node.getAttribute("src") ?? "",
          node.getAttribute("alt") ?? "",
          node.getAttribute("title") ?? "",
        ),
      ];
    if (tag === "pre") return [codeBlock("", node.textContent)];
    const children = [...node.childNodes].flatMap(rebuild);
    if (tag === "a") return [link(node.getAttribute("href") ?? "", ...children)];
    if (tag === "tg-spoiler") return [spoiler(...children)];
    return PLAIN_TAGS.has(tag) ? [h(tag, {}, ...children)] : children;
  };
  return [...new DOMParser().parseFromString(source, "text/html").body.childNodes].flatMap(rebuild);
}
