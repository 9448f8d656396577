// The screen of a till that cannot decide: it is still loading, has no policy, or was asked for a shop that is not here.

import { fill, h } from "./dom.js";
import { SHOPS } from "./shops.js";

/** Draws it. `state.failed`: nothing more comes by itself. `state.nowhere`: the shop that there is not. */
export function closedView(element, { state, t, actions }) {
  const title = state.nowhere !== undefined ? t("shop.nowhere", { shop: state.nowhere }) : t(state.failed ? "policy.none" : "policy.loading");
  fill(
    element,
    h("h1", { tabindex: -1, id: "closed-title" }, title),
    state.failed && state.nowhere === undefined && h("div", { class: "buttons start" }, h("button", { type: "button", class: "main", id: "again", onclick: () => actions.shop(state.shop) }, t("policy.again"))),
    (state.failed || state.nowhere !== undefined) &&
      h(
        "section",
        { class: "panel", "aria-labelledby": "shops-title" },
        h("h2", { id: "shops-title" }, t("shop.choose")),
        h("ul", { class: "shops" }, SHOPS.map(({ id, name }) => h("li", {}, h("button", { type: "button", id: `shop-${id}`, onclick: () => actions.shop(id) }, name)))),
      ),
  );
}
