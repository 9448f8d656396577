// The second screen: which goods come back, in what state, why, and what the customer wants.

import { money } from "./decimals.js";
import { awaited } from "./controls.js";
import { chips, choice, fill, h, icon, idOf } from "./dom.js";
import { goodsOf, serialOf } from "./request.js";
import { paidWith } from "./sale-view.js";
import { day, word } from "./texts.js";
import { lineOf } from "./visit.js";

/** Draws it. `remedies`: all that the policy has. `actions`: `change(step)` of the visit, and what the buttons do. */
export function goodsView(element, { answer, state, till, t, remedies, words, earlier, actions }) {
  const { visit } = state;
  const waits = new Set(awaited(answer, visit));
  const about = { state, till, t, remedies, words, earlier, actions, waits };
  const loose = visit.lines.filter(({ goods }) => goods);
  fill(
    element,
    h("h1", { tabindex: -1, id: "goods-title" }, t("goods.title")),
    h("p", { class: "hint" }, icon("scan"), visit.sales.length > 0 ? t("goods.hint") : t("goods.hint.loose")),
    visit.sales.map((sale) => saleSection(sale, about)),
    (loose.length > 0 || visit.sales.length === 0) && looseSection(loose, about),
    customerField(about),
    h(
      "div",
      { class: "buttons apart" },
      h("button", { type: "button", class: "quiet", id: "another-sale", onclick: () => actions.go("sale") }, icon("plus"), t("goods.another")),
      h("button", { type: "button", class: "quiet", id: "give-up", onclick: () => actions.next() }, icon("no"), t("goods.give-up")),
    ),
  );
}

function saleSection({ id, proof }, about) {
  const { state, till, t, words, earlier, actions, waits } = about;
  const { sale, cards } = till.sales.find((one) => one.sale.id === id);
  const title = idOf("sale", id, "title");
  return h(
    "section",
    { class: "panel sold", "aria-labelledby": title },
    h(
      "header",
      {},
      h("h2", { id: title }, t("goods.receipt", { id })),
      h("p", {}, `${day(sale.sold, state.locale)} · ${paidWith(sale, cards, t, state.locale)}`),
      state.visit.lines.every((line) => line.sale !== id) &&
        h("button", { type: "button", class: "quiet", id: idOf("drop-sale", id), onclick: () => actions.dropSale(id) }, icon("no"), t("goods.remove"), h("span", { class: "visually-hidden" }, ` – ${t("goods.receipt", { id })}`)),
    ),
    h(
      "ul",
      { class: "lines" },
      sale.lines.map((line) => soldLine(sale, line, (earlier[id] ?? []).flatMap(({ lines }) => lines).filter((back) => back.line === line.id), about)),
    ),
    (sale.promotions ?? []).map((promotion) => h("p", { class: "promotion" }, icon("tag"), `${promotion.id}: −${money(promotion.amount ?? promotion.value, sale.currency, state.locale)}`)),
    choice({
      id: idOf("proof", id),
      label: t("goods.proof"),
      awaited: waits.has(idOf("proof", id)),
      empty: t("choose"),
      chosen: proof,
      choices: words.proof.map((value) => ({ value, text: word(t, "proof", value) })),
      onchoose: (value) => actions.proof(id, value),
    }),
  );
}

function soldLine(sale, line, back, about) {
  const { state, till, t, actions } = about;
  const goods = goodsOf(till, line.sku);
  const taken = lineOf(state.visit, sale.id, line.id);
  const id = idOf("take", sale.id, line.id);
  const price = line.unit_price ? money(line.unit_price, sale.currency, state.locale) : "";
  return h(
    "li",
    { class: taken ? "line taken" : "line" },
    h(
      "label",
      { class: "take" },
      h("input", { type: "checkbox", id, checked: Boolean(taken), onchange: (event) => actions.take(sale.id, line.id, event.target.checked) }),
      h("span", { class: "name" }, goods?.name ?? line.sku, h("small", {}, line.sku)),
      h("span", { class: "price" }, line.quantity > 1 ? `${line.quantity} × ${price}` : price),
    ),
    back.length > 0 && h("p", { class: "back" }, t("goods.back", { count: back.reduce((sum, { quantity }) => sum + quantity, 0) })),
    taken && lineFields(taken, { most: line.quantity, serials: line.serials, name: goods?.name ?? line.sku }, about),
  );
}

