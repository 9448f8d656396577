// The parts of the till that need no browser.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";

import { Policy } from "../../../pkg/node.js";
import { put } from "../js/answers.js";
import { awaited, controlOf } from "../js/controls.js";
import { widths } from "../js/barcode.js";
import { add, compare, money, times } from "../js/decimals.js";
import { earlierOf } from "../js/earlier.js";
import { checks, read } from "../js/gs1.js";
import { keep, kept, storable } from "../js/kept.js";
import { amountLabel } from "../js/labels.js";
import { answersOf, asked, formsOf } from "../js/paper.js";
import { formsChanged } from "../js/paper-change.js";
import { LOCKED_FOR, testPin, TRIES } from "../js/pins.js";
import { requestOf } from "../js/request.js";
import { findSales } from "../js/search.js";
import { SHOPS } from "../js/shops.js";
import { addSale, changeCase, newVisit, takeGoods, takeLine, tell } from "../js/visit.js";
import { WORDS } from "../js/words.js";
import { day, LANGUAGES, lengthText, moment, texts as textsOf } from "../js/texts.js";
import en from "../js/texts/en.js";
import { compiled, ROOT, samplesOf, zxing } from "./till.js";

describe("decimals", () => {
  test("keep every digit", () => {
    assert.equal(add("0.10", "0.20"), "0.30");
    assert.equal(add("1", "-0.005"), "0.995");
    assert.equal(times("8.745", 3), "26.235");
    assert.equal(times("0.05", 20), "1.00");
    assert.equal(compare("10.0", "9.99"), 1);
    assert.equal(compare("-1", "-1.00"), 0);
    assert.throws(() => add("1e3", "1"), TypeError);
  });

  test("are shown as they are, where a number of the machine would not do", () => {
    assert.equal(money("90071992547409.93", "USD", "en"), "90071992547409.93 USD");
    assert.equal(money("-24.90", "USD", "en"), "-24.90 USD");
    assert.equal(money("-0.45", "USD", "en"), "-0.45 USD");
    assert.equal(money("-0.00", "USD", "en"), "0.00 USD");
    assert.equal(money("1234.50", "EUR", "de"), "1.234,50\u00a0€");
    assert.equal(money("980", "JPY", "en"), "980 JPY");
  });
});

describe("what a scanner reads", () => {
  test("goods by EAN, UPC, EAN-8 and GTIN-14, all as fourteen digits", () => {
    assert.deepEqual(read("4006381333931"), { kind: "goods", gtin: "04006381333931" });
    assert.deepEqual(read("036000291452\n"), { kind: "goods", gtin: "00036000291452" });
    assert.deepEqual(read("73513537"), { kind: "goods", gtin: "00000073513537" });
    assert.deepEqual(read("]d2011456789012345021A7"), { kind: "bad", why: "check digit", text: "]d2011456789012345021A7" });
    assert.deepEqual(read("]d2010400638133393121A7"), { kind: "goods", gtin: "04006381333931", serial: "A7" });
  });

  test("a receipt has eighteen digits", () => {
    assert.equal(read("000102260301010423").kind === "receipt", checks("000102260301010423"));
  });

  test("every single wrong digit is noticed, and so is what has the wrong length", () => {
    const good = "4006381333931";
    for (let at = 0; at < good.length; at += 1) {
      for (let digit = 0; digit < 10; digit += 1) {
        const text = good.slice(0, at) + digit + good.slice(at + 1);
        if (text !== good) assert.deepEqual(read(text), { kind: "bad", why: "check digit", text });
      }
    }
    assert.equal(read("40063813339").why, "length");
    assert.equal(read("").why, "empty");
    assert.deepEqual(read("N-1042"), { kind: "text", text: "N-1042" });
    assert.deepEqual(read("c-3003"), { kind: "card", number: "C-3003" });
  });
});

