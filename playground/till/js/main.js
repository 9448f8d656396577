// The till: what happens when something is scanned, chosen or pressed, and which screen is drawn.

import { fieldWords } from "./answer-texts.js";
import { drawAnswer } from "./answer-view.js";
import { closedView } from "./closed-view.js";
import { awaited } from "./controls.js";
import { answerTo, decider } from "./decide.js";
import { h, idOf } from "./dom.js";
import { earlierOf } from "./earlier.js";
import { init } from "./engine.js";
import { focusOn, held } from "./focus.js";
import { formView } from "./form-view.js";
import { goodsView } from "./goods-view.js";
import { read } from "./gs1.js";
import { header, settings } from "./header-view.js";
import { keep, kept } from "./kept.js";
import { callManager } from "./manager.js";
import * as notices from "./notices.js";
import { noticesView } from "./notices.js";
import { answersOf, asked, formsOf, keyOf, withPrefill } from "./paper.js";
import { changedText } from "./paper-change.js";
import { openPolicy, refresh } from "./policies.js";
import { problemsOf } from "./problems.js";
import { foundView, saleView } from "./sale-view.js";
import { scans } from "./scans.js";
import { listen } from "./scanner.js";
import { findSales } from "./search.js";
import * as shelf from "./shelf.js";
import { loadTill, SHOPS } from "./shops.js";
import { slipView } from "./slip-view.js";
import { acceptedBeside, going, openSteps, unfinished } from "./steps.js";
import { store } from "./store.js";
import { day, texts } from "./texts.js";
import { trail } from "./trail.js";
import { troubleText } from "./troubles.js";
import { addSale, changeCase, dropLine, dropSale, lineOf, newVisit, takeGoods, takeLine, tell, toldOf } from "./visit.js";
import { WORDS } from "./words.js";

const $ = (id) => document.getElementById(id);

// What belongs to the shop, and is not part of the state.
let till;
let loaded; // the policy, and how it was had
let decide;
let earlier = {};
let restarted; // the request at which the engine stopped, so that it is asked once more and no oftener
let drawn = "";
let focusNext; // what has the focus once the screen is drawn: selectors, the first that is there

const fresh = () => ({ step: "sale", search: "", visit: newVisit(), paper: {}, tried: false, done: null });
const till_ = store({ shop: SHOPS[0].id, locale: "en", clerk: "", at: "", turn: 1, notices: [], offline: !navigator.onLine, ready: false, failed: false, ...fresh() });
const state = () => till_.state;
const change = (step) => till_.change(step);
/** Changes the visit; approvals are for the case as it was, and the clerk is told when they are gone. */
function changeVisit(step) {
  const signed = state().visit.approvals.length > 0;
  change((next) => changeCase(next.visit, step));
  if (signed && state().visit.approvals.length === 0) notice("approval", "new", t()("approve.gone"));
}
const notice = (...about) => notices.put(change, ...about);
const dismiss = (...ids) => notices.take(change, ...ids);