function looseSection(lines, about) {
  const { till, t, state, actions } = about;
  return h(
    "section",
    { class: "panel sold", "aria-labelledby": "loose-title" },
    h("h2", { id: "loose-title" }, t("goods.loose")),
    h(
      "ul",
      { class: "lines" },
      lines.map((line) => {
        const goods = goodsOf(till, line.goods);
        return h(
          "li",
          { class: "line taken" },
          h(
            "div",
            { class: "take" },
            h("span", { class: "name" }, goods.name, h("small", {}, goods.sku)),
            h("button", { type: "button", class: "quiet", id: idOf("drop", line.id), onclick: () => actions.drop(line.id) }, icon("no"), t("goods.remove"), h("span", { class: "visually-hidden" }, ` – ${goods.name}`)),
          ),
          lineFields(line, { most: 99, name: goods.name }, about),
        );
      }),
    ),
    choice({
      id: "add-goods",
      label: t("goods.add"),
      empty: t("choose"),
      choices: till.goods.map(({ sku, name, price }) => ({ value: sku, text: `${name} – ${money(price, till.shop.currency, state.locale)}` })),
      onchoose: (sku) => sku && actions.takeGoods(sku),
    }),
  );
}

function lineFields(line, { most, serials, name }, { state, till, t, remedies, words, actions, waits }) {
  const asked = (member) => waits.has(idOf("chips", `${member} ${line.id}`));
  const set = (member) => (value) => actions.set(line.id, member, value || null);
  return h(
    "div",
    { class: "about", role: "group", "aria-label": name },
    most > 1 &&
      h(
        "div",
        { class: "field narrow" },
        h("label", { for: idOf("quantity", line.id) }, t("goods.quantity")),
        h(
          "select",
          { id: idOf("quantity", line.id), onchange: (event) => actions.set(line.id, "quantity", Number(event.target.value)) },
          Array.from({ length: Math.min(most, 20) }, (_, at) => h("option", { value: at + 1, selected: line.quantity === at + 1 }, String(at + 1))),
        ),
      ),
    serials?.length > 0 &&
      choice({
        id: idOf("serial", line.id),
        label: t("goods.serial"),
        awaited: !serialOf(line, { serials }),
        empty: serials.length > 1 ? t("choose") : undefined,
        chosen: serialOf(line, { serials }),
        choices: serials.map((value) => ({ value, text: value })),
        onchoose: set("serial"),
      }),
    chips({ id: `wants ${line.id}`, legend: t("goods.wants"), choices: choices(t, "remedy", remedies), chosen: line.wants, onchoose: set("wants"), awaited: asked("wants") }),
    line.wants === "exchange" &&
      choice({
        id: idOf("new", line.id),
        label: t("goods.new"),
        empty: t("goods.new.none"),
        chosen: line.new,
        choices: till.goods.map((goods) => ({ value: goods.sku, text: `${goods.name} – ${money(goods.price, till.shop.currency, state.locale)}` })),
        onchoose: set("new"),
      }),
    chips({ id: `condition ${line.id}`, legend: t("goods.condition"), choices: choices(t, "condition", words.condition), chosen: line.condition, onchoose: set("condition"), awaited: asked("condition") }),
    choice({ id: idOf("reason", line.id), label: t("goods.reason"), empty: t("choose"), chosen: line.reason, choices: choices(t, "reason", words.reason), onchoose: set("reason"), awaited: waits.has(idOf("reason", line.id)) }),
  );
}

function choices(t, kind, values) {
  return values.map((value) => ({ value, text: word(t, kind, value) }));
}

function customerField({ state, till, t, actions }) {
  if (till.customers.length === 0) return undefined;
  return choice({
    id: "customer",
    label: t("goods.customer"),
    empty: t("goods.customer.none"),
    chosen: state.visit.customer,
    choices: till.customers.map(({ id, name }) => ({ value: id, text: `${name} (${id})` })),
    onchoose: (value) => actions.customer(value || null),
  });
}

