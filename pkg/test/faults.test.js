// What nobody should hand over: every error is one of the package's, and the next call works.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { runInNewContext } from "node:vm";

import { AnswersError, ArgumentError, BundleError, check, explain, LanguageError, Policy, PolicyError, RequestError } from "takeback";
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

/** What was thrown for a request: `kind path`. Of a text of any length it quotes little. */
function refusal(request) {
  try {
    policy.decide(request);
  } catch (error) {
    assert.ok(error instanceof RequestError, `${error}`);
    assert.match(error.message, /./);
    assert.ok(error.message.length < 1000 && error.path.length < 500, `${error.message.length} characters`);
    return `${error.kind} ${error.path}`;
  }
  assert.fail("it was decided");
}

/** An object with such a member, read from it each time. */
function told(object, name, get) {
  Object.defineProperty(object, name, { enumerable: true, get });
}

/** An object in which there is always more. */
function endless() {
  const get = (_, name) => (typeof name === "string" && name !== "toJSON" ? endless() : undefined);
  return new Proxy({}, { get, ownKeys: () => ["a", "b"], getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: 1 }) });
}

/** The same list twice in a list, and so on: as text it would have more characters than there is memory for. */
function doubled(times, inside) {
  return times === 0 ? inside : doubled(times - 1, [inside, inside]);
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
  "a toJSON that throws": [() => changed((r) => void (r.returns[0].toJSON = () => { throw undefined; })), "type /returns/0"],
  "a toJSON that gives something else each time": [
    () => {
      let times = 0;
      return changed((r) => void (r.returns[0].toJSON = () => ((times += 1) % 2 ? { ...request.returns[0] } : {})));
    },
    "type /returns/0",
  ],
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
  "a set": [() => changed((r) => void (r.on_duty = new Set(["manager"]))), "type /on_duty"],
  "a function": [() => changed((r) => void (r.channel = () => "store")), "type /channel"],
  "a symbol": [() => changed((r) => void (r.channel = Symbol("store"))), "type /channel"],
  "undefined in a list": [() => changed((r) => void r.returns.push(undefined)), "type /returns/1"],
  "a moment that may be a day": [() => changed((r) => void (r.at = new Date())), "type /at"],
  "a date of another realm": [() => changed((r) => void (r.at = runInNewContext("new Date()"))), "type /at"],
  "bytes": [() => changed((r) => void (r.returns[0].serials = new Uint8Array(2))), "type /returns/0/serials"],
  "a boxed text": [() => changed((r) => void (r.returns[0].id = new String("r1"))), "type /returns/0/id"],
  "a promise": [() => Promise.resolve(request), "type "],
  "an object of a class, which has members that JSON does not see": [
    () => changed((r) => void (r.sales[0] = new (class Sale { id = "S1"; get sold() { return "2026-01-01"; } })())),
    "type /sales/0",
  ],
  "members of a prototype": [() => Object.create(request), "type "],
  "more digits than a number keeps": [() => changed((r) => void (r.returns[0].quantity = 2 ** 53)), "type /returns/0/quantity"],
  "objects without end": [() => changed((r) => void (r.sales = endless())), "limit "],
  "a list without end": [
    () => changed((r) => void (r.on_duty = new Proxy([], { get: (_, name) => ({ length: Infinity, toJSON: undefined })[name] ?? (name === "toJSON" ? undefined : "x".repeat(10_000)) }))),
    "limit ",
  ],
  "a list of four thousand million": [() => changed((r) => void (r.sales = new Array(4e9))), "type /sales/0"],
  "lists that are short and would be long": [() => changed((r) => void (r.sales = doubled(60, ["x".repeat(1000)]))), "limit "],
  "objects inside each other as often as that": [() => changed((r) => void (r.sales = doubled(60, {}))), "limit "],
  "a getter that gives something else each time": [
    () => {
      let times = 0;
      return changed((r) => told(r, "channel", () => ((times += 1) % 2 ? "store" : 1n)));
    },
    "json ",
  ],
  "a getter that asks the engine": [
    () => changed((r) => told(r.sales[0], "sold", () => (refusal({ at: { a: [NaN] } }), NaN))),
    "type /sales/0/sold",
  ],
  "a name of ten million characters": [() => changed((r) => void (r["x".repeat(1e7)] = 1)), `member /${"x".repeat(100)}…`],
  "a name of ten million characters, and in it a number that is none": [
    () => changed((r) => void (r.facts = { ["x".repeat(1e7)]: { ["y".repeat(1e7)]: NaN } })),
    `type /facts/${"x".repeat(100)}…/${"y".repeat(100)}…`,
  ],
  "a name whose hundredth character is cut in half": [() => changed((r) => void (r[`${"x".repeat(99)}𝄞`] = NaN)), `type /${"x".repeat(99)}\ufffd…`],
  "a word of ten million characters": [() => changed((r) => void (r.returns[0].wants = "x".repeat(1e7))), "word /returns/0/wants"],
  "a day of ten million characters": [() => changed((r) => void (r.at = "2".repeat(1e7))), "type /at"],
  "an id of ten million characters that stands twice": [
    () => changed((r) => void r.returns.push(...[1, 2].map(() => ({ ...r.returns[0], id: "x".repeat(1e7) })))),
    "duplicate /returns/2/id",
  ],
  "a big integer of ten thousand digits": [() => changed((r) => void (r.returns[0].quantity = 10n ** 10_000n)), "type /returns/0/quantity"],
  "a class with a name of ten million characters": [() => new (Object.defineProperty(class {}, "name", { value: "x".repeat(1e7) }))(), "type "],
  "text after a byte order mark": [() => `\ufeff${text}`, "json "],
  "text with a member twice": [() => text.replace("{", '{"at":"1999-01-01",'), "member /at"],
  "text with a number out of range": [() => text.replace("{", '{"labels":1e400,'), "json "],
  "lists a thousand deep": [() => changed((r) => void (r.sales = deep(1000))), "limit "],
  "lists a hundred thousand deep": [() => deep(100_000), "limit "],
  "text with lists a hundred thousand deep": [() => "[".repeat(100_000), null],
  "half of a character": [() => changed((r) => void (r.returns[0].id = "a\ud800")), "json /returns/0/id"],
  "half of a character in a name": [() => changed((r) => void (r.returns[0]["a\ud800"] = 1)), "json /returns/0/a\ufffd"],
  "text with half of a character, written as JSON does": [() => text.replace('"id":"', '"id":"\\ud800'), "json "],
  "text with half of a character": [() => text.replace('"id":"', '"id":"\udfff'), "json "],
  "a member by the name of the prototype": [() => text.replace("{", '{"__proto__":{"at":"1999-01-01"},'), "member /__proto__"],
  "text of seventy million characters": [() => " ".repeat(70_000_000) + text, "limit "],
  "an id of seventy million characters": [() => changed((r) => void (r.returns[0].id = "x".repeat(70_000_000))), "limit "],
  "an id of forty million characters of two bytes": [() => changed((r) => void (r.returns[0].id = "é".repeat(40_000_000))), "limit "],
  "nothing": [() => undefined, "type "],
  "a function that would give one": [() => () => request, "type "],
  "a symbol of the language": [() => Symbol.iterator, "type "],
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

/** What others may have put into a prototype: what descriptors, options, troubles and the lists of this package have as members. */
const NAMES = [
  ...["get", "set", "value", "writable", "enumerable", "configurable", "0", "1", "2", "3", "module", "module_or_path", "bytes", "address", "cause", "kind", "path", "message"],
  ...["of", "known", "bundle", "argument", "diagnostics", "key", "keys", "zones", "locale", "name", "text", "file", "start", "state", "at", "returns", "sales", "written"],
];
const AS = {
  "a function": { value: () => 3, writable: true },
  "a text": { value: "1999-01-01", writable: true },
  "something that cannot be written": { value: 1, writable: false },
  "an accessor that throws": { get: () => 5, set: () => { throw new Error("nobody writes here"); } },
};

for (const [what, prototype] of Object.entries({ Object: Object.prototype, Array: Array.prototype, Function: Function.prototype, String: String.prototype, Error: Error.prototype })) {
  for (const [how, descriptor] of Object.entries(AS)) {
    test(`what others have put into the prototype of ${what} changes nothing: ${how}`, () => {
      const bundle = policy.toBundle();
      const asked = changed(() => {});
      for (const name of NAMES.filter((name) => !Object.hasOwn(prototype, name))) {
        let found;
        Object.defineProperty(prototype, name, { __proto__: null, configurable: true, enumerable: true, ...descriptor });
        try {
          found = answers(bundle, asked);
        } finally {
          delete prototype[name];
        }
        assert.deepEqual(found, [expected, expected, "accept", "type /at", "word /returns/0/wants", "zz", "answers /forms/0", "truncated", "PolicyError", "bundle", "options"], name);
      }
    });
  }
}

/** What comes of calls of every kind, in an order that the test above knows. */
function answers(bundle, request) {
  const thrown = (ask, tell) => {
    try {
      ask();
    } catch (error) {
      return Object.hasOwn(error, "cause") ? `it has a cause: ${error}` : tell(error);
    }
  };
  const loaded = Policy.load(bundle);
  const visit = policy.request(request);
  const found = [
    policy.decideJson(request),
    visit.decideJson(),
    loaded.decide(request).outcome,
    thrown(() => policy.decide({ at: 3 }), (error) => error instanceof RequestError && `${error.kind} ${error.path}`),
    thrown(() => policy.decide({ ...request, returns: [{ ...request.returns[0], wants: "a pony" }] }), (error) => error instanceof RequestError && `${error.kind} ${error.path}`),
    thrown(() => policy.words(request, { locale: "zz" }), (error) => error instanceof LanguageError && error.known.length > 1 && "zz"),
    thrown(() => policy.complete(request, { forms: [3] }), (error) => error instanceof AnswersError && `${error.of} ${error.path}`),
    thrown(() => Policy.load(bundle.subarray(0, 99)), (error) => error instanceof BundleError && error.kind),
    thrown(() => Policy.compile({ "shop.takeback": "clause" }), (error) => error instanceof PolicyError && error.diagnostics.length > 0 && error.name),
    thrown(() => Policy.load(3), (error) => error instanceof ArgumentError && error.kind),
    thrown(() => policy.words(request, null), (error) => error instanceof ArgumentError && error.kind),
  ];
  assert.equal(policy.complete(request, {}).record?.key, undefined, "a key that nobody gave makes no hash");
  policy.words(request);
  loaded.free();
  visit.free();
  return found;
}

test("a toJSON that others have put into prototypes writes nothing else", () => {
  for (const [prototype, place] of [[Object.prototype, ""], [Array.prototype, "/sales"]]) {
    prototype.toJSON = () => 3;
    let found;
    try {
      found = [refusal(request), policy.decideJson(text)];
    } finally {
      delete prototype.toJSON;
    }
    assert.deepEqual(found, [`type ${place}`, expected]);
  }
});

test("a request without a prototype, frozen, behind an honest proxy or of another realm is a request", () => {
  const bare = JSON.parse(text, (_, value) => (typeof value === "object" && value && !Array.isArray(value) ? Object.assign(Object.create(null), value) : value));
  for (const same of [bare, Object.freeze(structuredClone(request)), new Proxy(request, {}), runInNewContext(`(${text})`)]) {
    assert.equal(policy.decideJson(same), expected);
  }
});

test("symbols as names and members that are undefined are left out, as JSON does it", () => {
  assert.equal(policy.decideJson(changed((r) => void Object.assign(r, { [Symbol("more")]: 1, told: undefined }))), expected);
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
