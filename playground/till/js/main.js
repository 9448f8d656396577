// The till: what happens when something is scanned, chosen or pressed, and what is on the screen then.

import { headline } from "./answer-texts.js";
import { decider } from "./decide.js";
import { decisionView } from "./decision-view.js";
import { fill, h, icon, idOf } from "./dom.js";
import { earlierOf } from "./earlier.js";
import { init } from "./engine.js";
import { formView } from "./form-view.js";
import { goodsView } from "./goods-view.js";
import { read } from "./gs1.js";
import { header, settings } from "./header-view.js";
import { callManager } from "./manager.js";
import { answersOf, asked, formsOf, keyOf, withPrefill } from "./paper.js";
import { openPolicy, refresh } from "./policies.js";
import { problemsOf } from "./problems.js";
import { foundView, saleView } from "./sale-view.js";
import { listen } from "./scanner.js";
import { goodsOfGtin, saleOfReceipt } from "./search.js";
import * as shelf from "./shelf.js";
import { loadTill, SHOPS } from "./shops.js";
import { slipView } from "./slip-view.js";
import { store } from "./store.js";
import { day, texts } from "./texts.js";
import { addSale, changeCase, dropLine, lineOf, newVisit, takeGoods, takeLine, tell } from "./visit.js";
import { WORDS } from "./words.js";

const $ = (id) => document.getElementById(id);
const KEPT = "till.visit";

// What belongs to the shop, and is not part of the state.
let till;
let loaded; // the policy, and how it was had
let decide;
let earlier = {};
let restarted; // the request at which the engine stopped, so that it is asked once more and no oftener
let drawn = "";
let told = "";
let focusNext; // what has the focus once the screen is drawn

const fresh = () => ({ step: "sale", search: "", visit: newVisit(), paper: {}, tried: false, done: null });
const till_ = store({ shop: SHOPS[0].id, locale: "en", clerk: "", at: "", notices: [], offline: !navigator.onLine, ready: false, ...fresh() });
const state = () => till_.state;
const change = (step) => till_.change(step);
/** Changes the visit; approvals are for the case as it was. */
const changeVisit = (step) => change((next) => changeCase(next.visit, step));

// What was answered

function answer() {
  const { visit, at, clerk, locale } = state();
  return decide?.(visit, { till, at, clerk: till.staff.find(({ id }) => id === clerk), earlier }, locale);
}

function changes() {
  return answer().asked.whatWouldChange();
}

function complete() {
  const { asked, decision } = answer();
  return asked.complete(answersOf(formsOf(decision.paperwork), state().paper, state().clerk), { key: till.key });
}

// What can be done