describe("forms", () => {
  const field = (when) => ({ form: "f", field: "x", line: null, when });

  test("a field is asked after its tests, and nothing answered holds for none", () => {
    assert.ok(asked(field(undefined), {}));
    assert.ok(asked(field([{ field: "kind", is: ["passport"] }]), { kind: "passport" }));
    assert.ok(!asked(field([{ field: "kind", is: ["passport"] }]), {}));
    assert.ok(!asked(field([{ field: "kind", "is not": ["passport"] }]), {}));
    assert.ok(asked(field([{ field: "kind", "is not": ["passport"] }]), { kind: "visa" }));
    assert.ok(asked(field([{ field: "wiped", is: ["yes"] }]), { wiped: true }));
    for (const [test, yes, no] of [
      ["at least", "10", "9.99"], ["not at least", "9.99", "10"], ["at most", "10.00", "10.01"], ["not at most", "10.01", "10"],
      ["over", "10.01", "10"], ["not over", "10", "10.01"], ["under", "9.99", "10"], ["not under", "10", "9.99"], ["exactly", "10.0", "10.1"], ["not exactly", "11", "10.00"],
    ]) {
      assert.ok(asked(field([{ field: "n", [test]: "10" }]), { n: yes }), `${yes} ${test} 10`);
      assert.ok(!asked(field([{ field: "n", [test]: "10" }]), { n: no }), `not ${no} ${test} 10`);
    }
  });

  test("what is asked is what the engine asks", () => {
    const policy = Policy.compile({ "shop.takeback": CONDITIONAL });
    const request = { at: "2026-03-01", sales: [{ id: "S", sold: "2026-02-20", lines: [{ id: "1", unit_price: "20.00" }], tenders: [{ id: "t", tender: "cash", amount: "20.00" }] }], returns: [{ id: "r", wants: "refund", proof: "receipt" }] };
    const forms = formsOf(policy.decide(request).paperwork);
    for (const given of [{}, { kind: "passport" }, { kind: "card" }, { kind: "card", issued: "DE" }, { kind: "passport", country: "SI" }, { kind: "none" }]) {
      const answers = answersOf(forms, { id: { ...given, country: given.country ?? "", issued: given.issued ?? "" } }, "c1");
      const completion = policy.complete(request, answers);
      const missing = completion.complete ? [] : completion.problems.map(({ field, code }) => `${field} ${code}`);
      const expected = forms[0].fields.filter((one) => asked(one, given) && one.needed === "required" && !given[one.field]).map((one) => `${one.field} missing`);
      assert.deepEqual(missing, expected, JSON.stringify(given));
    }
  });
});

const CONDITIONAL = `policy "Shop" version "1" {
  in force  from 2026-01-01 by date sold, otherwise date requested
  currency  USD
  time zone "America/New_York"
  choices {
    days counted from the day after
    rounding half up
    discounts shared in proportion
    tax returned in full
    split payments in proportion
    deadline met when told
    late returns final
    lines each by itself
  }
}
form id "ID" {
  kind    "Kind" one of passport, card, none, required
  country "Country" text, required when kind is passport
  issued  "Issued by" text, required when kind is not passport, none
}
clause everything "Thirty days" {
  accept refund
  start  sold
  window 30 days
  basis  price paid
  pay    original tender
  collect id
}
`;

describe("PINs", () => {
  const storage = () => {
    const kept = new Map();
    return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  };
  const manager = samplesOf("corner-shop").staff.find(({ role }) => role === "manager");

  test("the right one opens, and wrong ones count down to a lock that ends", async () => {
    const kept = storage();
    const at = { now: 1000, storage: kept };
    assert.deepEqual(await testPin(manager, "4711", at), { ok: true });
    for (let left = TRIES - 1; left > 0; left -= 1) assert.deepEqual(await testPin(manager, "0000", at), { ok: false, left });
    const until = 1000 + LOCKED_FOR;
    assert.deepEqual(await testPin(manager, "0000", at), { ok: false, until });
    assert.deepEqual(await testPin(manager, "4711", { now: until - 1, storage: kept }), { ok: false, until });
    assert.deepEqual(await testPin(manager, "4711", { now: until, storage: kept }), { ok: true });
  });

  test("a right one takes back the wrong ones before it", async () => {
    const at = { now: 1000, storage: storage() };
    await testPin(manager, "0000", at);
    await testPin(manager, "4711", at);
    assert.deepEqual(await testPin(manager, "0000", at), { ok: false, left: TRIES - 1 });
  });
});

