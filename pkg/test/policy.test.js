import assert from "node:assert/strict";
import test from "node:test";

import { AnswersError, BundleError, check, CurrentPolicy, EngineError, explain, LanguageError, Policy, PolicyError, Request, RequestError } from "takeback";
import { native, steps } from "./native.js";

const CASE = "5-void.json";
const { files } = native.cases[CASE];
const [{ request }] = steps(CASE);
const policy = Policy.compile(files);

/** The request with something else in it. */
function changed(change) {
  const copy = structuredClone(request);
  change(copy);
  return copy;
}

function thrown(act) {
  try {
    act();
  } catch (error) {
    return error;
  }
  assert.fail("nothing was thrown");
}

test("files are an object or a list", () => {
  const object = Object.fromEntries(files.map(({ name, text }) => [name, text]));
  assert.deepEqual(Policy.compile(object).decide(request), policy.decide(request));
  assert.deepEqual(check(object), []);
});

test("what are no files is a TypeError", () => {
  for (const wrong of [undefined, null, 3, 'policy "x"', [{ name: "a" }], { a: 3 }, [files[0], files[0]]]) {
    assert.throws(() => Policy.compile(wrong), TypeError);
    assert.throws(() => check(wrong), TypeError);
  }
});

test("a policy tells its name and versions", () => {
  assert.equal(typeof policy.name, "string");
  assert.ok(policy.versions.length > 0);
  assert.deepEqual(policy.warnings, []);
});

test("a policy with mistakes throws them all, each with its place", () => {
  const error = thrown(() => Policy.compile({ "shop.takeback": "clause 𝄞 {\nwindow thirty days\n}\n" }));
  assert.ok(error instanceof PolicyError && error instanceof Error);
  assert.equal(error.name, "PolicyError");
  assert.ok(error.diagnostics.length > 1);
  for (const { code, severity, file, start } of error.diagnostics) {
    assert.match(code, /^T\d{4}$/);
    assert.equal(file, "shop.takeback");
    assert.ok(start.line >= 1 && start.column >= 1);
    if (severity === "error") assert.match(error.message, new RegExp(`shop.takeback:${start.line}:${start.column}: error\\[${code}\\]`));
  }
});

test("a request with a mistake throws, with the kind and the place", () => {
  const wrong = {
    "/sales/0/lines/1/unit_price type": (r) => (r.sales[0].lines[1].unit_price = 12.5),
    "/returns/0/quantity type": (r) => (r.returns[0].quantity = NaN),
    "/sales/0/tenders/0/amount type": (r) => (r.sales[0].tenders[0].amount = -Infinity),
    "/returns/0/wants word": (r) => (r.returns[0].wants = "a pony"),
    "/sales/0/currency currency": (r) => (r.sales[0].currency = "XTS"),
  };
  for (const [place, change] of Object.entries(wrong)) {
    const error = thrown(() => policy.decide(changed(change)));
    assert.ok(error instanceof RequestError && error instanceof Error);
    assert.equal(`${error.path} ${error.kind}`, place);
    assert.ok(error.message.startsWith(`${error.path}: `), error.message);
  }
});

test("what is no request throws too", () => {
  for (const wrong of ["", "{", "[]", undefined, null, 3, {}, [], () => {}, Symbol("x")]) {
    assert.throws(() => policy.decide(wrong), RequestError);
  }
  assert.equal(thrown(() => policy.decideJson("{")).kind, "json");
  // Half a character, which UTF-8 cannot hold.
  assert.throws(() => policy.decide(changed((r) => (r.returns[0].id = "\ud800"))), RequestError);
});

test("a member that is undefined is left out", () => {
  assert.deepEqual(policy.decide(changed((r) => (r.store = undefined))), policy.decide(request));
});

test("texts of every script cross unharmed", () => {
  const id = 'é 𝄞 日本 "\\ \u0001 \u2028';
  assert.equal(policy.decide(changed((r) => (r.returns[0].id = id))).lines[0].line, id);
});

test("money is text", () => {
  const { balance } = policy.decide(request);
  assert.equal(balance.to_customer, "0.00");
});