const actions = {
  go(step) {
    dismiss("scan");
    change((next) => void (next.step = step));
    focusTitle();
  },
  search: (text) => change((next) => void (next.search = text)),
  enter(text) {
    if (text.trim() === "") return;
    const found = read(text);
    if (found.kind === "text" || (found.kind === "bad" && found.why === "length")) return actions.search(text);
    scanned(text);
  },
  takeSale(id, proof) {
    changeVisit((visit) => addSale(visit, id, proof));
    change((next) => void (next.search = ""));
    actions.go("goods");
  },
  withoutReceipt: () => actions.go("goods"),
  takeGoods: (sku) => changeVisit((visit) => takeGoods(visit, sku)),
  take(sale, line, taken) {
    changeVisit((visit) => {
      const proof = visit.sales.find(({ id }) => id === sale).proof;
      if (taken) takeLine(visit, sale, line, { proof });
      else dropLine(visit, lineOf(visit, sale, line).id);
    });
  },
  drop: (id) => changeVisit((visit) => dropLine(visit, id)),
  set(id, member, value) {
    if (member === "new") dismiss("new");
    changeVisit((visit) => void (visit.lines.find((line) => line.id === id)[member] = value));
  },
  proof(sale, value) {
    changeVisit((visit) => {
      visit.sales.find(({ id }) => id === sale).proof = value || null;
      for (const line of visit.lines) if (line.sale === sale) line.proof = value || null;
    });
  },
  customer: (id) => changeVisit((visit) => void (visit.customer = id)),
  tell: (question, value) => changeVisit((visit) => tell(visit, question, value)),
  callManager(kind) {
    callManager($("manager"), {
      kind,
      answer: answer(),
      till,
      t: t(),
      said: say,
      done: ({ approvals = [], verifications = [] }) =>
        change(({ visit }) => {
          visit.approvals.push(...approvals);
          visit.verifications.push(...verifications);
        }),
    });
  },
  fill: (form, field, value) =>
    change((next) => {
      const given = (next.paper[keyOf(form)] ??= {});
      given[field] = typeof value === "function" ? value(given[field]) : value;
    }),
  onward() {
    const open = state().visit.lines.find(({ wants, new: given }) => wants === "exchange" && !given);
    if (open) {
      focusNext = `#${CSS.escape(idOf("new", open.id))}`;
      notice("new", "bad", t()("goods.new.none"));
      return;
    }
    if (answer().decision.paperwork.length > 0) actions.go("paper");
    else finish();
  },
  finish,
  async next() {
    change((next) => Object.assign(next, fresh()));
    focusTitle();
    await refresh(loaded);
    tellPolicy();
  },
  settings: () => settings($("settings"), { state: state(), till, languages: loaded?.current?.policy.languages ?? ["en"], t: t(), actions }),
  shop: (id) => openShop(id),
  locale: (locale) => change((next) => void (next.locale = locale)),
  clerk: (id) => change((next) => void (next.clerk = id)),
  day: (at) => change((next) => void (next.at = at || till.shop.at)),
  async forget() {
    earlier = {};
    await shelf.put(`earlier ${till.shop.id}`, earlier);
    change(() => {});
  },
};

let finishing;

/** Once, however often it is pressed before the slip is there. */
function finish() {
  if (state().step === "slip") return undefined;
  finishing ??= finished().finally(() => (finishing = undefined));
  return finishing;
}

async function finished() {
  const { asked, decision, request, script } = answer();
  const done = complete();
  if (!done.complete) {
    change((next) => void (next.tried = true));
    focusNext = "#problems";
    return;
  }
  const differences = asked.audit(done.record, { key: till.key }).length;
  const number = await nextNumber(request.at.slice(0, 10));
  const back = earlierOf(request, decision);
  for (const [sale, one] of Object.entries(back)) (earlier[sale] ??= []).push(one);
  await shelf.put(`earlier ${till.shop.id}`, earlier);
  change((next) => Object.assign(next, { step: "slip", paper: {}, tried: false, done: { number, request, decision, script, record: done.record, differences } }));
  focusTitle();
}

/** The number of the return: the shop, the day, and how many there were. */
async function nextNumber(date) {
  const name = `numbers ${till.shop.id} ${date}`;
  const count = ((await shelf.get(name)) ?? 0) + 1;
  await shelf.put(name, count);
  return `R${till.shop.store.id.padStart(4, "0")}-${date.replaceAll("-", "")}-${String(count).padStart(4, "0")}`;
}

// What is scanned

function scanned(text) {
  if (!state().ready || document.querySelector("dialog[open]") || state().step === "slip") return;
  const found = read(text);
  if (found.kind === "bad") return notice("scan", "bad", t()(found.why === "check digit" ? "scan.digit" : "scan.length", { text: found.text }));
  dismiss("scan");
  if (found.kind === "receipt") return receipt(found.number, text);
  if (found.kind === "goods") return goods(found, text);
  if (found.kind === "card" && till.customers.some(({ id }) => id === found.number)) {
    actions.customer(found.number);
    return say(t()("scan.customer", { name: till.customers.find(({ id }) => id === found.number).name }));
  }
  const named = till.sales.find(({ sale }) => sale.id.toLowerCase() === found.text?.toLowerCase());
  if (named) return actions.takeSale(named.sale.id, "receipt");
  notice("scan", "bad", t()("scan.unknown", { text }));
}

function receipt(number, text) {
  const found = saleOfReceipt(till, number);
  if (!found) return notice("scan", "bad", t()("scan.receipt", { text }));
  actions.takeSale(found.sale.id, found.gift ? "gift receipt" : "receipt");
  say(t()("scan.sale", { id: found.sale.id }));
}

