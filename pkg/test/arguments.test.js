// What calls cannot be made with, beside requests and answers: the error says which argument it is, and the next call works.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import { runInNewContext } from "node:vm";

import { ArgumentError, BundleError, check, CurrentPolicy, explain, Policy, Request } from "takeback";
import * as small from "takeback/decide";
import { native, steps } from "./native.js";

const CASE = "1c-activatable.json";
const { files, steps: [{ decision: expected }] } = native.cases[CASE];
const [{ request }] = steps(CASE);
const policy = Policy.compile(files);
const bundle = policy.toBundle();
const KEY = "00".repeat(32);

afterEach(() => assert.equal(policy.decideJson(request), expected, "the engine answers as before"));

/** That each of these calls throws of this argument, in few words. */
function refused(kind, ...calls) {
  for (const [at, call] of calls.entries()) {
    assert.throws(
      call,
      (error) => {
        assert.ok(error instanceof ArgumentError && error instanceof TypeError, `call ${at}: ${error.stack}`);
        assert.deepEqual([error.name, error.kind], ["ArgumentError", kind], `call ${at}: ${error}`);
        assert.ok(error.message.length < 1000, `call ${at}: ${error.message.length} characters`);
        return true;
      },
      `call ${at}`,
    );
  }
}

/** Values that are no plain object. */
const NO_OPTIONS = [null, 3, "key", [], () => {}, new Map(), new (class { get key() { return KEY; } get keys() { return [KEY]; } })(), Object.create({ key: KEY, keys: [KEY] })];

test("options are an object's own members, and none is passed over", () => {
  for (const wrong of [...NO_OPTIONS, { kez: KEY }, { [Symbol("key")]: KEY }, Object.defineProperty({}, "hidden", { value: KEY }), new Proxy({}, { ownKeys() { throw 1; } })]) {
    refused(
      "options",
      () => policy.complete(request, {}, wrong),
      () => policy.completeJson(request, {}, wrong),
      () => policy.audit(request, {}, wrong),
      () => policy.words(request, wrong),
      () => policy.toBundle(wrong),
      () => Policy.load(bundle, wrong),
      () => Policy.compile(files, wrong),
      () => new CurrentPolicy(bundle, wrong),
      () => new CurrentPolicy(files, wrong),
    );
  }
  refused("options", () => Policy.load(bundle, { get keys() { throw new Error("not now"); } }), () => policy.words(request, { ["x".repeat(1e7)]: 1 }));
  for (const none of [undefined, {}, Object.create(null), runInNewContext("({})")]) assert.equal(policy.words(request, none).locale, "en");
  assert.equal(policy.words(request, { locale: undefined }).locale, "en");
});

test("what is no key, locale, code or zone says so", () => {
  for (const wrong of [3, {}, Symbol("x"), [], "0".repeat(1e7)]) {
    refused("key", () => policy.complete(request, {}, { key: wrong }), () => policy.audit(request, {}, { key: wrong }));
    refused("locale", () => policy.words(request, { locale: wrong }), () => policy.messages(wrong));
    refused("code", () => explain(wrong));
  }
  refused("locale", () => policy.words(request, { locale: null }), () => policy.messages());
  refused("code", () => explain());
  const zones = [null, "Europe/Berlin", [3], [""], ["Europe/Berlin Europe/Paris"], ["Europe/Nowhere"], ["x".repeat(9000)], ["x".repeat(1e7)], new Array(1e9), new Proxy([], { get() { throw 1; } })];
  refused("zones", ...zones.map((wrong) => () => policy.toBundle({ zones: wrong })));
  assert.deepEqual(policy.toBundle({ zones: Object.assign(["Europe/Berlin"], { join: () => 3 }) }), policy.toBundle({ zones: ["Europe/Berlin"] }));
});

test("keys of a bundle are a list of keys, and nothing loads one without", () => {
  const lists = [null, undefined, KEY, [], [3], [""], ["no key"], [KEY.slice(2)], [`${KEY} ${KEY}`], ["0".repeat(1e7)], new Set([KEY]), new Array(3), new Array(2000).fill(KEY)];
  for (const keys of lists) refused("keys", () => Policy.load(bundle, { keys }), () => new CurrentPolicy(bundle, { keys }), () => small.Policy.load(bundle, { keys }));
  const lying = Object.assign([KEY], { join: () => "", some: () => false, every: () => true });
  for (const keys of [[KEY], lying]) assert.throws(() => Policy.load(bundle, { keys }), { name: "BundleError", kind: "unsigned" });
  // What had to be signed has to be signed for good, also where nobody says it again.
  const signed = readFileSync(new URL("../../tests/bundles/format-1/northwind.bundle", import.meta.url));
  const [signer] = Policy.load(signed).bundle.signers;
  const till = new CurrentPolicy(signed, { keys: [`${signer}\n`] });
  for (const options of [undefined, {}]) {
    assert.throws(() => till.replace(bundle, options), { name: "BundleError", kind: "unsigned" });
    refused("keys", () => till.replace(files, options));
  }
  assert.equal(till.replace(signed).name, till.policy.name);
  assert.throws(() => Policy.load(signed, { keys: [signer, ""] }), /keys\[1\] is empty/);
  // Files are never signed: who asks for a signature must not get them without.
  refused("keys", () => new CurrentPolicy(files, { keys: [KEY] }), () => new CurrentPolicy(bundle).replace(files, { keys: [KEY] }));
});