describe("requests", () => {
  const till = samplesOf("corner-shop");
  const policy = compiled("corner-shop");
  const about = { till, at: till.shop.at, clerk: till.staff[0] };

  test("a visit becomes the request of the corner shop's example, and its answer", () => {
    const visit = newVisit();
    addSale(visit, "N-1042", "receipt");
    Object.assign(takeLine(visit, "N-1042", "1", { proof: "receipt" }), { wants: "refund", condition: "opened", reason: "changed mind" });
    const example = JSON.parse(readFileSync(join(ROOT, "policies/stores/corner-shop/request.json"), "utf8"));
    const [ours, theirs] = [requestOf(visit, about), example].map((request) => policy.decide(request));
    assert.equal(ours.balance.to_customer, "237.80");
    assert.deepEqual(ours.payouts, theirs.payouts);
  });

  test("an approval is for the case as it was", () => {
    const visit = newVisit();
    changeCase(visit, (now) => takeGoods(now, "STOVE-1"));
    visit.approvals.push({ clause: "everything", role: "manager" });
    changeCase(visit, (now) => void now);
    assert.equal(visit.approvals.length, 1);
    changeCase(visit, (now) => tell(now, { fact: "lowest_price", in: "90 days", line: "r1" }, "60.00"));
    assert.deepEqual(visit.approvals, []);
  });

  test("what is told again takes the place of what was told, and nothing takes it back", () => {
    const visit = newVisit();
    const question = { fact: "customer.member", line: null, sale: "N-0871", values: ["yes", "no"] };
    tell(visit, question, "yes");
    tell(visit, question, "no");
    assert.deepEqual(visit.told, [{ fact: "customer.member", line: null, sale: "N-0871", value: "no" }]);
    tell(visit, question, "");
    assert.deepEqual(visit.told, []);
  });

  test("whatever the engine asks has a place in the request, and is not asked again", () => {
    let answered = 0;
    for (const { id } of SHOPS) {
      const [shop, rules] = [samplesOf(id), compiled(id)];
      const cases = shop.sales.flatMap(({ sale }) => sale.lines.map((line) => (visit) => takeLine(visit, sale.id, line.id, { proof: "receipt" }) && addSale(visit, sale.id, "receipt")));
      const loose = shop.goods.map(({ sku }) => (visit) => takeGoods(visit, sku));
      for (const begin of [...cases, ...loose]) {
        for (const wants of [undefined, "refund", "store credit", "exchange", "repair"]) {
          for (const last of [0, -1]) {
            const visit = newVisit();
            begin(visit);
            if (wants) visit.lines[0].wants = wants;
            answered += answerAll(rules, visit, { till: shop, at: shop.shop.at, clerk: shop.staff[0] }, last);
          }
        }
      }
    }
    assert.ok(answered > 300, `${answered} questions`);
  });

  test("every fact that is a member of its own is put there", () => {
    const cases = {
      "manager on duty": [{}, "yes", (r) => r.on_duty, ["clerk", "manager"]],
      "visit.by": [{}, "recipient", (r) => r.by, "recipient"],
      "visit.state": [{}, "US-NH", (r) => r.store.state, "US-NH"],
      "sale.store": [{ sale: "N-1042" }, "7", (r) => r.sales[0].store.id, "7"],
      "sale.tax_exempt": [{ sale: "N-1042" }, "yes", (r) => r.sales[0].tax_exempt, true],
      "refund_to.tender": [{}, "cash", (r) => r.refund_to.tender, "cash"],
      "pay_with.balance": [{}, "3.00", (r) => r.pay_with.balance, "3.00"],
      "lowest_price": [{ line: "r1", in: "30 days" }, "9.00", (r) => r.returns[0].lowest_price["30 days"], "9.00"],
      "new.available": [{ line: "r1" }, "no", (r) => r.returns[0].new.available, false],
      "item.final_sale": [{ line: "r1" }, "yes", (r) => r.sales[0].lines[0].final_sale, true],
      "shipped": [{ sale: "N-1042", line: null }, "2026-03-02", (r) => r.sales[0].lines.map((line) => line.shipped), ["2026-03-02", "2026-03-02"]],
      "tender.major_logo": [{ sale: "N-1042" }, "yes", (r) => r.sales[0].tenders.map(({ facts }) => facts["tender.major_logo"]), ["yes", "yes"]],
      "tender.cleared": [{ sale: "N-1042", tender: "t2" }, "yes", (r) => r.sales[0].tenders.map(({ facts }) => facts?.["tender.cleared"]), [undefined, "yes"]],
      "customer.tier": [{ sale: "N-1042" }, "plus", (r) => r.sales[0].facts["customer.tier"], "plus"],
      "item.opened": [{ line: "r1" }, "no", (r) => r.returns[0].facts["item.opened"], "no"],
      "history.household": [{}, { returns: [] }, (r) => r.history.household, { returns: [] }],
    };
    const loose = {
      "sold": ["2026-03-02", ({ sale }) => sale.sold, "2026-03-02"],
      "sale.state": ["US-NH", ({ sale }) => sale.store.state, "US-NH"],
      "sale.seller": ["own", ({ sale }) => sale.seller, "own"],
      "sale.whole": ["no", ({ sale }) => sale.whole, false],
      "sale.total": ["12.00", ({ sale }) => sale.total, "12.00"],
      "customer.tier": ["plus", ({ sale }) => sale.facts["customer.tier"], "plus"],
    };
    for (const [fact, [value, found, expected]] of Object.entries(loose)) {
      const visit = newVisit();
      takeGoods(visit, about.till.goods[0].sku);
      const request = requestOf(visit, about);
      put(request, { fact, line: request.returns[0].id, of_unfound_sale: true }, value);
      assert.deepEqual(found(request.returns[0].item), expected, fact);
    }
    for (const [fact, [where, value, found, expected]] of Object.entries(cases)) {
      const visit = newVisit();
      addSale(visit, "N-1042", "receipt");
      takeLine(visit, "N-1042", "1");
      const request = requestOf(visit, about);
      put(request, { fact, line: null, ...where }, value);
      assert.deepEqual(found(request), expected, fact);
    }
  });
});