function goods({ gtin, serial }, text) {
  const found = goodsOfGtin(till, gtin);
  if (!found) return notice("scan", "bad", t()("scan.goods", { text }));
  const { step, visit } = state();
  if (step === "sale") {
    change((next) => void (next.search = found.sku));
    return say(t()("scan.name", { name: found.name }));
  }
  const sold = visit.sales.flatMap(({ id, proof }) => till.sales.find(({ sale }) => sale.id === id).sale.lines.map((line) => ({ id, proof, line }))).find(({ line }) => line.sku === found.sku);
  if (sold) return soldGoods(sold, serial, found);
  const exchange = visit.lines.find(({ wants, new: given }) => wants === "exchange" && !given);
  if (exchange) actions.set(exchange.id, "new", found.sku);
  else if (visit.sales.length === 0) actions.takeGoods(found.sku);
  else return notice("scan", "bad", t()("scan.elsewhere", { name: found.name }), { text: t()("scan.loose"), act: () => actions.takeGoods(found.sku) });
  say(t()("scan.name", { name: found.name }));
}

function soldGoods({ id, proof, line }, serial, found) {
  const taken = lineOf(state().visit, id, line.id);
  if (taken && taken.quantity >= line.quantity) return notice("scan", "bad", t()("scan.all", { name: found.name, count: line.quantity }));
  changeVisit((visit) => {
    const one = lineOf(visit, id, line.id);
    if (one) one.quantity += 1;
    else takeLine(visit, id, line.id, { proof, ...(line.serials?.includes(serial) && { serial }) });
  });
  say(t()("scan.name", { name: found.name }));
}

// What is told

/** Says something to who does not look. */
function say(text) {
  $("said").textContent = text;
}

function notice(id, kind, text, button) {
  change((next) => {
    next.notices = next.notices.filter((one) => one.id !== id);
    next.notices.push({ id, kind, text, ...(button && { button: button.text }) });
  });
  if (button) acts.set(id, button.act);
}
const acts = new Map();

function dismiss(id) {
  change((next) => void (next.notices = next.notices.filter((one) => one.id !== id)));
}

/** A new screen begins at its title. */
function focusTitle() {
  focusNext = "#screen h1";
}

// What is on the screen

function t() {
  return texts(state().locale);
}

function draw() {
  const now = state();
  const words = t();
  if ($("settings").open) actions.settings();
  document.documentElement.lang = words.lang;
  document.title = words("title", { shop: till?.shop.name ?? "" });
  $("skip").textContent = words("skip");
  $("answer-title").textContent = words("answer.title");
  header($("top"), { state: now, till, loaded, t: words, actions, answer: till && now.step !== "slip" ? answer() : undefined });
  fill($("notices"), now.notices.map((one) => noticeLine(one, words)));
  $("main").dataset.step = now.step;
  if (!now.ready) {
    drawn = "";
    $("answer").hidden = true;
    return fill($("screen"), h("h1", { tabindex: -1 }, words(now.failed ? "policy.none" : "policy.loading")));
  }
  const found = now.step === "slip" ? undefined : answer();
  if (found?.error?.name === "EngineError" && restarted !== JSON.stringify(found.request)) {
    restarted = JSON.stringify(found.request);
    return void init().then(() => change(() => {}));
  }
  drawScreen(now, found, words);
  const beside = now.step === "goods";
  $("answer").hidden = !beside;
  if (beside) drawAnswer(now, found, words);
  else $("answer-body").replaceChildren();
  if (focusNext) document.querySelector(focusNext)?.focus();
  focusNext = undefined;
  keep(now);
}

function drawScreen(now, found, words) {
  const about = { state: now, till, t: words, actions, answer: found, earlier, words: { ...WORDS, ...till.shop.words } };
  const problems = now.step === "paper" && now.tried ? problemsOf(complete(), found, words) : [];
  const remedies = found?.decision?.lines[0].remedies.map(({ remedy }) => remedy) ?? WORDS.remedy;
  const shape = {
    sale: () => [],
    goods: () => [now.visit, remedies, earlier],
    paper: () => [found.request, problems, formsOf(found.decision.paperwork).map((form) => form.fields.map((field) => asked(field, withPrefill(form, now.paper[keyOf(form)] ?? {}))))],
    slip: () => [now.done.number],
  }[now.step]();
  const key = JSON.stringify([now.step, now.shop, now.locale, shape]);
  if (key !== drawn) {
    drawn = key;
    const view = { sale: saleView, goods: goodsView, paper: formView, slip: slipView }[now.step];
    view($("screen"), { ...about, problems, remedies });
  }
  if (now.step === "sale") foundView($("sales"), about);
}