/** Bytes that went to a worker. */
function gone(view) {
  structuredClone(view.buffer, { transfer: [view.buffer] });
  return view;
}

test("a bundle is bytes of whatever kind, where they can still be read", () => {
  for (const wrong of [undefined, null, 3, "bundle", [...bundle.subarray(0, 9)], new Blob([bundle]), new SharedArrayBuffer(8), Object.create(Uint8Array.prototype)]) {
    refused("bundle", () => Policy.load(wrong), () => small.Policy.load(wrong));
  }
  refused(
    "bundle",
    () => Policy.load(gone(bundle.slice())),
    () => Policy.load(gone(bundle.slice()).buffer),
    () => new CurrentPolicy(gone(bundle.slice())),
    () => Policy.load(Object.defineProperty(bundle.slice(), "byteLength", { value: 1e12 })),
    () => Policy.load(Object.defineProperty(bundle.slice(), "buffer", { get() { throw 1; } })),
  );
  const padded = Buffer.concat([Buffer.alloc(7), bundle, Buffer.alloc(3)]);
  const shared = new Uint8Array(new SharedArrayBuffer(bundle.length));
  const elsewhere = new Uint8Array(runInNewContext(`new ArrayBuffer(${bundle.length})`));
  for (const bytes of [shared, elsewhere]) bytes.set(bundle);
  const { buffer, byteOffset, byteLength } = bundle;
  for (const same of [padded.subarray(7, 7 + bundle.length), new DataView(buffer, byteOffset, byteLength), shared, elsewhere, elsewhere.buffer]) {
    assert.equal(Policy.load(same).name, policy.name);
    assert.equal(new CurrentPolicy(same).policy.name, policy.name);
  }
  const till = new CurrentPolicy(elsewhere);
  gone(elsewhere);
  assert.equal(till.policy.decide(request).outcome, JSON.parse(expected).outcome);
});

test("a bundle that is damaged anywhere, cut off or longer is refused", () => {
  const wrong = [];
  for (let at = 0; at < bundle.length; at += 97) {
    const damaged = bundle.slice();
    damaged[at] ^= 1 << (at % 8);
    wrong.push(damaged, bundle.subarray(0, at));
  }
  for (const more of [1, 2, 64]) wrong.push(Buffer.concat([bundle, Buffer.alloc(more)]));
  for (const bytes of wrong) assert.throws(() => small.Policy.load(bytes), BundleError);
  assert.ok(wrong.length > 1000);
});

test("files are texts by name, and none of them is left out", () => {
  const [{ name, text }] = files;
  const wrong = [undefined, null, 3, text, [null], [3], [{}], [{ name }], [{ name, text: 3 }], [{ name, text, more: 1 }], [files[0], files[0]], { [name]: 3 }, { [name]: null }];
  const dropped = [{ [name]: undefined }, { [name]: text, "more.takeback": undefined }, { [name]: () => text }, new Map([[name, text]]), Promise.resolve({ [name]: text }), [, files[0]]];
  const large = [{ ["x".repeat(1e7)]: 3 }, [{ name: "x".repeat(1e7), text }, { name: "x".repeat(1e7), text }], Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`${at}.takeback`, ""]))];
  for (const none of [...wrong, ...dropped, ...large, { get [name]() { throw 1; } }, { [name]: "\ud800" }]) {
    refused("files", () => Policy.compile(none), () => check(none), () => new CurrentPolicy(none));
  }
  assert.equal(Policy.compile(new Proxy(files, {})).decideJson(request), expected);
});

test("a request that another has read says so, and so does what is none", () => {
  const visit = policy.request(request);
  const decides = small.Policy.load(bundle);
  const foreign = decides.request(request);
  const lying = Object.assign(Policy.compile(files).request(request), { isOf: () => true });
  for (const ask of [policy.decide, policy.decideJson, policy.whatWouldChange, policy.trace, policy.words, policy.complete, policy.audit]) {
    for (const wrong of [foreign, lying, policy, decides]) refused("request", () => ask.call(policy, wrong, {}));
  }
  for (const wrong of [visit, decides]) refused("request", () => decides.decide(wrong), () => decides.complete(wrong, {}));
  refused("request", () => policy.request(visit), () => policy.request(foreign), () => decides.request(visit));
  assert.throws(() => policy.decide(foreign), /another entry of the package/);
  for (const fake of [new Proxy(visit, {}), Object.create(Request.prototype), new CurrentPolicy(files)]) assert.throws(() => policy.decide(fake), { name: "RequestError", kind: "type" });
  assert.throws(() => policy.complete(visit, policy), { name: "AnswersError", kind: "type" });
  assert.equal(policy.decideJson(visit), expected);
});

test("a policy or request that is freed in the middle of its question says so", () => {
  const one = Policy.compile(files);
  assert.throws(() => one.decide({ ...request, get channel() { one.free(); } }), { kind: "freed" });
  const visit = policy.request(request);
  assert.throws(() => visit.complete({ get forms() { visit.free(); return []; } }), { kind: "freed" });
});