/** Answers everything that is asked, each time with the first or last value, until nothing is; how many that were. */
function answerAll(policy, visit, about, last) {
  for (let count = 0; count < 40; count += 1) {
    const request = requestOf(visit, about);
    const { ask, outcome } = policy.decide(request);
    const [question] = ask;
    assert.equal(outcome === "undetermined", question !== undefined);
    if (!question) return count;
    const value = question.values.at(last) ?? (question.fact.startsWith("history") ? { returns: [] } : /price|loss|cost/.test(question.fact) ? "1.00" : DAYS.test(question.fact) ? about.at.slice(0, 10) : "X1");
    tell(visit, question, value);
    const again = policy.decide(requestOf(visit, about)).ask;
    assert.ok(!again.some(({ fact, line, sale }) => fact === question.fact && line === question.line && sale === question.sale), `${question.fact} is asked again`);
  }
  assert.fail("no end of questions");
}

const DAYS = /sold|ordered|invoiced|shipped|received|installed|activated|_on$|until/;

describe("questions and the controls beside the goods", () => {
  test("a question is put in one place, where every answer to it can be chosen", () => {
    let [beside, above] = [0, 0];
    for (const { id } of SHOPS) {
      const [shop, rules] = [samplesOf(id), compiled(id)];
      const offered = { ...WORDS, ...shop.shop.words };
      const cases = [
        ...shop.sales.flatMap(({ sale }) => sale.lines.map((line) => (visit) => takeLine(visit, sale.id, line.id) && addSale(visit, sale.id, null))),
        ...shop.goods.map(({ sku }) => (visit) => takeGoods(visit, sku)),
      ];
      for (const begin of cases) {
        const visit = newVisit();
        begin(visit);
        const decision = rules.decide(requestOf(visit, { till: shop, at: shop.shop.at, clerk: shop.staff[0] }));
        const remedies = decision.lines[0].remedies.map(({ remedy }) => remedy);
        assert.equal(awaited({ decision }, visit).length, new Set(awaited({ decision }, visit)).size);
        for (const question of decision.ask) {
          const control = controlOf(question, visit);
          const choices = question.fact === "wants" ? remedies : offered[question.fact];
          if (control) assert.deepEqual(question.values.filter((value) => !choices.includes(value)), [], `${id}: ${question.fact}`);
          if (control) beside += 1;
          else above += 1;
        }
      }
    }
    assert.ok(beside > 20 && above > 5, `${beside} beside the goods, ${above} with the answer`);
  });
});

