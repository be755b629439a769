/** Builds elements. Text only ever enters the page as text nodes, never as markup. */

const SVG = "http://www.w3.org/2000/svg";

/** An element with its attributes, listeners (`onclick`), `class`, `data` and children. */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child || child === 0));
  return element;
}

const DRAWINGS = {
  back: "M15 5l-7 7 7 7",
  send: "M12 19V5M6 11l6-6 6 6",
  done: "M5 13l4.5 4.5L19 7",
  attach: "M12 5v14M5 12h14",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  down: "M6 9l6 6 6-6",
  close: "M6 6l12 12M18 6L6 18",
  reply: "M9 7L4 12l5 5M4 12h10a6 6 0 0 1 6 6",
  quote: "M6 8v8M10 8h9M10 12h9M10 16h5",
  edit: "M4 20l1-4L16 5l3 3L8 19l-4 1z",
  copy: "M9 9h10v11H9zM5 15V4h10",
  remove: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  save: "M12 4v11M7 11l5 5 5-5M5 20h14",
  slash: "M15 5L9 19",
  flask: "M9 3h6M10 3v6L5 19a1.5 1.5 0 0 0 1.4 2h11.2a1.5 1.5 0 0 0 1.4-2L14 9V3M7.5 15h9",
  clock: "M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
  left: "M15 5l-7 7 7 7",
  right: "M9 5l7 7-7 7",
  pin: "M12 21s-6-6-6-11a6 6 0 0 1 12 0c0 5-6 11-6 11zM12 12h.01",
  tick: "M3 12.5l4 4L15 8",
  forward: "M15 7l5 5-5 5M20 12H10a6 6 0 0 0-6 6",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-5 4-7 8-7s7 2 8 7",
  poll: "M5 20V10M12 20V4M19 20v-7",
  voice: "M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3zM6 11a6 6 0 0 0 12 0M12 17v4",
  ticks: "M2 12.5l4 4L14 8M10.5 15.5l1 1L20 8",
};

/** A line drawing of 24 by 24 units that takes the colour of the text around it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", DRAWINGS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows a drawing and says a word to those who cannot see it. */
export function iconButton(name, label, onclick, props = {}) {
  const kind = `icon-button ${props.class ?? ""}`.trim();
  return h(
    "button",
    { type: "button", title: label, "aria-label": label, onclick, ...props, class: kind },
    icon(name),
  );
}

/** Only addresses a chat may open; anything else (`javascript:` above all) is null. */
export function safeAddress(text) {
  try {
    const address = new URL(text);
    return ["http:", "https:", "mailto:", "tg:", "tel:"].includes(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

/** A link in a new tab, or its plain text where the address is not one to open. */
export function link(address, ...children) {
  const href = safeAddress(address);
  if (!href) return h("span", {}, ...children);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}
