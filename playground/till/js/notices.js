// Notices above the screen: what went wrong, what has changed. Each has a name, so that a new one takes the place of the one before.

import { fill, h, icon } from "./dom.js";

const ICON = { bad: "bad", off: "off", new: "say" };
const acts = new Map();

/** Puts a notice up. `kind`: "bad", "off" (the network) or "new". `button`: `{ text, act }`, what can be done about it. */
export function put(change, id, kind, text, button) {
  change((next) => {
    next.notices = next.notices.filter((one) => one.id !== id);
    next.notices.push({ id, kind, text, ...(button && { button: button.text }) });
  });
  if (button) acts.set(id, button.act);
}

/** Takes notices down. */
export function take(change, ...ids) {
  change((next) => void (next.notices = next.notices.filter((one) => !ids.includes(one.id))));
}

/** Draws them. `dismiss(id)`: the clerk has read it. */
export function noticesView(element, notices, { t, dismiss }) {
  fill(
    element,
    notices.map(({ id, kind, text, button }) =>
      h(
        "div",
        { class: `notice ${kind}` },
        icon(ICON[kind]),
        h("p", {}, text),
        button && h("button", { type: "button", id: `notice-do-${id}`, onclick: () => (dismiss(id), acts.get(id)?.()) }, button),
        h("button", { type: "button", class: "quiet", id: `notice-close-${id}`, onclick: () => dismiss(id), "aria-label": t("close") }, icon("no")),
      ),
    ),
  );
}
