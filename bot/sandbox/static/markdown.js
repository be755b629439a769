/**
 * Rich Markdown as page nodes: headings, nested lists, quotes, code, tables, pictures, rules.
 * A reader of CommonMark's blocks (§4 and §5) that never fails: what it does not know stays text.
 */

import { h } from "./dom.js";
import { codeBlock } from "./entities.js";
import { inline } from "./inline.js";

const BULLET = /^( {0,3})([-*+])( +|$)/;
const NUMBER = /^( {0,3})(\d{1,9})([.)])( +|$)/;
const RULE = /^ {0,3}([-*_])(?: *\1){2,} *$/;
const FENCE = /^( {0,3})(`{3,}|~{3,}) *([^`]*)$/;
const HEADING = /^ {0,3}(#{1,6})(?: +(.*?))?(?: +#+)? *$/;
const QUOTE = /^ {0,3}> ?/;
const TABLE_RULE = /^ {0,3}\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$/;
const MAX_DEPTH = 40;

/** Nodes of a Markdown document; `picture(address, alt, title)` draws an image. */
export function markdown(source, picture) {
  const lines = source.replace(/\r\n?/g, "\n").split("\n").map(expandTabs);
  return blocks(lines, picture, 0).nodes;
}

const isBlank = (line) => line.trim() === "";
const indentOf = (line) => line.length - line.trimStart().length;

function expandTabs(line) {
  const lead = /^[ \t]*/.exec(line)[0];
  if (!lead.includes("\t")) return line;
  let width = 0;
  for (const char of lead) width += char === "\t" ? 4 - (width % 4) : 1;
  return " ".repeat(width) + line.slice(lead.length);
}

function blocks(lines, picture, depth) {
  const nodes = [];
  let loose = false;
  let sawBlank = false;
  let at = 0;
  const read =
    depth > MAX_DEPTH ? [paragraph] : [fence, heading, rule, quote, list, table, indented, paragraph];
  while (at < lines.length) {
    if (isBlank(lines[at])) {
      sawBlank = nodes.length > 0;
      at += 1;
      continue;
    }
    if (sawBlank) loose = true;
    for (const reader of read) {
      const taken = reader(lines, at, picture, depth);
      if (!taken) continue;
      nodes.push(...taken.nodes);
      at = taken.next;
      break;
    }
  }
  return { nodes, loose };
}

function fence(lines, at) {
  const open = FENCE.exec(lines[at]);
  if (!open) return null;
  const body = [];
  const close = new RegExp(`^ {0,3}${open[2][0]}{${open[2].length},} *$`);
  let next = at + 1;
  for (; next < lines.length && !close.test(lines[next]); next += 1) {
    body.push(lines[next].slice(Math.min(open[1].length, indentOf(lines[next]))));
  }
  return { nodes: [codeBlock(open[3].trim().split(" ")[0], body.join("\n"))], next: next + 1 };
}

function heading(lines, at, picture) {
  const found = HEADING.exec(lines[at]);
  if (!found) return null;
  return {
    nodes: [h(`h${found[1].length}`, { dir: "auto" }, ...inline(found[2] ?? "", picture))],
    next: at + 1,
  };
}

function rule(lines, at) {
  return RULE.test(lines[at]) ? { nodes: [h("hr")], next: at + 1 } : null;
}

function quote(lines, at, picture, depth) {
  if (!QUOTE.test(lines[at])) return null;
  const inside = [];
  let next = at;
  for (; next < lines.length && !isBlank(lines[next]); next += 1) {
    if (!QUOTE.test(lines[next]) && startsBlock(lines[next])) break;
    inside.push(lines[next].replace(QUOTE, ""));
  }
  return { nodes: [h("blockquote", { dir: "auto" }, ...blocks(inside, picture, depth + 1).nodes)], next };
}

function marker(line) {
  if (RULE.test(line)) return null;
  const found = BULLET.exec(line) ?? NUMBER.exec(line);
  if (!found) return null;
  const ordered = found.length === 5;
  const gap = found[found.length - 1].length;
  const lead = found[0].length - gap;
  // Five blanks and more after the marker are an indented block's, not the list's (§5.2).
  const width = gap === 0 || gap > 4 ? lead + 1 : found[0].length;
  return { kind: ordered ? found[3] : found[2], number: ordered ? Number(found[2]) : null, width };
}

function list(lines, at, picture, depth) {
  const first = marker(lines[at]);
  if (!first) return null;
  const items = [];
  let loose = false;
  let next = at;
  while (next < lines.length) {
    const item = isBlank(lines[next]) ? null : marker(lines[next]);
    if (!item || item.kind !== first.kind) break;
    const body = [lines[next].slice(item.width)];
    for (next += 1; next < lines.length; next += 1) {
      const line = lines[next];
      const lazy =
        !isBlank(line) && !isBlank(lines[next - 1]) && !startsBlock(line) && indentOf(line) < item.width;
      if (!isBlank(line) && indentOf(line) < item.width && !lazy) break;
      body.push(lazy ? line.trimStart() : line.slice(item.width));
    }
    let trailing = 0;
    while (body.length > 1 && isBlank(body[body.length - 1])) {
      body.pop();
      trailing += 1;
    }
    const inside = blocks(body, picture, depth + 1);
    const another = next < lines.length ? marker(lines[next]) : null;
    if (inside.loose || (trailing && another?.kind === first.kind)) loose = true;
    items.push(inside.nodes);
  }
  const tag = first.number === null ? "ul" : "ol";
  const start = first.number === null || first.number === 1 ? null : first.number;
  const children = items.map((nodes) =>
    h("li", { dir: "auto" }, ...nodes.flatMap((node) => (loose ? [node] : unwrap(node)))),
  );
  const drawn = h(tag, { class: loose ? "loose" : null, start }, ...children);
  if (start !== null) drawn.style.setProperty("--before", start - 1);
  return { nodes: [drawn], next };
}

/** In a tight list a paragraph is only its text (§5.3). */
function unwrap(node) {
  return node.tagName === "P" ? [...node.childNodes] : [node];
}

function table(lines, at, picture) {
  if (
    !lines[at].includes("|") ||
    !TABLE_RULE.test(lines[at + 1] ?? "") ||
    !(lines[at + 1] ?? "").includes("-")
  )
    return null;
  const head = cells(lines[at]);
  const sides = cells(lines[at + 1]).map((cell) =>
    cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "right") : null,
  );
  if (head.length !== sides.length) return null;
  const row = (tag, texts) =>
    h(
      "tr",
      {},
      ...head.map((_, i) => h(tag, { align: sides[i], dir: "auto" }, ...inline(texts[i] ?? "", picture))),
    );
  const body = [];
  let next = at + 2;
  for (; next < lines.length && !isBlank(lines[next]) && !startsBlock(lines[next]); next += 1)
    body.push(row("td", cells(lines[next])));
  const drawn = h("table", {}, h("thead", {}, row("th", head)), h("tbody", {}, ...body));
  return { nodes: [h("div", { class: "table", tabindex: "0" }, drawn)], next };
}

