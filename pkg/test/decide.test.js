// The small engine: it answers as the whole one and the native one do, by bundles of the same policies; and both modules keep to
// their budgets.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { gzipSync } from "node:zlib";

import * as whole from "takeback";
import * as small from "takeback/decide";

import { native, read, root, steps } from "./native.js";

const bytes = (path) => readFileSync(new URL(path, root));

/** The zones that requests name. */
function zones(texts) {
  const named = texts.flatMap((text) => [...text.matchAll(/"zone":"([^"]+)"/g)].map(([, zone]) => zone));
  return [...new Set(named)];
}

test("the small engine answers by a bundle as the native one does by the files", () => {
  let count = 0;
  for (const [name, { files, steps: answered }] of Object.entries(native.cases)) {
    const requests = steps(name).map(({ request }) => JSON.stringify(request));
    const policy = whole.Policy.compile(files);
    const decides = small.Policy.load(policy.toBundle({ zones: zones(requests) }));
    const named = `,"bundle":"${decides.bundle.hash}"`;
    answered.forEach(({ decision }, at) => {
      if (decision === null) return;
      assert.equal(decides.decideJson(requests[at]).replace(named, ""), decision, `${name}, step ${at}`);
      count += 1;
    });
    policy.free();
    decides.free();
  }
  assert.ok(count > 100);
});

test("a bundle of an earlier format decides as it did", () => {
  const bundle = bytes("tests/bundles/format-1/northwind.bundle");
  const [request, decision] = [read("tests/bundles/format-1/request.json"), read("tests/bundles/format-1/decision.json")];
  for (const { Policy } of [whole, small]) assert.deepEqual(Policy.load(bundle).decide(request), JSON.parse(decision));
});

test("the small engine finishes returns and refuses what the whole one refuses", () => {
  const bundle = bytes("tests/bundles/format-1/northwind.bundle");
  const policy = small.Policy.load(bundle);
  const done = policy.complete(read("tests/bundles/format-1/request.json"), { forms: [] });
  assert.equal(done.complete, false);
  assert.throws(() => policy.decide("{"), small.RequestError);
  assert.throws(() => small.Policy.load(bundle.subarray(0, 999)), { name: "BundleError", kind: "truncated" });
  assert.throws(() => small.Policy.load(bundle, { keys: ["00".repeat(32)] }), { name: "BundleError", kind: "signature" });
  assert.equal(small.Policy.compile, undefined);
  assert.equal(policy.words, undefined);
});

test("the modules keep to their budgets", () => {
  const { modules } = JSON.parse(bytes("pkg/budget.json"));
  for (const [file, { gzip }] of Object.entries(modules)) {
    const size = gzipSync(bytes(`pkg/${file}`), { level: 9 }).length;
    assert.ok(size <= gzip, `${file} has ${size} bytes with gzip, and pkg/budget.json allows ${gzip}`);
    assert.ok(size > gzip * 0.9, `${file} has ${size} bytes with gzip: lower pkg/budget.json from ${gzip}, so that it stays so`);
  }
});