describe("sums and days in sentences", () => {
  test("in every language the engine's sentences and the till's own figures look alike", () => {
    const till = samplesOf("corner-shop");
    const visit = newVisit();
    addSale(visit, "N-1042", "receipt");
    Object.assign(takeLine(visit, "N-1042", "1", { proof: "receipt" }), { wants: "refund", condition: "opened", reason: "changed mind" });
    const asked = compiled("corner-shop").request(requestOf(visit, { till, at: till.shop.at, clerk: till.staff[0] }));
    for (const locale of LANGUAGES) {
      const { page } = asked.words({ locale });
      for (const figure of [money("237.80", "USD", locale), money("187.80", "USD", locale), day("2026-03-31", locale)]) assert.ok(page.includes(figure), `${locale}: ${figure} in ${page}`);
    }
  });

  test("times and lengths in words", () => {
    assert.equal(moment("2026-03-21T14:05:00-04:00", "de"), "21. März 2026, 14:05");
    assert.equal(moment("2026-03-21", "de"), "21. März 2026");
    assert.equal(lengthText("2 years", "de"), "2 Jahre");
    assert.equal(lengthText("1 day", "en"), "1 day");
    assert.equal(lengthText("14 days after told", "de"), "14 days after told");
  });

  test("rows of an amount have names for people", () => {
    const t = textsOf("en");
    assert.equal(amountLabel({ part: "goods" }, t), "Goods");
    assert.equal(amountLabel({ part: "fee", name: "restocking" }, t), "Restocking fee");
    assert.equal(amountLabel({ part: "fee", name: "label", title: "Return shipping" }, t), "Return shipping");
    assert.equal(amountLabel({ part: "tax", name: "ME" }, t), "Tax (ME)");
    assert.equal(amountLabel({ part: "deduction", name: "used_up" }, t), "Deduction (used up)");
    assert.equal(amountLabel({ part: "fee", name: "restocking" }, textsOf("de")), "Gebühr (Restocking)");
  });
});

describe("what outlives a reload", () => {
  const forms = [
    { form: "id", line: null, fields: [{ field: "name" }, { field: "number", kept: { how: "as hash for", length: "1 year" } }, { field: "face", kept: { how: "never" } }, { field: "phone", kept: { how: "for", length: "2 years" } }] },
    { form: "goods", line: "r1", fields: [{ field: "seen" }] },
  ];
  const filled = { id: { name: "Jo", number: "X1", face: { ref: "p" }, phone: "5" }, "goods r1": { seen: "yes" }, gone: { secret: "S" } };

  test("answers that may stand as they are, and the names of the others", () => {
    const { paper, again } = storable(forms, filled);
    assert.deepEqual(paper, { id: { name: "Jo", phone: "5" }, "goods r1": { seen: "yes" } });
    assert.deepEqual(again.map(({ field }) => field), ["number", "face"]);
  });

  test("a store that is full or broken is told of, and no reason to stop", () => {
    const full = { setItem: () => { throw new Error("full"); }, getItem: () => "{" };
    assert.equal(keep({ paper: {} }, [], full), false);
    assert.equal(kept(full), undefined);
    assert.equal(kept({ getItem: () => null }), undefined);
  });
});

