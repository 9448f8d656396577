// What the engine asks, put to the clerk; and what was told, to be taken back.

import { CONTROLS, controlOf, goTo } from "./controls.js";
import { isDecimal, typed } from "./decimals.js";
import { chips, h, icon, idOf } from "./dom.js";
import { questionText, sentence, valueTexts } from "./answer-texts.js";
import { tenderName } from "./sale-view.js";
import { factName, word } from "./texts.js";
import { toldOf } from "./visit.js";

/** Whether anything is asked that has no control beside the goods. */
export function asksMore({ decision }, visit) {
  return decision.ask.some((question) => !controlOf(question, visit));
}

/** What is still to be chosen beside the goods, each with a way there. */
export function open({ answer, state, till, t }) {
  const place = ({ line, fact }) => state.visit.lines.findIndex(({ id }) => id === line) * CONTROLS.length + CONTROLS.indexOf(fact);
  const all = answer.decision.ask
    .map((question) => [question, controlOf(question, state.visit)])
    .filter(([, control]) => control)
    .sort(([left], [right]) => place(left) - place(right));
  if (all.length === 0) return undefined;
  return h(
    "section",
    { class: "panel open", "aria-labelledby": "open-title" },
    h("h3", { id: "open-title" }, t("ask.open")),
    h(
      "ul",
      {},
      all.map(([question, control]) => h("li", {}, h("button", { type: "button", id: `to-${control}`, onclick: () => goTo(control) }, icon("to"), `${t(`goods.${question.fact}`)}${about(question, state, till, t)}`))),
    ),
  );
}

/** Questions that have no control of their own, most settling first. `actions.tell(question, value)`. */
export function questions({ answer, state, till, t, actions }) {
  const { decision, script } = answer;
  if (!asksMore(answer, state.visit)) return undefined;
  return h(
    "section",
    { class: "panel ask", "aria-labelledby": "ask-title" },
    h("h3", { id: "ask-title" }, icon("ask"), t("ask.title")),
    decision.ask.filter((question) => !controlOf(question, state.visit)).map((question) => one(question, { decision, script, state, till, t, actions })),
    decision.ask.some((question) => question.of_unfound_sale) &&
      h("button", { type: "button", id: "find-sale", onclick: () => actions.go("sale") }, icon("search"), t("ask.sale.go")),
  );
}

function one(question, { decision, script, state, till, t, actions }) {
  const id = idOf("ask", question.fact, question.in, question.line, question.sale, question.tender);
  const legend = `${questionText(question, { decision, script, t })}${about(question, state, till, t)}`;
  const { name } = script.ask[decision.ask.indexOf(question)];
  const tell = (value, text = value) => actions.tell(question, value, { locale: state.locale, name: sentence(factName(name)), value: text });
  if (question.fact.startsWith("history")) return history(id, legend, { till, t, tell: (value) => tell(value, t("ask.history.none")), actions });
  if (question.values.length > 0) {
    const texts = valueTexts(question, { decision, script });
    const choices = question.values.map((value, at) => ({ value, text: h("span", { lang: script.locale }, texts[at]) }));
    return chips({ id, legend: h("span", { lang: script.locale }, legend), choices, chosen: toldOf(state.visit, question), onchoose: (value) => tell(value, texts[question.values.indexOf(value)]) });
  }
  const type = DAYS.includes(question.fact) ? "date" : "text";
  const amount = MONEY.includes(question.fact);
  const trouble = h("p", { class: "trouble", id: `${id}-trouble`, role: "alert" });
  return h(
    "form",
    {
      class: "tell",
      onsubmit: (event) => {
        event.preventDefault();
        const field = event.target.elements.value;
        const value = amount ? typed(field.value) : field.value.trim();
        if (!amount || isDecimal(value)) return tell(value);
        field.setAttribute("aria-invalid", "true");
        trouble.textContent = t("ask.amount", { text: value });
      },
    },
    h("label", { for: id, lang: script.locale }, legend),
    h(
      "div",
      { class: "together" },
      h("input", { id, name: "value", type, autocomplete: "off", inputmode: amount ? "decimal" : undefined, required: true, "aria-describedby": `${id}-trouble`, "data-scan": "here" }),
      h("button", { type: "submit" }, t("ask.tell")),
    ),
    trouble,
  );
}

const DAYS = ["sold", "ordered", "invoiced", "shipped", "received", "installed", "activated"];
const MONEY = ["sale.total", "item.price", "current_price", "list_price", "lowest_price", "pay_with.balance", "new.price"];

/** Which goods or which card it is about, where there are several. */
function about({ line, sale, tender }, state, till, t) {
  if (tender) return ` – ${tenderName(till.sales.find((one) => one.sale.id === sale), tender, t)}`;
  const one = state.visit.lines.find(({ id }) => id === line);
  if (!one || state.visit.lines.length === 1) return "";
  const sku = one.goods ?? till.sales.find(({ sale }) => sale.id === one.sale).sale.lines.find(({ id }) => id === one.line).sku;
  return ` – ${till.goods.find((goods) => goods.sku === sku)?.name ?? sku}`;
}

/** The kind of word that the values of a fact are. */
function kindOf(fact) {
  if (["condition", "reason", "proof", "channel"].includes(fact)) return fact;
  if (fact === "wants") return "remedy";
  return /(^|\.)tender$/.test(fact) ? "tender" : "value";
}

/** What came back before is looked up, not typed: in the samples, by the customer. */
function history(id, legend, { till, t, tell, actions }) {
  const known = till.customers.filter((customer) => customer.history);
  return h(
    "fieldset",
    { class: "chips" },
    h("legend", {}, legend),
    h("p", { class: "hint" }, t("ask.history.hint")),
    h(
      "div",
      { class: "row" },
      known.map((customer) => h("button", { type: "button", id: idOf(id, customer.id), onclick: () => actions.customer(customer.id) }, `${customer.name} (${customer.id})`)),
      h("button", { type: "button", id: idOf(id, "none"), onclick: () => tell({ returns: [] }) }, t("ask.history.none")),
    ),
  );
}

/** What was told, each with a button to take it back. */
export function told({ state, till, t, actions }) {
  const { told: all } = state.visit;
  if (all.length === 0) return undefined;
  return h(
    "details",
    { class: "panel", id: "told", open: true },
    h("summary", {}, t("told.title", { count: all.length })),
    h(
      "ul",
      { class: "told" },
      all.map((one) => {
        // In the policy's own words, as long as the language is the one it was asked in.
        const words = one.words?.locale === state.locale ? one.words : undefined;
        const value = words?.value ?? (typeof one.value === "string" ? word(t, kindOf(one.fact), one.value) : t("ask.history.none"));
        const of = one.tender ? about(one, state, till, t) : "";
        const name = t.has(`fact.${one.fact}`) ? t(`fact.${one.fact}`) : (words?.name ?? word(t, "fact", factName(one.fact)));
        const text = `${name}${of}: ${value}`;
        return h("li", {}, h("span", {}, text), h("button", { type: "button", class: "quiet", id: idOf("untell", one.fact, one.line, one.sale, one.tender), onclick: () => actions.tell(one, "") }, t("told.change"), h("span", { class: "visually-hidden" }, ` (${text})`)));
      }),
    ),
  );
}