const past = trail({
  here: () => ({ turn: state().turn, step: state().step }),
  open: (step) => openSteps(state(), answer())[step],
  go: show,
  closeDialog: () => [...document.querySelectorAll("dialog[open]")].map((dialog) => dialog.close()).length > 0,
});

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
    if (step === state().step) return;
    show(step);
    past.onward();
  },
  search: (text) => change((next) => void (next.search = text)),
  enter(text) {
    if (text.trim() === "") return;
    const found = read(text);
    if (found.kind !== "text" && !(found.kind === "bad" && found.why === "length")) return scanned(text);
    const sales = findSales(till, text);
    if (sales.length === 1) actions.takeSale(sales[0].sale.id, "look-up");
    else actions.search(text);
  },
  takeSale(id, proof) {
    changeVisit((visit) => addSale(visit, id, proof));
    change((next) => void (next.search = ""));
    actions.go("goods");
  },
  withoutReceipt: () => actions.go("goods"),
  takeGoods: (sku) => beside(() => changeVisit((visit) => takeGoods(visit, sku))),
  take(sale, line, taken) {
    changeVisit((visit) => {
      const proof = visit.sales.find(({ id }) => id === sale).proof;
      if (taken) takeLine(visit, sale, line, { proof });
      else dropLine(visit, lineOf(visit, sale, line).id);
    });
  },
  drop: (id) => changeVisit((visit) => dropLine(visit, id)),
  dropSale(id) {
    changeVisit((visit) => dropSale(visit, id));
    focusNext = ["#screen h1"];
  },
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
  /** Keeps an answer; one that the policy cannot read is taken back, and asked again. */
  tell(question, value, words) {
    dismiss("told");
    const was = toldOf(state().visit, question) ?? "";
    changeVisit((visit) => tell(visit, question, value, words));
    if (value === "" || answer()?.error?.name !== "RequestError") return;
    changeVisit((visit) => tell(visit, question, was));
    notice("told", "bad", t()("ask.unread", { text: value }));
  },
  callManager(kind) {
    callManager($("manager"), {
      kind,
      answer: answer(),
      again(request) {
        const other = answerTo(loaded.current.policy, request, JSON.stringify(request), state().locale);
        other.asked?.free();
        return other;
      },
      till,
      t: t(),
      said: say,
      done: ({ approvals = [], verifications = [] }) => {
        change(({ visit }) => {
          visit.approvals.push(...approvals);
          visit.verifications.push(...verifications);
        });
        dismiss("approval");
        document.activeElement.blur(); // so that one more Enter does not call once more
        focusNext = ONWARD;
      },
    });
  },
  fill: (form, field, value) =>
    change((next) => {
      const given = (next.paper[keyOf(form)] ??= {});
      given[field] = typeof value === "function" ? value(given[field]) : value;
    }),
  onward() {
    const open = state().visit.lines.find(({ wants, new: given }) => wants === "exchange" && !given);
    if (open && going(answer().decision)) {
      focusNext = [`#${CSS.escape(idOf("new", open.id))}`];
      return notice("new", "bad", t()("goods.new.missing"));
    }
    if (!withoutReturn()) return;
    if (answer().decision.paperwork.length > 0) actions.go("paper");
    else finish();
  },
  /** Takes out what is not accepted, so that the rest comes back. */
  takeOut() {
    const { decision } = answer();
    changeVisit((visit) => decision.lines.filter((line) => !going(line)).forEach(({ line }) => dropLine(visit, line)));
  },
  finish,
  /** Begins with the next customer; a visit that is not finished is given up, if the clerk means it. */
  async next() {
    if (!mayLeave()) return;
    change((next) => Object.assign(next, fresh(), { turn: next.turn + 1 }));
    dismiss("scan", "new", "told", "paper", "approval");
    past.onward();
    focusTitle();
    await readEarlier();
    await refresh(loaded);
    tellPolicy();
  },
  settings: () => settings($("settings"), { state: state(), till, languages: loaded?.current?.policy.languages ?? ["en"], t: t(), actions }),
  async shop(id) {
    const before = state().ready ? undefined : kept();
    if (before?.shop === id) await resume(before);
    else if (mayLeave()) await openShop(id);
  },
  locale: (locale) => change((next) => void (next.locale = locale)),
  clerk: (id) => beside(() => change((next) => void (next.clerk = id))),
  day: (at) => beside(() => change((next) => void (next.at = at || till.shop.at))),
  async forget() {
    earlier = {};
    await shelf.put(`earlier ${till.shop.id}`, earlier);
    change(() => {});
  },
};

/** Where the visit is closed without a return, nothing of it comes back: what was accepted is let go of. Tells whether that is still the answer. */
function withoutReturn() {
  const { decision } = answer();
  const accepted = acceptedBeside(decision);
  if (accepted.length === 0) return true;
  change(({ visit }) => accepted.forEach((line) => dropLine(visit, line)));
  if (!going(answer().decision) && !answer().decision.ask.length) return true;
  change(({ visit }) => Object.assign(visit, { approvals: [], verifications: [] }));
  return false;
}

/** Shows a step. */
function show(step) {
  leaveField();
  dismiss("scan", "new", "told", "paper");
  change((next) => void (next.step = step));
  focusTitle();
}

function mayLeave() {
  return !unfinished(state()) || confirm(t()("leave.sure"));
}

let finishing;

/** Once, however often it is pressed before the slip is there. */
function finish() {
  if (state().step === "slip") return undefined;
  finishing ??= shelf.alone(`till ${till.shop.id}`, finished).finally(() => (finishing = undefined));
  return finishing;
}

async function finished() {
  const before = answer();
  await readEarlier();
  const { asked, decision, request, script } = answer();
  if (JSON.stringify(decision) !== JSON.stringify(before.decision)) {
    actions.go("goods");
    change(({ visit }) => Object.assign(visit, { approvals: [], verifications: [] }));
    return notice("paper", "bad", changedText(before, answer(), { what: t()("paper.meanwhile"), t: t() }));
  }
  const done = complete();
  if (!done.complete) {
    change((next) => void (next.tried = true));
    focusNext = ["#problems"];
    return;
  }
  const differences = asked.audit(done.record, { key: till.key }).length;
  const number = await nextNumber(request.at.slice(0, 10));
  const back = earlierOf(request, decision);
  for (const [sale, one] of Object.entries(back)) (earlier[sale] ??= []).push(one);
  await shelf.put(`earlier ${till.shop.id}`, earlier);
  change((next) => Object.assign(next, { paper: {}, tried: false, done: { number, request, decision, script, record: done.record, differences } }));
  actions.go("slip");
}