test("forms and fields that come and go with the case", () => {
  const field = (form, name) => ({ form, line: null, field: name });
  const answer = (...fields) => ({ decision: { paperwork: fields }, script: { paperwork: fields.map(({ form, field: name }) => ({ form: `Form ${form}`, title: `Field ${name}` })) } });
  const [before, after] = [answer(field("a", "x"), field("a", "y"), field("b", "z")), answer(field("a", "x"), field("c", "w"))];
  assert.deepEqual(formsChanged(before, after), { come: ["Form c"], gone: ["Field y", "Form b"] });
  assert.deepEqual(formsChanged(before, before), { come: [], gone: [] });
  assert.deepEqual(formsChanged(before, {}), { come: [], gone: ["Form a", "Form b"] });
});

describe("what is left for the next visit", () => {
  test("units that come back one by one bring what they bring together, to the cent and to each tender", () => {
    const till = samplesOf("corner-shop");
    const policy = compiled("corner-shop");
    const bring = (quantity, earlier) => {
      const visit = newVisit();
      addSale(visit, "N-1101", "receipt");
      Object.assign(takeLine(visit, "N-1101", "1", { proof: "receipt" }), { quantity, wants: "refund", condition: "sealed", reason: "changed mind" });
      const request = requestOf(visit, { till, at: till.shop.at, clerk: till.staff[0], earlier });
      return { request, decision: policy.decide(request) };
    };
    const whole = bring(3, {}).decision.balance.to_customer;
    assert.equal(whole, "37.98"); // three for two: 36.00, and its tax of 1.98
    const earlier = { "N-1101": [] };
    let sum = "0";
    for (let unit = 1; unit <= 3; unit += 1) {
      const { request, decision } = bring(1, earlier);
      sum = add(sum, decision.balance.to_customer);
      earlier["N-1101"].push(earlierOf(request, decision)["N-1101"]);
    }
    assert.equal(sum, whole);
    assert.ok(bring(1, earlier).decision.reasons.some(({ key }) => key === "more returned than bought"));
  });

  test("nothing is left of what was declined", () => {
    const till = samplesOf("corner-shop");
    const visit = newVisit();
    addSale(visit, "N-0988", "receipt");
    Object.assign(takeLine(visit, "N-0988", "1"), { wants: "refund", condition: "used", reason: "changed mind", proof: "receipt" });
    const request = requestOf(visit, { till, at: till.shop.at, clerk: till.staff[0] });
    assert.deepEqual(earlierOf(request, compiled("corner-shop").decide(request)), {});
  });
});

describe("samples", () => {
  for (const { id, name } of SHOPS) {
    const till = samplesOf(id);

    test(`${id}: every barcode is right, and belongs to one thing`, () => {
      assert.equal(till.shop.name, name);
      const codes = [...till.goods.map(({ gtin }) => gtin), ...till.sales.flatMap(({ receipt, gift_receipt: gift }) => [receipt, gift].filter(Boolean))];
      for (const code of codes) assert.ok(checks(code), code);
      assert.equal(new Set(codes).size, codes.length);
    });

    test(`${id}: every sale adds up`, () => {
      for (const { sale } of till.sales) {
        let due = sale.shipping?.paid ?? "0";
        for (const line of sale.lines) {
          due = add(due, times(line.unit_price, line.quantity));
          for (const tax of line.taxes ?? []) if (!tax.included) due = add(due, tax.amount);
        }
        for (const { amount } of sale.promotions ?? []) due = add(due, `-${amount}`);
        const paid = sale.tenders.reduce((sum, { amount }) => add(sum, amount), "0");
        assert.equal(compare(due, paid), 0, `${sale.id}: ${due}, paid ${paid}`);
      }
    });
  }

  test("sales are found by what people know of them", () => {
    const till = samplesOf("corner-shop");
    const found = (text) => findSales(till, text).map(({ sale }) => sale.id);
    assert.deepEqual(found("1881"), ["N-1042"]);
    assert.deepEqual(found("robin"), ["N-1077"]);
    assert.deepEqual(found("watch 2026-03-16"), ["N-1090"]);
    assert.deepEqual(found("nothing of the kind"), []);
    assert.equal(found("").length, till.sales.length);
  });
});

