// Making elements: h("button", { type: "button", onclick }, "Print").

/** An element. Members that are functions or properties of elements are set, all others are attributes; `undefined`, `null` and `false` are left out. */
export function h(name, members = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(members)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value" || key === "checked" || key === "open") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false && child !== ""));
  return element;
}

/** Puts new children into an element. Whatever had the focus has it again, found by its id, also in the middle of a text. */
export function fill(element, ...children) {
  const held = element.contains(document.activeElement) ? document.activeElement : undefined;
  const [start, end] = held && "selectionStart" in held ? [held.selectionStart, held.selectionEnd] : [];
  const opened = [...element.querySelectorAll("details[id]:not([data-own])")].map(({ id, open }) => [id, open]);
  element.replaceChildren(...children.flat(Infinity).filter(Boolean));
  for (const [id, open] of opened) {
    const details = document.getElementById(id);
    if (details) details.open = open;
  }
  if (!held?.id) return;
  const again = document.getElementById(held.id);
  again?.focus({ preventScroll: true });
  if (again && typeof start === "number") again.setSelectionRange(start, end);
}

/** An id that may stand in HTML, made of anything. */
export function idOf(...parts) {
  return parts.map((part) => String(part ?? "").replace(/[^\w-]/g, (sign) => `_${sign.codePointAt(0).toString(16)}`)).join("--");
}

const SVG = "http://www.w3.org/2000/svg";

/** A picture of the sheet in index.html; it says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** Choices that are all seen at once: radio buttons in a group with a name. `choices`: `[{ value, text }]`. `awaited`: the answer hangs on it. */
export function chips({ id, legend, choices, chosen, onchoose, hidden = false, described, awaited = false }) {
  const name = idOf("chips", id);
  return h(
    "fieldset",
    { class: awaited ? "chips awaited" : "chips", id: name, "aria-describedby": described },
    h("legend", { class: hidden ? "visually-hidden" : undefined }, legend),
    h(
      "div",
      { class: "row" },
      choices.map(({ value, text }) =>
        h(
          "label",
          { class: "chip" },
          h("input", { type: "radio", name, id: idOf(name, value), value, checked: value === chosen, onchange: () => onchoose(value) }),
          h("span", { class: "text" }, text),
        ),
      ),
    ),
  );
}

/** A list to choose from, with its label. */
export function choice({ id, label, choices, chosen, empty, onchoose, lang, awaited = false }) {
  return h(
    "div",
    { class: awaited ? "field awaited" : "field" },
    h("label", { for: id }, label),
    h(
      "select",
      { id, lang, onchange: (event) => onchoose(event.target.value) },
      empty !== undefined && h("option", { value: "", selected: !chosen }, empty),
      choices.map(({ value, text }) => h("option", { value, selected: value === chosen }, text)),
    ),
  );
}
