// The bar at the top: where one is in the return, who is at the till; and the settings behind it.

import { choice, fill, h, icon } from "./dom.js";
import { SHOPS } from "./shops.js";
import { STEPS } from "./steps.js";
import { day, languageName } from "./texts.js";

/** Draws the bar. `open`: which steps can be gone to. */
export function header(element, { state, till, loaded, t, actions, open }) {
  const clerk = till?.staff.find(({ id }) => id === state.clerk)?.name;
  const kept = state.offline || loaded?.from === "kept";
  fill(
    element,
    h("div", { class: "shop" }, h("img", { src: "icon.svg", alt: "", width: 32, height: 32 }), h("strong", {}, till?.shop.name ?? "takeback"), h("small", {}, loaded?.current && t("policy.version", { version: loaded.current.policy.versions.at(-1) }), kept && h("span", { class: "status" }, icon("off"), t(state.offline ? "offline" : "kept")))),
    h(
      "nav",
      { "aria-label": t("steps") },
      h(
        "ol",
        {},
        STEPS.map((step, at) =>
          h(
            "li",
            {},
            h("button", { type: "button", id: `step-${step}`, disabled: !open[step], "aria-current": state.step === step ? "step" : undefined, onclick: () => (step === "paper" && state.step === "goods" ? actions.onward() : actions.go(step)) }, h("span", { class: "count", "aria-hidden": "true" }, String(at + 1)), t(`step.${step}`)),
          ),
        ),
      ),
    ),
    h(
      "button",
      { type: "button", class: "settings", id: "open-settings", disabled: !till, onclick: () => actions.settings() },
      icon("set"),
      h("span", { class: "who" }, clerk ?? t("settings.title"), h("small", {}, [state.at && day(state.at, state.locale), languageName(state.locale)].filter(Boolean).join(" · "))),
      h("span", { class: "visually-hidden" }, t("settings.open")),
    ),
  );
}

/** The settings: shop, language, clerk, day. Draws them anew where they are open. */
export function settings(dialog, { state, till, languages, t, actions }) {
  const close = () => dialog.close();
  fill(
    dialog,
    h("h2", { id: "settings-title" }, t("settings.title")),
    choice({ id: "set-shop", label: t("settings.shop"), chosen: state.shop, choices: SHOPS.map(({ id, name }) => ({ value: id, text: name })), onchoose: (id) => (close(), actions.shop(id)) }),
    choice({ id: "set-locale", label: t("settings.language"), chosen: state.locale, choices: languages.map((tag) => ({ value: tag, text: languageName(tag) })), onchoose: actions.locale }),
    choice({ id: "set-clerk", label: t("settings.clerk"), chosen: state.clerk, choices: till.staff.filter(({ role }) => role === "clerk").map(({ id, name }) => ({ value: id, text: name })), onchoose: actions.clerk }),
    h("div", { class: "field" }, h("label", { for: "set-day" }, t("settings.day")), h("input", { type: "date", id: "set-day", value: state.at.slice(0, 10), "aria-describedby": "set-day-hint", onchange: (event) => actions.day(event.target.value) }), h("p", { class: "hint", id: "set-day-hint" }, t("settings.day.hint"))),
    h("div", { class: "buttons" }, h("button", { type: "button", id: "forget", onclick: () => (close(), actions.forget()) }, t("settings.forget")), h("button", { type: "button", class: "main", id: "settings-close", onclick: close }, t("close"))),
  );
  // The bar is drawn anew while the dialog is open, and with it the button that opened it.
  dialog.onclose = () => document.getElementById("open-settings")?.focus();
  if (!dialog.open) dialog.showModal();
}