describe("the page as files", () => {
  const folder = join(ROOT, "playground/till");

  test("the service worker keeps every file of the page", () => {
    const listed = [...readFileSync(join(folder, "sw.js"), "utf8").matchAll(/^ {2}"(.+)",$/gm)].map(([, name]) => name);
    const there = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath ?? one.path, one.name).slice(folder.length + 1))
      .filter((name) => !/^(test|policies)\/|\.md$|^(sw|serve)\.js$/.test(name));
    assert.deepEqual(listed.filter((name) => !/^\.\./.test(name) && name !== "./").sort(), there.sort());
  });

  test("its documents name files that are there", () => {
    for (const name of ["README.md", "samples/README.md"]) {
      const at = join(folder, name);
      for (const [, target] of readFileSync(at, "utf8").matchAll(/\]\(([^)#]+)/g)) assert.ok(existsSync(join(dirname(at), target)), `${name}: ${target}`);
    }
  });

  test("it fetches nothing from anywhere else", () => {
    for (const name of readdirSync(folder, { recursive: true })) {
      if (!/\.(js|css|html|json|webmanifest)$/.test(name) || name.startsWith("test")) continue;
      const addresses = readFileSync(join(folder, name), "utf8").match(/https?:\/\/[^\s"']+/g) ?? [];
      assert.deepEqual(addresses.filter((address) => !address.startsWith("http://www.w3.org/")), [], name);
    }
  });

  test("the words that the till offers are those of the schema", () => {
    const schema = readFileSync(join(ROOT, "schemas/request.schema.json"), "utf8");
    for (const [kind, words] of Object.entries(WORDS)) {
      for (const word of words) assert.ok(schema.includes(JSON.stringify(word)), `${kind} ${word}`);
      for (const word of words) assert.ok(`${kind}.${word}` in en, `${kind}.${word} has no name`);
    }
  });

  test("the till speaks every language of the engine", () => {
    assert.deepEqual(LANGUAGES, compiled("target").languages);
  });

  const files = readdirSync(join(ROOT, "playground/till/js/texts")).filter((name) => name !== "en.js");
  assert.deepEqual(files.map((name) => name.split(".")[0]), LANGUAGES.filter((lang) => lang !== "en"));
  for (const name of files) {
    test(`the texts in ${name} are whole`, async () => {
      const { default: texts } = await import(`../js/texts/${name}`);
      assert.deepEqual(Object.keys(en).filter((key) => !(key in texts)), []);
      assert.deepEqual(Object.keys(texts).filter((key) => !(key in en) && !key.startsWith("problem.")), []);
      const blanks = (text) => (text.match(/\{\w+\}/g) ?? []).sort();
      for (const key of Object.keys(en)) assert.deepEqual(blanks(texts[key]), blanks(en[key]), key);
    });
  }

  test("a language of a country is the language", () => {
    assert.equal(textsOf("sl-SI").lang, "sl");
    assert.equal(textsOf("sl-SI")("back"), "Nazaj");
    assert.equal(textsOf("xx")("back"), "Back");
  });
});

describe("the number in bars", () => {
  test("a decoder reads it, and what it cannot hold is refused", () => {
    for (const text of ["R0412-20260301-0001", "0", " ~", "Az{|}"]) {
      // A row of pixels, three to the thinnest bar, dark first, between light.
      const row = widths(text).flatMap((width, at) => Array(width * 3).fill(at % 2 === 0));
      const bits = new zxing.BitArray(row.length + 60);
      row.forEach((dark, at) => dark && bits.set(at + 30));
      assert.equal(new zxing.Code128Reader().decodeRow(0, bits, null).getText(), text);
    }
    assert.throws(() => widths("Größe"), RangeError);
  });
});
