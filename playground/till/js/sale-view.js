// The first screen: find the sale, by its barcode or by what the customer knows, or go on without one.

import { money } from "./decimals.js";
import { fill, h, icon } from "./dom.js";
import { goodsOf } from "./request.js";
import { findSales } from "./search.js";
import { day, word } from "./texts.js";

/** Draws it into `element`. `actions`: `enter(text)`, `search(text)`, `takeSale(sale, proof)`, `withoutReceipt()`. */
export function saleView(element, { state, t, actions }) {
  fill(
    element,
    h("h1", { tabindex: -1, id: "sale-title" }, t("sale.title")),
    h(
      "form",
      {
        class: "find",
        role: "search",
        onsubmit: (event) => {
          event.preventDefault();
          actions.enter(event.target.elements.find.value);
        },
      },
      h("label", { for: "find" }, t("sale.find")),
      h(
        "div",
        { class: "together" },
        h("input", { type: "search", id: "find", name: "find", autocomplete: "off", spellcheck: "false", value: state.search, "aria-describedby": "find-hint", oninput: (event) => actions.search(event.target.value) }),
        h("button", { type: "submit", class: "main" }, icon("search"), t("sale.go")),
      ),
      h("p", { class: "hint", id: "find-hint" }, icon("scan"), t("sale.hint")),
    ),
    h("section", { id: "sales", "aria-labelledby": "sales-title" }),
    h(
      "section",
      { class: "panel without", "aria-labelledby": "without-title" },
      h("h2", { id: "without-title" }, t("sale.without")),
      h("p", {}, t("sale.without.hint")),
      h("button", { type: "button", id: "without-receipt", onclick: () => actions.withoutReceipt() }, icon("goods"), t("sale.without.go")),
    ),
  );
}

/** Draws the sales that the search finds. The field stays while somebody types; it says what was scanned in its place. */
export function foundView(element, about) {
  const { state, till, t } = about;
  const sales = findSales(till, state.search);
  const field = document.getElementById("find");
  if (field.value !== state.search) field.value = state.search;
  fill(
    element,
    h("h2", { id: "sales-title" }, state.search ? t("sale.found", { count: sales.length }) : t("sale.recent")),
    sales.length === 0 && h("p", { class: "nothing" }, t("sale.none")),
    h("ul", { class: "sales" }, sales.map((one) => h("li", {}, saleButton(one, about)))),
  );
}

function saleButton({ sale, customer, cards }, { state, till, t, actions }) {
  const who = till.customers.find(({ id }) => id === customer);
  const goods = sale.lines.map(({ sku, quantity }) => (quantity > 1 ? `${quantity} × ` : "") + (goodsOf(till, sku)?.name ?? sku));
  return h(
    "button",
    { type: "button", class: "sale", id: `sale-${sale.id}`, onclick: () => actions.takeSale(sale.id, "look-up") },
    h("span", { class: "number" }, sale.id),
    h("span", { class: "when" }, day(sale.sold, state.locale), sale.channel === "store" ? "" : ` · ${word(t, "channel", sale.channel)}`),
    h("span", { class: "goods" }, goods.join(", ")),
    h("span", { class: "paid" }, paidWith(sale, cards, t, state.locale)),
    who && h("span", { class: "paid" }, who.name),
  );
}

/** How a sale was paid, for people. */
export function paidWith(sale, cards, t, locale) {
  return sale.tenders.map(({ id, amount }) => `${tenderName({ sale, cards }, id, t)} ${money(amount, sale.currency, locale)}`.replaceAll(" ", "\u00a0")).join(" + ");
}

/** A tender of a sale, for people: credit card …1881. */
export function tenderName({ sale, cards }, id, t) {
  const { tender } = sale.tenders.find((one) => one.id === id);
  return cardName(word(t, "tender", tender), cards[id]);
}

/** A kind of tender with what is known of the card, where that says more. */
export function cardName(tender, card) {
  return card && card !== tender ? `${tender} ${ending(card)}` : tender;
}

/** The last digits of a card. */
function ending(card) {
  return /^\d+$/.test(card) ? `…\u2060${card}` : card;
}
