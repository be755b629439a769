/** The inline half of the Markdown reader: CommonMark 0.31 §6 and GitHub's strike and bare links. */

import { h, link, safeAddress } from "./dom.js";
import { spoiler } from "./entities.js";

const ESCAPABLE = /[!-/:-@[-`{-~]/;
const PUNCTUATION = /[\p{P}\p{S}]/u;
const NAMED = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  copy: "©",
  hellip: "…",
  mdash: "—",
  ndash: "–",
};
const TAGS = {
  b: "strong",
  strong: "strong",
  i: "em",
  em: "em",
  u: "u",
  ins: "u",
  s: "s",
  del: "s",
  strike: "s",
  code: "code",
  sub: "sub",
  sup: "sup",
  mark: "mark",
  kbd: "kbd",
};
const DELIMITERS = new Set(["*", "_", "~", "|", "="]);

function decode(text) {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name) return NAMED[name] ?? whole;
    const code = hex ? parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
  });
}

const unescape = (text) => decode(text.replace(/\\([!-/:-@[-`{-~])/g, "$1"));

/** Nodes of one paragraph's source; `picture(address, alt, title)` draws an image. */
export function inline(source, picture) {
  const nodes = [];
  const openers = [];
  let plain = "";
  let at = 0;

  const flush = () => {
    if (plain) nodes.push(plain);
    plain = "";
  };
  const push = (node, length) => {
    flush();
    nodes.push(node);
    at += length;
  };
  const match = (pattern) => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };

  while (at < source.length) {
    const char = source[at];
    let found;
    if (char === "\\" && source[at + 1] === "\n") push(h("br"), 2);
    else if (char === "\\" && ESCAPABLE.test(source[at + 1] ?? "")) {
      plain += source[at + 1];
      at += 2;
    } else if (char === "\n") {
      const hard = / {2,}$/.test(plain);
      plain = plain.replace(/ +$/, "");
      if (hard) push(h("br"), 1);
      else {
        plain += "\n";
        at += 1;
      }
    } else if (char === "`" && (found = match(/(`+)(?!`)([\s\S]*?[^`])\1(?!`)/y)))
      push(codeSpan(found[2]), found[0].length);
    else if (char === "`") {
      const run = match(/`+/y)[0];
      plain += run;
      at += run.length;
    } else if (char === "<" && (found = match(/<((?:https?|mailto|tg):[^\s<>]*)>/iy)))
      push(link(found[1], found[1]), found[0].length);
    else if (char === "<" && (found = match(/<br\s*\/?>/iy))) push(h("br"), found[0].length);
    else if (char === "<" && (found = match(/<(tg-spoiler|[a-z]+)>([\s\S]*?)<\/\1>/iy)) && tagged(found))
      push(tagged(found), found[0].length);
    else if (char === "&" && (found = match(/&(?:#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]+);/iy))) {
      plain += decode(found[0]);
      at += found[0].length;
    } else if (
      (char === "[" || (char === "!" && source[at + 1] === "[")) &&
      (found = bracketed(source, at))
    ) {
      const inner = found.image
        ? picture(found.address, plainText(found.text), found.title)
        : link(found.address, ...inline(found.text, picture));
      push(inner, found.end - at);
    } else if (DELIMITERS.has(char)) delimiter(char);
    else if (
      (char === "h" || char === "H") &&
      !/[\p{L}\p{N}]/u.test(source[at - 1] ?? " ") &&
      (found = match(/https?:\/\/[^\s<>\u3000-\u303f\uff00-\uffef]+/iy))
    ) {
      const address = trimAddress(found[0]);
      push(link(address, address), address.length);
    } else {
      plain += char;
      at += 1;
    }
  }
  flush();
  for (const opener of openers) nodes[opener.index] = opener.char.repeat(opener.count);
  return nodes;

  function tagged([, name, inside]) {
    if (name.toLowerCase() === "tg-spoiler") return spoiler(...inline(inside, picture));
    const tag = TAGS[name.toLowerCase()];
    return tag && h(tag, {}, ...inline(inside, picture));
  }

  function delimiter(mark) {
    let count = 1;
    while (source[at + count] === mark) count += 1;
    const before = [...source.slice(Math.max(0, at - 2), at)].pop() ?? " ";
    const after = String.fromCodePoint(source.codePointAt(at + count) ?? 32);
    at += count;
    const pairOnly = mark === "|" || mark === "=";
    if (pairOnly && count !== 2) {
      plain += mark.repeat(count);
      return;
    }
    const isBlank = (c) => /\s/.test(c);
    const left = !isBlank(after) && (!PUNCTUATION.test(after) || isBlank(before) || PUNCTUATION.test(before));
    const right =
      !isBlank(before) && (!PUNCTUATION.test(before) || isBlank(after) || PUNCTUATION.test(after));
    const opens = mark === "_" ? left && (!right || PUNCTUATION.test(before)) : left;
    const closes = mark === "_" ? right && (!left || PUNCTUATION.test(after)) : right;
    flush();
    if (closes) count = close(mark, count, opens);
    if (!count) return;
    if (opens) {
      openers.push({ char: mark, count, length: count, closes, index: nodes.length });
      nodes.push("");
    } else plain += mark.repeat(count);
  }

  function close(mark, count, opens) {
    const length = count;
    for (let i = openers.length - 1; i >= 0 && count;) {
      const opener = openers[i];
      const exact = mark === "~" || mark === "|" || mark === "=";
      const refused = exact
        ? opener.count !== count
        : (opener.closes || opens) && (opener.length + length) % 3 === 0 && (opener.length % 3 || length % 3);
      if (opener.char !== mark || refused) {
        i -= 1;
        continue;
      }
      for (const lost of openers.splice(i + 1)) nodes[lost.index] = lost.char.repeat(lost.count);
      const used = exact ? count : opener.count >= 2 && count >= 2 ? 2 : 1;
      const children = nodes.splice(opener.index + 1);
      nodes.push(emphasis(mark, used, children));
      opener.count -= used;
      count -= used;
      if (!opener.count) {
        openers.splice(i, 1);
        nodes.splice(opener.index, 1);
        i -= 1;
      }
    }
    return count;
  }
}

function emphasis(mark, used, children) {
  if (mark === "~") return h("s", {}, ...children);
  if (mark === "|") return spoiler(...children);
  if (mark === "=") return h("mark", {}, ...children);
  return h(used === 2 ? "strong" : "em", {}, ...children);
}

function codeSpan(text) {
  const line = text.replaceAll("\n", " ");
  return h("code", {}, /^ .*[^ ].* $/.test(line) || /^ `.*` $/.test(line) ? line.slice(1, -1) : line);
}

function trimAddress(address) {
  const trimmed = address.replace(/[?!.,:*_~'"]+$/, "");
  const balance = trimmed.split("(").length - trimmed.split(")").length;
  return balance < 0
    ? trimmed.replace(/\)+$/, (run) => run.slice(0, Math.max(0, run.length + balance)))
    : trimmed;
}

/** `[text](address "title")` or its picture form at `start`, or null; brackets inside may nest. */
function bracketed(source, start) {
  const image = source[start] === "!";
  const open = start + (image ? 1 : 0);
  let depth = 0;
  let at = open;
  for (; at < source.length; at += 1) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === "`") {
      const code = /(`+)(?!`)[\s\S]*?[^`]\1(?!`)/y;
      code.lastIndex = at;
      at += (code.exec(source)?.[0].length ?? 1) - 1;
    } else if (source[at] === "[") depth += 1;
    else if (source[at] === "]" && --depth === 0) break;
  }
  if (depth || source[at + 1] !== "(") return null;
  const target =
    /\(\s*(?:<([^<>\n]*)>|((?:\\.|[^\s\\()]|\((?:\\.|[^\s\\()])*\))*))(?:\s+(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|\(((?:\\.|[^()\\])*)\)))?\s*\)/y;
  target.lastIndex = at + 1;
  const found = target.exec(source);
  if (!found) return null;
  const title = unescape(found[3] ?? found[4] ?? found[5] ?? "");
  return {
    image,
    text: source.slice(open + 1, at),
    address: unescape(found[1] ?? found[2]),
    title,
    end: target.lastIndex,
  };
}

const plainText = (source) => unescape(source.replace(/[*_~`]/g, ""));

/** True for an address a picture may be loaded from. */
export const isPictureAddress = (address) => /^https?:/i.test(safeAddress(address) ?? "");