function drawAnswer(now, found, words) {
  decisionView($("answer-body"), { answer: found, state: now, till, t: words, actions, changes });
  const outcome = found?.decision?.outcome;
  const going = ["accept", "accept pending verification"].includes(outcome);
  const stays = outcome === "refer" || outcome === "decline";
  fill(
    $("onward"),
    found?.script && h("a", { class: `short ${outcome.replaceAll(" ", "-")}`, href: "#answer", lang: found.script.locale }, headline(found.script)),
    !going && !stays && h("p", { class: "hint" }, words(found?.decision ? "onward.ask" : "onward.choose")),
    (going || stays) && h("button", { type: "button", id: "onward-go", class: going ? "main" : "", onclick: actions.onward }, words(stays ? "onward.without" : found.decision.paperwork.length > 0 ? "onward.paper" : "onward.finish")),
  );
  const line = found?.script ? headline(found.script) : "";
  if (line !== told && line) say(line);
  told = line;
}

function noticeLine({ id, kind, text, button }, words) {
  return h(
    "div",
    { class: `notice ${kind}` },
    icon(kind === "bad" ? "bad" : "off"),
    h("p", {}, text),
    button && h("button", { type: "button", id: `notice-do-${id}`, onclick: () => (dismiss(id), acts.get(id)?.()) }, button),
    h("button", { type: "button", class: "quiet", id: `notice-close-${id}`, onclick: () => dismiss(id), "aria-label": words("close") }, icon("no")),
  );
}

/** A visit outlives a reload; what customers write into forms does not. */
function keep({ shop, locale, clerk, at, step, visit }) {
  sessionStorage.setItem(KEPT, JSON.stringify({ shop, locale, clerk, at, step: step === "slip" ? "sale" : step === "paper" ? "goods" : step, visit: step === "slip" ? newVisit() : visit }));
}

// Shops

async function openShop(id, kept) {
  change((next) => Object.assign(next, fresh(), { shop: id, ready: false, failed: false, notices: [] }));
  loaded?.current.free();
  loaded = decide = undefined;
  try {
    till = await loadTill(id);
    earlier = (await shelf.get(`earlier ${id}`)) ?? {};
    loaded = await openPolicy(id, till.shop.keys);
  } catch (trouble) {
    const key = trouble.name === "Offline" ? "policy.offline" : "policy.bad";
    change((next) => void (next.failed = true));
    return notice("policy", "bad", t()(key, { why: trouble.kind ?? trouble.message.split("\n")[0] }));
  }
  decide = decider(loaded.current);
  const clerk = till.staff.find(({ role }) => role === "clerk").id;
  change((next) => Object.assign(next, { locale: till.shop.locale, clerk, at: till.shop.at, ...kept, ready: true }));
  tellPolicy();
}

/** Tells when the policy is not the newest, and why. */
function tellPolicy() {
  if (loaded.from === "network") return dismiss("policy");
  const { since, trouble } = loaded;
  const told = { since: day(since, state().locale), why: trouble?.kind ?? trouble?.message.split("\n")[0] };
  notice("policy", trouble ? "bad" : "off", t()(trouble ? "policy.kept.bad" : "policy.kept", told));
}

async function start() {
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("sw.js").catch(() => {});
  for (const event of ["online", "offline"]) addEventListener(event, () => change((next) => void (next.offline = event === "offline")));
  listen(document, scanned);
  till_.watch(draw);
  await init();
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  const wanted = new URL(location.href).searchParams.get("shop");
  const shop = SHOPS.find(({ id }) => id === (wanted ?? kept?.shop)) ?? SHOPS[0];
  await openShop(shop.id, kept?.shop === shop.id ? kept : undefined);
  document.documentElement.dataset.ready = "yes";
}

await start();

