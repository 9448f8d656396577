// The last screen: the slip to print, and the record to keep.

import { fieldWords, sentence } from "./answer-texts.js";
import { barcode } from "./barcode.js";
import { nameOf } from "./decision-view.js";
import { add, isDecimal, money } from "./decimals.js";
import { fill, h, icon } from "./dom.js";
import { amountLabel, deliveryRows } from "./labels.js";
import { goodsOf } from "./request.js";
import { cardName } from "./sale-view.js";
import { going, sayingsOf } from "./steps.js";
import { day, moment, texts, word } from "./texts.js";

/** Draws the slip of `state.done`: `{ number, request, decision, script, record, differences }`. */
export function slipView(element, about) {
  const { state, t, actions } = about;
  const { number, request, record, differences } = state.done;
  fill(
    element,
    h("h1", { tabindex: -1, id: "slip-title", class: "no-print" }, t("slip.title")),
    h(
      "div",
      { class: "buttons start no-print" },
      h("button", { type: "button", class: "main", id: "print", onclick: () => window.print() }, icon("print"), t("slip.print")),
      h("button", { type: "button", id: "next", onclick: () => actions.next() }, icon("plus"), t("slip.next")),
    ),
    h(
      "div",
      { class: "buttons start kept no-print" },
      h("p", { class: differences === 0 ? "hint audited" : "trouble audited" }, icon(differences === 0 ? "yes" : "bad"), t(differences === 0 ? "slip.audited" : "slip.differs", { count: differences })),
      download("record", `${number}.record.json`, record, t("slip.record")),
      download("request", `${number}.request.json`, request, t("slip.request")),
    ),
    slip(about),
  );
}

