// The answer: the outcome at once, amounts by line and by tender, what to say, what there is instead, why, and what would change it. All of it is the engine's.

import { headline } from "./answer-texts.js";
import { awaited } from "./controls.js";
import { money } from "./decimals.js";
import { fill, h, icon, idOf } from "./dom.js";
import { amountLabel, deliveryRows } from "./labels.js";
import { toApprove, toVerify } from "./matters.js";
import { asksMore, open, questions, told } from "./questions-view.js";
import { goodsOf } from "./request.js";
import { cardName } from "./sale-view.js";
import { acceptedBeside, going, sayingsOf } from "./steps.js";
import { day, lengthText, word } from "./texts.js";

const ICON = { accept: "yes", "accept pending verification": "wait", refer: "person", decline: "no", undetermined: "ask" };

/** Draws the answer. `changes()` gives what would change it, and is called only where somebody wants to see it. */
export function decisionView(element, about) {
  const { answer, t } = about;
  if (!answer) {
    fill(element, h("div", { class: "banner empty" }, icon("ask"), h("p", { class: "headline" }, t("answer.empty"))));
    return;
  }
  if (answer.error) {
    fill(element, h("div", { class: "banner undetermined wrong", role: "alert" }, icon("bad"), h("p", { class: "headline" }, t("answer.error"))), h("p", { class: "panel" }, answer.error.message), told(about));
    return;
  }
  fill(
    element,
    banner(about),
    open(about),
    questions(about),
    approvals(about),
    verifications(about),
    payouts(about),
    sayings(about),
    instead(about),
    amounts(about),
    delivery(about),
    byLaw(about),
    told(about),
    why(about),
    changesOf(about),
  );
}

/** The outcome and the money, in one line of the engine's, and under it why, as the clerk reads it. */
export function banner({ answer: { decision, script }, t }) {
  const outcome = decision.outcome.replaceAll(" ", "-");
  const reasons = [...new Set(telling(decision, script.reasons).map(({ clerk }) => clerk))];
  return h(
    "div",
    { class: `banner ${outcome}`, id: "banner" },
    icon(ICON[decision.outcome]),
    h("div", { lang: script.locale }, h("p", { class: "headline" }, headline(script)), h("ul", { class: "because" }, reasons.slice(0, MOST).map((reason) => h("li", {}, reason)), reasons.length > MOST && h("li", {}, "…"))),
    h("p", { class: "visually-hidden" }, t(`outcome.${decision.outcome}`)),
  );
}

/** The reasons that tell of the outcome: not what else is accepted where it is not, and not what is not known where that is asked below. */
function telling({ outcome }, reasons) {
  const known = reasons.filter(({ key }) => !UNKNOWN.includes(key));
  return going({ outcome }) ? known : known.filter(({ key }) => key !== "accept");
}

/** Reasons that say only that something is not known yet. */
const UNKNOWN = ["missing fact", "too many unknown"];

/** Reasons that are told at once; all of them stand below. */
const MOST = 4;

function approvals({ answer, t, actions }) {
  const matters = toApprove(answer);
  if (matters.length === 0) return undefined;
  const owed = matters.some((matter) => matter.owed);
  return h(
    "section",
    { class: "panel call", "aria-labelledby": "approve-title" },
    h("h3", { id: "approve-title" }, icon("person"), t("approve.title")),
    h(
      "ul",
      {},
      matters.map(({ roles, text, refusal }) => h("li", {}, h("strong", {}, roles.map((role) => word(t, "role", role)).join(" + ")), (text ?? refusal) && [": ", h("span", { lang: answer.script.locale }, text ?? refusal)])),
    ),
    owed && h("p", {}, icon("law"), t("approve.owed")),
    h("button", { type: "button", class: "main", id: "call-manager", onclick: () => actions.callManager("approve") }, icon("person"), t("approve.call")),
  );
}

function verifications({ answer, state, t, actions }) {
  const matters = toVerify(answer);
  if (matters.length === 0) return undefined;
  return h(
    "section",
    { class: "panel call", "aria-labelledby": "verify-title" },
    h("h3", { id: "verify-title" }, icon("search"), t("verify.title")),
    h(
      "ul",
      {},
      matters.map(({ roles, text, due, within }) =>
        h("li", {}, h("strong", {}, word(t, "role", roles[0])), text && [": ", h("span", { lang: answer.script.locale }, text)], due ? ` (${t("verify.due", { day: day(due, state.locale) })})` : within ? ` (${lengthText(within, state.locale)})` : ""),
      ),
    ),
    h("button", { type: "button", id: "call-verifier", onclick: () => actions.callManager("verify") }, icon("person"), t("verify.call")),
  );
}