/** Reads what came back before, also at other tabs. */
async function readEarlier() {
  earlier = (await shelf.get(`earlier ${till.shop.id}`)) ?? {};
}

/** The number of the return: the shop, the day, and how many there were. */
async function nextNumber(date) {
  const name = `numbers ${till.shop.id} ${date}`;
  const count = ((await shelf.get(name)) ?? 0) + 1;
  await shelf.put(name, count);
  return `R${till.shop.store.id.padStart(4, "0")}-${date.replaceAll("-", "")}-${String(count).padStart(4, "0")}`;
}

// What is scanned

const scan = scans({
  till: () => till,
  state,
  t,
  actions,
  changeVisit,
  took: (what) => say((lastTaken = what)),
  refuse: (text, button) => notice("scan", "bad", text, button),
});
let lastTaken = "";

function scanned(text) {
  if (!state().ready) return;
  const dialog = document.querySelector("dialog[open]");
  if (dialog) return refusedIn(dialog, t()("scan.dialog", { text }));
  dismiss("scan");
  if (state().step === "slip") return notice("scan", "new", t()("scan.done", { text }), { text: t()("slip.next"), act: () => (actions.next(), scanned(text)) });
  beside(() => scan(text));
}

/** Tells in a dialog, which hides the notices, that it takes no scan. */
function refusedIn(dialog, text) {
  document.getElementById("dialog-scan")?.remove();
  dialog.append(h("p", { class: "trouble", id: "dialog-scan", role: "alert" }, text));
}

/** Does what may change the case. Where that happens beside open forms, it is told: what they are now, and that what is filled in stays. */
function beside(step) {
  const before = state().step === "paper" ? answer() : undefined;
  leaveField();
  lastTaken = "";
  step();
  const now = before && answer();
  if (!before || JSON.stringify(now.request) === JSON.stringify(before.request)) return;
  if (!going(now.decision)) actions.go("goods");
  notice("paper", "new", changedText(before, now, { what: lastTaken, t: t() }));
}

// What is told

/** Says something to who does not look. */
function say(text) {
  said = { text, at: performance.now() };
  $("said").textContent = text;
}
let said = { text: "", at: -Infinity };

/** Says what the answer is, behind what was said right before it, so that neither is lost. */
function sayAnswer(text) {
  $("said").textContent = performance.now() - said.at < 1000 ? `${said.text} ${text}` : text;
}

/** A new screen begins at its title; the first one, where there are keys, at the field to type into. */
function focusTitle() {
  const typing = state().step === "sale" && matchMedia("(hover: hover) and (pointer: fine)").matches;
  focusNext = [typing ? "#find" : "#screen h1"];
}

/** Where the work goes on once something was answered or approved. */
const ONWARD = ["#onward-go.main", "#take-out", "#call-manager", "#call-verifier", "#answer-body .ask input", "#answer-body .ask button", "#onward-go", "#screen h1"];

/** A field is filled in when it is left; this does so where it may go away. Where it stays, it keeps the focus. */
function leaveField() {
  const field = document.activeElement;
  if (!field?.matches("#screen input, #screen textarea")) return;
  field.blur();
  field.focus({ preventScroll: true });
}

// What is on the screen

function t() {
  return texts(state().locale);
}

function draw() {
  const now = state();
  const words = t();
  const lost = held(document.body);
  if ($("settings").open) actions.settings();
  document.documentElement.lang = words.lang;
  document.title = words("title", { shop: till?.shop.name ?? "" });
  $("skip").textContent = words("skip");
  $("answer-title").textContent = words("answer.title");
  const found = now.ready && now.step !== "slip" ? answer() : undefined;
  header($("top"), { state: now, till, loaded, t: words, actions, open: openSteps(now, found) });
  noticesView($("notices"), now.notices, { t: words, dismiss });
  $("main").dataset.step = now.ready ? now.step : "closed";
  $("answer").hidden = !now.ready || now.step !== "goods";
  if (!now.ready) {
    drawn = "";
    return closedView($("screen"), { state: now, t: words, actions });
  }
  if (found?.error?.name === "EngineError" && restarted !== JSON.stringify(found.request)) {
    restarted = JSON.stringify(found.request);
    return void init().then(() => change(() => {}));
  }
  drawScreen(now, found, words);
  drawAnswer({ answer: found, state: now, till, t: words, actions, changes, said: sayAnswer });
  if (lost()) focusNext ??= ONWARD;
  focusOn(focusNext);
  focusNext = undefined;
  keep(now, formsOf(found?.decision?.paperwork ?? []));
}