test("codes and reasons are explained", () => {
  assert.match(explain("T0301"), /^# T0301: /);
  assert.match(explain("not offered"), /\w/);
  assert.equal(explain("T9999"), undefined);
});

function freed(error) {
  return error instanceof EngineError && error.kind === "freed";
}

test("after free a policy says so, and a second free does nothing", () => {
  const policy = Policy.compile(files);
  policy.free();
  policy.free();
  assert.throws(() => policy.decide(request), freed);
});

test("`using` frees a policy", { skip: !Symbol.dispose }, () => {
  const policy = Policy.compile(files);
  policy[Symbol.dispose]();
  assert.throws(() => policy.decide(request), freed);
});

test("only the engine makes policies and requests", () => {
  for (const made of [Policy, Request]) assert.throws(() => new made(files), TypeError);
});

test("a request that was read answers as its text does, as often as it is asked", () => {
  const visit = policy.request(request);
  assert.ok(visit instanceof Request && visit.isOf(policy));
  const answers = { forms: [] };
  const { record } = visit.complete(answers);
  assert.ok(record);
  for (let time = 0; time < 2; time += 1) {
    assert.equal(visit.decideJson(), policy.decideJson(JSON.stringify(request)));
    assert.deepEqual(visit.decide(), policy.decide(request));
    assert.deepEqual(visit.complete(answers), policy.complete(request, answers));
    assert.equal(visit.completeJson(answers), policy.completeJson(request, answers));
    assert.deepEqual(visit.audit(record), policy.audit(request, record));
    assert.deepEqual(visit.whatWouldChange(), policy.whatWouldChange(request));
    assert.deepEqual(visit.trace(), policy.trace(request));
    assert.deepEqual(visit.words({ locale: "sl" }), policy.words(request, { locale: "sl" }));
  }
  assert.throws(() => visit.words({ locale: "pl" }), LanguageError);
  assert.throws(() => visit.complete({ forms: [3] }), AnswersError);
  visit.free();
});

test("a policy takes a request that it has read in place of the object", () => {
  const visit = policy.request(JSON.stringify(request));
  assert.equal(policy.decideJson(visit), visit.decideJson());
  assert.deepEqual(policy.decide(visit), visit.decide());
  assert.deepEqual(policy.complete(visit, {}), visit.complete({}));
  assert.deepEqual(policy.whatWouldChange(visit), visit.whatWouldChange());
  assert.deepEqual(policy.trace(visit), visit.trace());
  assert.deepEqual(policy.words(visit), visit.words());
  assert.throws(() => Policy.compile(files).decide(visit), TypeError);
  assert.throws(() => Policy.compile(files).trace(visit), TypeError);
  visit.free();
});

test("a request stays what it was when it was read, and outlives the handle of its policy", () => {
  const other = Policy.compile(files);
  const object = structuredClone(request);
  const visit = other.request(object);
  const before = visit.decideJson();
  object.returns = [];
  other.free();
  assert.equal(visit.decideJson(), before);
  visit.free();
  visit.free();
  assert.throws(() => visit.decide(), freed);
  assert.throws(() => policy.decide(visit), TypeError);
});

test("an error is told to logs and other threads with all that it has", () => {
  const error = thrown(() => policy.request(changed((r) => (r.returns[0].wants = "a pony"))));
  const { name, kind, path, message } = error;
  assert.deepEqual(JSON.parse(JSON.stringify(error)), { name, kind, path, message });
});

test("what cannot be read throws when the request is read", () => {
  assert.equal(thrown(() => policy.request(changed((r) => (r.returns[0].wants = "a pony")))).path, "/returns/0/wants");
});

test("the last good policy stays in force when another is refused", () => {
  const good = Object.fromEntries(files.map(({ name, text }) => [name, text]));
  const till = new CurrentPolicy(good);
  const first = till.policy;
  const visit = first.request(request);
  const before = visit.decideJson();
  assert.equal(till.refused, undefined);

  const error = thrown(() => till.replace({ "shop.takeback": "clause" }));
  assert.ok(error instanceof PolicyError);
  assert.equal(till.refused, error);
  assert.equal(till.policy, first);
  assert.equal(till.policy.decideJson(request), before);
  assert.ok(thrown(() => till.replace(3)) instanceof TypeError);

  const next = till.replace(native.cases["1b-plus.json"].files);
  assert.equal(till.policy, next);
  assert.equal(till.refused, undefined);
  assert.notEqual(next.name, first.name);
  assert.throws(() => first.decide(request), (error) => freed(error) && /another took its place: ask `CurrentPolicy`/.test(error.message));
  assert.throws(() => first.decide(visit), freed);
  assert.equal(visit.decideJson(), before);

  // Whoever asked before may have freed it.
  till.policy.free();
  assert.equal(till.policy.name, next.name);
  assert.ok(till.policy.decide(request));

  till.free();
  assert.throws(() => till.policy.decide(request), freed);
  till.replace(good);
  assert.equal(till.policy.decideJson(request), before);
  assert.throws(() => new CurrentPolicy({ "shop.takeback": "clause" }), PolicyError);
});

test("a policy goes through a bundle and decides as before", () => {
  const bundle = policy.toBundle();
  const loaded = Policy.load(bundle);
  assert.equal(policy.bundle, null);
  assert.match(loaded.bundle.hash, /^sha256:[0-9a-f]{64}$/);
  const { policy: named, ...decision } = loaded.decide(request);
  const { policy: _, ...before } = policy.decide(request);
  assert.equal(named.bundle, loaded.bundle.hash);
  assert.deepEqual(decision, before);
  assert.deepEqual(Policy.load(bundle.buffer.slice(bundle.byteOffset, bundle.byteOffset + bundle.byteLength)).bundle, loaded.bundle);
});

test("bytes that are no bundle are refused with the kind of it, and the policy that is there stays", () => {
  const bundle = policy.toBundle();
  const damaged = bundle.slice();
  damaged[bundle.length >> 1] ^= 1;
  for (const [bytes, kind, options] of [
    [new Uint8Array(0), "not a bundle"],
    [new TextEncoder().encode("policy \"Corner shop\""), "not a bundle"],
    [bundle.slice(0, -1), "truncated"],
    [damaged, "corrupted"],
    [new Uint8Array(70_000_000), "not a bundle"],
    [bundle, "unsigned", { keys: ["00".repeat(32)] }],
  ]) {
    const till = new CurrentPolicy(bundle);
    const { policy: before } = till;
    const error = thrown(() => till.replace(bytes, options));
    assert.ok(error instanceof BundleError && error instanceof Error, `${error}`);
    assert.deepEqual([error.name, error.kind], ["BundleError", kind], error.message);
    assert.equal(till.refused, error);
    assert.equal(till.policy, before);
    assert.equal(till.policy.decide(request).outcome, policy.decide(request).outcome);
    till.free();
  }
  for (const wrong of [undefined, null, "bundle", [1, 2], 3]) assert.throws(() => Policy.load(wrong), TypeError);
  for (const keys of ["00", [3], ["not hexadecimal"], [""], [], undefined]) assert.throws(() => Policy.load(bundle, { keys }), TypeError);
  for (const options of [null, "00", { key: ["00".repeat(32)] }]) assert.throws(() => Policy.load(bundle, options), TypeError);
});

test("policies do not disturb each other", () => {
  const others = Object.values(native.cases).map(({ files }) => Policy.compile(files));
  const before = policy.decideJson(JSON.stringify(request));
  others.forEach((other) => other.free());
  assert.equal(policy.decideJson(JSON.stringify(request)), before);
});

test("a language comes from the engine or from a file of the policy, and an unknown one throws with those that there are", () => {
  assert.ok(policy.languages.includes("sl") && !policy.languages.includes("pl"));
  const error = thrown(() => policy.words(request, { locale: "pl" }));
  assert.ok(error instanceof LanguageError && error instanceof Error);
  assert.deepEqual([error.name, error.known], ["LanguageError", policy.languages]);
  assert.equal(policy.words(request, { locale: "sl-SI" }).locale, "sl");
  assert.deepEqual(policy.words(request).missing_translations, []);
  assert.match(policy.messages("pl"), /^# say-approved = This has been looked at and approved for you\.$/m);
});

test("answers, a record and a key that cannot be read throw, with what they are and the place", () => {
  const twice = '{ "forms": [ { "form": "slip" }, { "form": "slip" } ] }';
  for (const [act, of, path] of [
    [() => policy.complete(request, { forms: [3] }), "answers", "/forms/0"],
    [() => policy.complete(request, twice), "answers", "/forms/1"],
    [() => policy.complete(request, {}, { key: "not hexadecimal" }), "key", ""],
    [() => policy.audit(request, { forms: [], more: 1 }), "record", "/more"],
  ]) {
    const error = thrown(act);
    assert.ok(error instanceof AnswersError && error instanceof Error);
    assert.equal(error.name, "AnswersError");
    assert.deepEqual([error.of, error.path], [of, path]);
    assert.ok(error.message.startsWith(path || `the ${of}: `), error.message);
  }
  assert.ok(thrown(() => policy.complete({}, {})) instanceof RequestError);
});
