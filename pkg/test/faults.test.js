// What nobody should hand over: every error is one of the package's, and the next call works.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { runInNewContext } from "node:vm";

import { AnswersError, check, explain, Policy, PolicyError, RequestError } from "takeback";
import { native, steps } from "./native.js";

const CASE = "1c-activatable.json";
const { files, steps: [{ decision: expected }] } = native.cases[CASE];
const [{ request }] = steps(CASE);
const text = JSON.stringify(request);
const policy = Policy.compile(files);

afterEach(() => assert.equal(policy.decideJson(text), expected, "the engine answers as before"));

function changed(change) {
  const copy = structuredClone(request);
  return change(copy) ?? copy;
}

/** What was thrown for a request: `kind path`. */
function refusal(request) {
  try {
    policy.decide(request);
  } catch (error) {
    assert.ok(error instanceof RequestError, `${error}`);
    assert.match(error.message, /./);
    return `${error.kind} ${error.path}`;
  }
  assert.fail("it was decided");
}

/** Lists inside lists. */
function deep(levels) {
  let list = [];
  for (let level = 1; level < levels; level += 1) list = [list];
  return list;
}

const HOSTILE = {
  "a number that is none": [() => changed((r) => void (r.returns[0].quantity = NaN)), "type /returns/0/quantity"],
  "a boxed number that is none": [() => changed((r) => void (r.returns[0].quantity = Object(-Infinity))), "type /returns/0/quantity"],
  "a day that is none": [() => changed((r) => void (r.at = new Date(NaN))), "type /at"],
  "a big integer": [() => changed((r) => void (r.returns[0].quantity = 1n)), "type /returns/0/quantity"],
  "a boxed big integer": [() => changed((r) => void (r.returns[0].quantity = Object(1n))), "type /returns/0/quantity"],
  "a request inside itself": [() => changed((r) => void (r.returns[0].more = { "a/b~": r })), "json /returns/0/more/a~1b~0"],
  "a getter that throws": [
    () => changed((r) => void Object.defineProperty(r.sales[0], "sold", { enumerable: true, get: () => { throw new Error("not now"); } })),
    "json /sales/0/sold",
  ],
  "a getter that throws what has no words": [
    () => changed((r) => void Object.defineProperty(r, "at", { enumerable: true, get: () => { throw { toString: null, get message() { throw 3; } }; } })),
    "json /at",
  ],
  "a toJSON that throws": [() => changed((r) => void (r.returns[0].toJSON = () => { throw undefined; })), "json /returns/0"],
  "a toJSON that gives nothing": [() => changed((r) => void (r.returns[0].toJSON = () => {})), "type /returns/0"],
  "a toJSON that gives a number": [() => changed((r) => void (r.sales[0].toJSON = () => 3)), "type /sales/0"],
  "a proxy that lets nobody in": [
    () => changed((r) => void (r.sales = new Proxy([], { get() { throw new TypeError("closed"); }, ownKeys() { throw new TypeError("closed"); } }))),
    "json /sales",
  ],
  "a proxy that was revoked": [
    () => changed((r) => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      r.sales[0] = proxy;
      revoke();
    }),
    "json /sales/0",
  ],
  "a list with holes": [() => changed((r) => void (r.returns.length = 3)), "type /returns/1"],
  "a symbol in a list": [() => changed((r) => void r.returns.push(Symbol("r2"))), "type /returns/1"],
  "a map": [() => changed((r) => void (r.sales = new Map([[0, r.sales[0]]]))), "type /sales"],
  "lists a thousand deep": [() => changed((r) => void (r.sales = deep(1000))), "limit "],
  "lists a hundred thousand deep": [() => deep(100_000), "limit "],
  "text with lists a hundred thousand deep": [() => "[".repeat(100_000), null],
  "half of a character": [() => changed((r) => void (r.returns[0].id = "\ud800")), null],
  "text with half of a character": [() => text.replace('"id":"', '"id":"\udfff'), "json "],
  "a member by the name of the prototype": [() => text.replace("{", '{"__proto__":{"at":"1999-01-01"},'), "member /__proto__"],
  "text of seventy million characters": [() => " ".repeat(70_000_000) + text, "limit "],
  "an id of seventy million characters": [() => changed((r) => void (r.returns[0].id = "x".repeat(70_000_000))), "limit "],
  "an id of forty million characters of two bytes": [() => changed((r) => void (r.returns[0].id = "é".repeat(40_000_000))), "limit "],
  "nothing": [() => undefined, null],
  "a function": [() => () => request, null],
  "a symbol": [() => Symbol.iterator, null],
};

for (const [name, [make, refused]] of Object.entries(HOSTILE)) {
  test(`no request: ${name}`, () => {
    const found = refusal(make());
    if (refused !== null) assert.equal(found, refused);
  });
}

test("whatever is asked about a request, it is refused alike", () => {
  const wrong = changed((r) => void (r.returns[0].quantity = NaN));
  for (const ask of [policy.decide, policy.decideJson, policy.request, policy.whatWouldChange, policy.trace, policy.words]) {
    assert.throws(() => ask.call(policy, wrong), (error) => error instanceof RequestError && error.path === "/returns/0/quantity");
  }
  for (const ask of [policy.complete, policy.completeJson, policy.audit]) assert.throws(() => ask.call(policy, wrong, {}), RequestError);
});

test("what others have put into prototypes changes nothing", () => {
  const polluted = { at: "1999-01-01", diagnostics: [], of: "locale", key: "no key", locale: "xx", kind: "json", path: "/at", returns: [], cause: 3 };
  Object.assign(Object.prototype, polluted);
  try {
    assert.equal(policy.decideJson(request), expected);
    assert.equal(refusal(changed((r) => void (r.returns[0].wants = "a pony"))), "word /returns/0/wants");
    assert.throws(() => Policy.compile({ "shop.takeback": "clause" }), PolicyError);
    assert.throws(() => Policy.compile(3), TypeError);
  } finally {
    for (const name of Object.keys(polluted)) delete Object.prototype[name];
  }
});

test("a request without a prototype, frozen, behind an honest proxy or of another realm is a request", () => {
  const bare = JSON.parse(text, (_, value) => (typeof value === "object" && value && !Array.isArray(value) ? Object.assign(Object.create(null), value) : value));
  for (const same of [bare, Object.freeze(structuredClone(request)), new Proxy(request, {}), runInNewContext(`(${text})`)]) {
    assert.equal(policy.decideJson(same), expected);
  }
});

test("answers, records, keys, files and names that are none throw an error of the package", () => {
  const inside = {};
  inside.inside = inside;
  for (const wrong of [inside, { forms: 1n }, { forms: NaN }, Symbol("x"), "\ud800", "[".repeat(100_000), " ".repeat(70_000_000)]) {
    assert.throws(() => policy.complete(request, wrong), AnswersError);
    assert.throws(() => policy.audit(request, wrong), AnswersError);
    assert.throws(() => Policy.compile(wrong), TypeError);
    assert.throws(() => check(wrong), TypeError);
  }
  for (const wrong of [3, {}, Symbol("x"), [], null]) {
    if (wrong !== null) assert.throws(() => policy.complete(request, {}, { key: wrong }), TypeError);
    assert.throws(() => policy.words(request, { locale: wrong }), TypeError);
    assert.throws(() => policy.messages(wrong), TypeError);
    assert.throws(() => explain(wrong), TypeError);
  }
  assert.throws(() => Policy.compile({ "shop.takeback": "{".repeat(1_000_000) }), PolicyError);
  assert.throws(() => Policy.compile({ "shop.takeback": "x".repeat(60_000_000) }), PolicyError);
});