function sayings({ answer, state, t }) {
  const { script } = answer;
  // What is still to be chosen is no question to the customer.
  const said = sayingsOf(answer);
  if (said.length === 0 || awaited(answer, state.visit).length > 0) return undefined;
  return h(
    "section",
    { class: "panel say", "aria-labelledby": "say-title" },
    h("h3", { id: "say-title" }, icon("say"), t("say.title")),
    h("ul", { lang: script.locale }, said.map(({ text }) => h("li", {}, text))),
  );
}

function instead({ answer: { script }, t, actions }) {
  const others = script.instead.filter(({ kind }) => kind !== "approval");
  if (others.length === 0) return undefined;
  return h(
    "section",
    { class: "panel instead", "aria-labelledby": "instead-title" },
    h("h3", { id: "instead-title" }, icon("swap"), t("instead.title")),
    h(
      "ul",
      {},
      others.map(({ kind, line, remedy, text }) =>
        h(
          "li",
          {},
          h("span", { lang: script.locale }, text),
          (kind === "remedy" || kind === "once-known") &&
            h("button", { type: "button", id: idOf("instead", line, remedy), onclick: () => actions.set(line, "wants", remedy) }, t("instead.take", { remedy: word(t, "remedy", remedy) })),
        ),
      ),
    ),
  );
}

function amounts({ answer: { decision, request }, state, till, t }) {
  const { currency } = decision.balance;
  const show = (amount) => money(amount, currency, state.locale);
  return decision.lines.map((line) => {
    const remedy = line.remedies.find((one) => one.remedy === line.wants);
    if (!remedy?.amounts) return undefined;
    const name = nameOf(line.line, request, till);
    const table = h(
      "table",
      {},
      h("caption", {}, `${line.quantity} × ${name} `, h("small", {}, word(t, "remedy", line.wants))),
      h(
        "tbody",
        {},
        remedy.amounts.map((row) =>
          h("tr", { class: row.part === "included tax" ? "aside" : undefined }, h("th", { scope: "row" }, amountLabel(row, t)), h("td", {}, show(row.amount))),
        ),
      ),
      h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, t("amounts.together")), h("td", {}, show(remedy.value)))),
    );
    const until = remedy.window?.last_day;
    return h("div", { class: "panel" }, table, until && h("p", { class: "hint" }, t("amounts.until", { day: day(until, state.locale) })));
  });
}

/** The delivery that is given back: it belongs to a sale, not to a line of it. */
function delivery({ answer: { decision }, state, t }) {
  const rows = deliveryRows(decision, t);
  if (rows.length === 0) return undefined;
  return h("div", { class: "panel" }, h("table", {}, h("tbody", {}, rows.map(([what, amount]) => row(what, money(amount, decision.balance.currency, state.locale))))));
}

/** The goods of a returned line, by name. */
export function nameOf(id, request, till) {
  const one = request.returns.find((line) => line.id === id);
  const sku = one.item?.sku ?? request.sales.find((sale) => sale.id === one.sale).lines.find((line) => line.id === one.line).sku;
  return goodsOf(till, sku)?.name ?? sku;
}

function payouts({ answer: { decision, request }, state, till, t }) {
  if (acceptedBeside(decision).length > 0) return undefined;
  const { balance, payouts: all } = decision;
  const show = (amount) => money(amount, balance.currency, state.locale);
  const rows = all.map((payout) => payoutRow(payout, { show, request, state, till, t }));
  if (isSome(balance.credit)) rows.push(row(t("pay.credit"), show(balance.credit)));
  // Before the new goods are chosen the engine takes them to cost as much.
  if (isSome(balance.new_goods) && request.returns.every(({ wants, new: given }) => wants !== "exchange" || given)) rows.push(row(t("pay.new"), show(`-${balance.new_goods}`)));
  if (isSome(balance.to_pay)) rows.push(row(h("strong", {}, t("pay.due")), h("strong", {}, show(balance.to_pay)), balance.to_pay_in_cash && t("pay.coins", { amount: show(balance.to_pay_in_cash) })));
  if (rows.length === 0) return undefined;
  return h("div", { class: "panel" }, h("table", {}, h("caption", {}, t("pay.title")), h("tbody", {}, rows)));
}