function cells(line) {
  const inside = line
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "");
  return inside.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function indented(lines, at) {
  if (indentOf(lines[at]) < 4) return null;
  let next = at;
  while (next < lines.length && (isBlank(lines[next]) || indentOf(lines[next]) >= 4)) next += 1;
  while (isBlank(lines[next - 1])) next -= 1;
  return {
    nodes: [
      codeBlock(
        "",
        lines
          .slice(at, next)
          .map((line) => line.slice(4))
          .join("\n"),
      ),
    ],
    next,
  };
}

function startsBlock(line) {
  const item = marker(line);
  return FENCE.test(line) || HEADING.test(line) || RULE.test(line) || QUOTE.test(line) || item !== null;
}

function interrupts(line) {
  const item = marker(line);
  if (item) return (item.number === null || item.number === 1) && /^ {0,3}\S+ +\S/.test(line);
  return startsBlock(line);
}

function paragraph(lines, at, picture) {
  const body = [lines[at].trimStart()];
  let next = at + 1;
  for (; next < lines.length && !isBlank(lines[next]); next += 1) {
    const underline = /^ {0,3}(=+|-+) *$/.exec(lines[next]);
    if (underline) {
      const level = underline[1][0] === "=" ? "h1" : "h2";
      return {
        nodes: [h(level, { dir: "auto" }, ...inline(body.join("\n").trimEnd(), picture))],
        next: next + 1,
      };
    }
    if (interrupts(lines[next])) break;
    body.push(lines[next].trimStart());
  }
  return { nodes: [h("p", { dir: "auto" }, ...inline(body.join("\n").trimEnd(), picture))], next };
}