function drawScreen(now, found, words) {
  const about = { state: now, till, t: words, actions, answer: found, earlier, words: { ...WORDS, ...till.shop.words } };
  const problems = now.step === "paper" && now.tried ? problemsOf(complete(), found, words) : [];
  const offered = found?.decision?.lines.find((line) => line.remedies.length > 0)?.remedies.map(({ remedy }) => remedy);
  const remedies = offered ?? WORDS.remedy; // where too much is open, the engine tells none yet
  const shape = {
    sale: () => [],
    goods: () => [now.visit, remedies, earlier, awaited(found, now.visit)],
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

// Shops

async function openShop(id, visit) {
  change((next) => Object.assign(next, fresh(), { shop: id, ready: false, failed: false, nowhere: undefined, notices: [], turn: next.turn + 1 }));
  loaded?.current.free();
  loaded = decide = undefined;
  try {
    till = await loadTill(id);
  } catch (trouble) {
    return closed(t()("shop.unread", { why: trouble.message }));
  }
  change((next) => void (next.locale = visit?.locale ?? till.shop.locale)); // in which it is also told that there is no policy
  await readEarlier();
  try {
    loaded = await openPolicy(id, till.shop.keys);
  } catch (trouble) {
    return closed(t()("policy.unkept", { why: troubleText(trouble, t()) }));
  }
  decide = decider(loaded.current);
  const clerk = till.staff.find(({ role }) => role === "clerk").id;
  change((next) => Object.assign(next, { locale: till.shop.locale, clerk, at: till.shop.at, ...visit, ready: true }));
  if (!openSteps(state(), answer())[state().step]) change((next) => void (next.step = openSteps(next, answer()).goods ? "goods" : "sale"));
  focusTitle();
  past.begin(`?shop=${id}`);
  tellPolicy();
}

function closed(why) {
  change((next) => void (next.failed = true));
  notice("policy", "bad", why);
}

/** Tells when the policy is not the newest, and why. */
function tellPolicy() {
  if (loaded.from === "network") return dismiss("policy");
  const { since, trouble } = loaded;
  notice("policy", trouble.name === "NotFetched" ? "off" : "bad", t()("policy.kept", { why: troubleText(trouble, t()), since: day(since, state().locale) }));
}

/** The visit as it was before a reload; what may not be kept as it is written has to be filled in again. */
async function resume({ again = [], ...visit }) {
  await openShop(visit.shop, visit);
  const titles = again.map((field) => fieldWords(field, answer())?.title).filter(Boolean);
  if (titles.length > 0 && state().step === "paper") notice("paper", "new", t()("paper.again", { fields: titles.join(", ") }));
}

async function start() {
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("sw.js").catch(() => {});
  for (const event of ["online", "offline"]) addEventListener(event, () => change((next) => void (next.offline = event === "offline")));
  addEventListener("online", () => state().failed && openShop(state().shop));
  addEventListener("pagehide", () => {
    leaveField();
    if (state().ready) keep(state(), formsOf(answer()?.decision?.paperwork ?? []));
  });
  addEventListener("beforeunload", (event) => unfinished(state()) && event.preventDefault());
  $("skip").addEventListener("click", (event) => (event.preventDefault(), $("main").focus()));
  const measure = new ResizeObserver(() => {
    for (const [name, id] of Object.entries({ "--head": "top", "--notices": "notices" })) {
      const stays = getComputedStyle($(id)).position === "sticky";
      document.documentElement.style.setProperty(name, `${stays ? $(id).offsetHeight : 0}px`);
    }
  });
  for (const id of ["top", "notices"]) measure.observe($(id));
  listen(document, scanned);
  till_.watch(draw);
  await init();
  const before = kept();
  const wanted = new URL(location.href).searchParams.get("shop") ?? before?.shop ?? SHOPS[0].id;
  if (!SHOPS.some(({ id }) => id === wanted)) change((next) => void (next.nowhere = wanted));
  else if (before?.shop === wanted) await resume(before);
  else await openShop(wanted);
  document.documentElement.dataset.ready = "yes";
}

await start();