function payoutRow({ to, id, sale, amount, handed_out: coins, not_before: first, due, within, pending }, { show, request, state, till, t }) {
  const card = till.sales.find((one) => one.sale.id === sale)?.cards[id];
  const when = [
    pending && t("pay.pending"),
    first && t("pay.from", { day: day(first, state.locale) }),
    due && (due === request.at.slice(0, 10) ? t("pay.now") : t("pay.by", { day: day(due, state.locale) })),
    !due && within && lengthText(within, state.locale),
    coins && t("pay.coins", { amount: show(coins) }),
  ];
  return row(cardName(word(t, "tender", to), card), show(amount), when.filter(Boolean).join(" · "));
}

function row(what, amount, more) {
  return h("tr", {}, h("th", { scope: "row" }, what, more && [" ", h("small", {}, more)]), h("td", {}, amount));
}

function isSome(amount) {
  return /[1-9]/.test(amount);
}

function byLaw({ answer: { decision, script }, t }) {
  if (!decision.law) return undefined;
  return h(
    "details",
    { class: "panel", id: "law" },
    h("summary", {}, icon("law"), t("law.title", { count: decision.law.length })),
    h(
      "ul",
      { lang: script.locale },
      script.say.filter(({ message }) => message?.key === "by-law").map(({ text }) => h("li", {}, text)),
    ),
  );
}

function why({ answer: { script }, t }) {
  const reasons = script.reasons.filter(({ key }) => !UNKNOWN.includes(key));
  if (reasons.length === 0) return undefined;
  return h(
    "details",
    { class: "panel", id: "why" },
    h("summary", {}, t("why.title")),
    h(
      "ul",
      { lang: script.locale },
      reasons.map(({ clerk, clauses }) =>
        h("li", {}, clerk, h("ul", { class: "clauses" }, clauses.map(({ clause, title, from }) => h("li", {}, h("code", {}, clause), title && ` ${title}`, from.length > 0 && h("small", {}, from.join("; ")))))),
      ),
    ),
    h("h4", {}, t("why.page")),
    h("pre", { lang: script.locale, tabindex: 0, role: "region", "aria-label": t("why.page") }, script.page),
  );
}

function changesOf({ answer, state, till, t, changes }) {
  if (answer.decision.outcome === "undetermined" && !asksMore(answer, state.visit)) return undefined;
  const body = h("div", {});
  const draw = () => {
    const found = changes();
    fill(
      body,
      found.length === 0
        ? h("p", {}, t("change.none"))
        : h("ul", { class: "changes" }, found.map((change) => h("li", {}, h("span", {}, changeText(change, { answer, till, t })), h("span", { class: `tag ${change.outcome.replaceAll(" ", "-")}` }, t(`outcome.${change.outcome}`), isSome(change.to_customer) && ` ${money(change.to_customer, answer.decision.balance.currency, state.locale)}`)))),
    );
  };
  const { outcome } = answer.decision;
  if (outcome !== seen.outcome) seen = { outcome, open: outcome === "decline" };
  const details = h("details", { class: "panel", id: "changes", "data-own": true, open: seen.open, ontoggle: (event) => (seen.open = event.target.open) && body.childElementCount === 0 && draw() }, h("summary", {}, t("change.title")), body);
  if (seen.open) draw();
  return details;
}

/** Whether what would change it is open: at first where it is declined, then as the clerk left it. */
let seen = {};

/** A change in words: what it is now, and what it would be. */
function changeText({ approval, fact, from, to, line }, { answer, till, t }) {
  if (approval) return t("change.approval", { role: word(t, "role", approval.role) });
  const kind = { proof: "proof", wants: "remedy", condition: "condition", channel: "channel", "refund_to.tender": "tender" }[fact] ?? "value";
  const goods = line && answer.request.returns.length > 1 ? `${nameOf(line, answer.request, till)} – ` : "";
  return `${goods}${word(t, "fact", fact)}: ${from === null ? t("change.unknown") : word(t, kind, from)} → ${word(t, kind, to)}`;
}