function download(id, name, value, text) {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(value, null, 2)}\n`], { type: "application/json" }));
  return h("a", { class: "button quiet", id: `download-${id}`, href: url, download: name }, icon("save"), text);
}

/** The slip, in one language: that of what was said. */
function slip({ state: now, till }) {
  const { locale } = now.done.script;
  const about = { state: { ...now, locale }, till, t: texts(locale) };
  const { state, t } = about;
  const { number, decision, script, record, request } = state.done;
  const { currency } = decision.balance;
  const show = (amount) => money(amount, currency, state.locale);
  const clerk = till.staff.find(({ id }) => id === request.clerk.id);
  const approved = [...new Set((request.approvals ?? []).map(({ by }) => till.staff.find(({ id }) => id === by)?.name ?? by))];
  return h(
    "article",
    { class: "slip", id: "slip", lang: t.lang, "aria-labelledby": "slip-head" },
    h("header", {}, h("p", { class: "shop" }, till.shop.name), h("p", {}, till.shop.place)),
    h("h2", { id: "slip-head" }, t(going(decision) ? "slip.head" : "slip.head.without")),
    list([
      [t("slip.number"), number],
      [t("slip.day"), moment(request.at, state.locale)],
      [t("slip.clerk"), clerk?.name],
      [t("slip.sale"), [...new Set(request.returns.map(({ sale }) => sale).filter(Boolean))].join(", ")],
      [t("slip.approved"), approved.join(", ")],
    ]),
    h("p", { class: "outcome" }, outcomeText(decision, show, t)),
    decision.lines.map((line) => slipLine(line, { ...about, show, request, decision })),
    going(decision) && delivery(decision, { t, show }),
    going(decision) && paid(decision, { till, t, show, state }),
    h("ul", { class: "words", lang: script.locale }, sayingsOf(state.done).map(({ text }) => h("li", {}, text))),
    record.forms.map((form) => formOnPaper(form, about)),
    h("div", { class: "scan" }, barcode(number, `${t("slip.number")} ${number}`), h("p", {}, number)),
    h("footer", {}, `${record.policy.name} ${record.policy.version}`),
  );
}

/** The outcome in a line, for the customer who reads it. */
function outcomeText({ outcome, balance, payouts }, show, t) {
  if (outcome === "decline") return t("outcome.decline");
  if (outcome === "refer" || outcome === "undetermined") return t("slip.open");
  if (/[1-9]/.test(balance.to_pay)) return t("slip.pays", { amount: show(balance.to_pay) });
  return /[1-9]/.test(balance.to_customer) ? t("slip.gets", { amount: show(handedOut(balance, payouts)) }) : t(`outcome.${outcome}`);
}

/** What the customer gets, with cash as it is in coins. */
function handedOut({ to_customer: all }, payouts) {
  return payouts.reduce((sum, { amount, handed_out: coins = amount }) => add(add(sum, coins), `-${amount}`), all);
}

function slipLine({ line: id, quantity, wants, remedies }, { request, decision, till, t, show }) {
  const remedy = remedies.find((one) => one.remedy === wants);
  return h(
    "section",
    {},
    h("h3", {}, `${quantity} × ${nameOf(id, request, till)} `, wants && h("small", {}, word(t, "remedy", wants))),
    remedy?.amounts &&
      going(decision) &&
      h(
        "table",
        {},
        h("tbody", {}, remedy.amounts.map((row) => h("tr", {}, h("th", { scope: "row" }, amountLabel(row, t)), h("td", {}, show(row.amount))))),
        h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, t("amounts.together")), h("td", {}, show(remedy.value)))),
      ),
  );
}

function delivery(decision, { t, show }) {
  const rows = deliveryRows(decision, t);
  return rows.length > 0 && h("table", {}, h("tbody", {}, rows.map(([what, amount]) => h("tr", {}, h("th", { scope: "row" }, what), h("td", {}, show(amount))))));
}

function paid({ payouts, balance }, { till, t, show, state }) {
  const rows = payouts.map(({ to, id, sale, amount, handed_out: coins, due, pending }) => {
    const card = till.sales.find((one) => one.sale.id === sale)?.cards[id];
    const more = [pending && t("pay.pending"), due && due > state.done.request.at.slice(0, 10) && t("pay.by", { day: day(due, state.locale) }), coins && t("pay.coins", { amount: show(coins) })];
    return [`${t("slip.to")} ${cardName(word(t, "tender", to), card)}`, show(amount), more.filter(Boolean).join(" · ")];
  });
  if (/[1-9]/.test(balance.to_pay)) rows.push([t("slip.due"), show(balance.to_pay), balance.to_pay_in_cash && t("pay.coins", { amount: show(balance.to_pay_in_cash) })]);
  const chosen = state.done.request.returns.filter((line) => line.new).map(({ new: { sku, quantity } }) => `${quantity} × ${goodsOf(till, sku)?.name ?? sku}`);
  if (/[1-9]/.test(balance.new_goods ?? "")) rows.unshift([t("pay.new"), show(`-${balance.new_goods}`), chosen.join(", ")]);
  if (rows.length === 0) return undefined;
  return h("table", { class: "money" }, h("tbody", {}, rows.map(([what, amount, more]) => h("tr", {}, h("th", { scope: "row" }, what, more && h("small", {}, more)), h("td", {}, amount)))));
}

/** What is on paper of a form: not what is kept as a hash, or not at all. */
function formOnPaper({ form, line, fields }, { state, t }) {
  const currency = state.done.decision.balance.currency;
  const wordsOf = ({ field }) => fieldWords({ form, line, field }, state.done);
  const optionsOf = ({ field }) => state.done.decision.paperwork.find((one) => one.form === form && one.line === (line ?? null) && one.field === field).options;
  const titled = (one) => wordsOf(one).title;
  const shown = fields.filter(({ printed, stored }) => printed !== false && stored === "value");
  const signed = fields.filter(({ type, stored }) => type === "signature" && stored !== "no answer");
  return [
    list(shown.filter(({ type }) => type !== "signature").map((one) => [titled(one), shownValue(one, { wordsOf, optionsOf, state, t, currency })])),
    signed.map((one) => h("p", { class: "line-to-sign" }, `${titled(one)}: ${one.value?.name ?? ""}`, one.value?.ref && h("small", {}, t("signature.drawn")))),
  ];
}

function shownValue(one, { wordsOf, optionsOf, state, t, currency }) {
  const { value, type } = one;
  if (typeof value === "boolean") return t(value ? "value.yes" : "value.no");
  if (typeof value === "string") {
    if (type === "one of") return sentence(wordsOf(one).options[optionsOf(one).indexOf(value)] ?? value);
    if (type === "money" && isDecimal(value)) return money(value, currency, state.locale);
    return type === "date" ? day(value, state.locale) : value;
  }
  if (value.lines) return [...value.lines, [value.postcode, value.city].filter(Boolean).join(" "), value.state, value.country].filter(Boolean).join(", ");
  return value.ref;
}

function list(pairs) {
  const some = pairs.filter(([, value]) => value);
  return some.length > 0 && h("dl", {}, some.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}
