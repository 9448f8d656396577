// The corpora of the repository once more: the expectations hold in WebAssembly too, and its answers are those of the
// native engine, byte for byte.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import test from "node:test";

import { check, Policy, PolicyError } from "takeback";
import { native, root, steps } from "./native.js";

test("no case is forgotten", () => {
  const files = readdirSync(new URL("tests/cases", root)).filter((name) => name.endsWith(".json"));
  assert.deepEqual(Object.keys(native.cases).sort(), files.sort());
  assert.ok(files.length > 0);
});

for (const [name, answers] of Object.entries(native.cases)) {
  test(`case ${name}`, () => {
    const policy = Policy.compile(answers.files);
    for (const [at, { request, expect }] of steps(name).entries()) {
      const before = structuredClone(request);
      const decision = policy.decide(request);
      assert.deepEqual(differences(expect, decision, ""), [], `step ${at}`);
      assert.deepEqual(request, before, "a request is not changed");

      const text = JSON.stringify(request);
      const native = answers.steps[at];
      assert.equal(policy.decideJson(text), native.decision);
      assert.deepEqual(policy.decide(text), decision);
      assert.deepEqual(policy.whatWouldChange(request), JSON.parse(native.changes));
      assert.deepEqual(policy.trace(request), JSON.parse(native.trace));
      assert.deepEqual(policy.words(request), JSON.parse(native.words));
      const { locale, words } = native.told;
      assert.equal(JSON.stringify(policy.words(request, { locale })), JSON.stringify(JSON.parse(words)));
    }
    policy.free();
  });
}

test("no case of answers is forgotten", () => {
  const files = readdirSync(new URL("tests/complete", root)).filter((name) => name.endsWith(".json"));
  assert.deepEqual(Object.keys(native.complete).sort(), files.sort());
  assert.ok(files.length > 0);
});

for (const [name, { files, request, steps }] of Object.entries(native.complete)) {
  test(`answers ${name}`, () => {
    const policy = Policy.compile(files);
    for (const { answers, key, completion, audit, changed } of steps) {
      const options = { key: key ?? undefined };
      assert.equal(policy.completeJson(request, answers, options), completion);
      const made = policy.complete(JSON.parse(request), JSON.parse(answers), options);
      assert.deepEqual(made, JSON.parse(completion));
      if (made.complete) {
        assert.deepEqual(policy.audit(request, made.record, options), JSON.parse(audit));
        assert.deepEqual(policy.audit(request, { ...made.record, day: "1999-12-31" }, options), JSON.parse(changed));
      } else {
        assert.ok(made.problems.length > 0);
      }
    }
    policy.free();
  });
}

for (const [name, { files, report, scenarios }] of Object.entries(native.stores)) {
  test(`store ${name}: its scenarios pass, and go as they do natively`, () => {
    assert.deepEqual(check(files), JSON.parse(report).diagnostics);
    const results = Policy.compile(files).test();
    assert.deepEqual(results.filter(({ outcome }) => outcome !== "passed"), []);
    assert.equal(JSON.stringify(results), JSON.stringify(JSON.parse(scenarios)));
  });
}

for (const [name, { files, report }] of Object.entries(native.diagnostics)) {
  test(`mistake ${name}`, () => {
    const { diagnostics } = JSON.parse(report);
    assert.deepEqual(check(files), diagnostics);
    if (diagnostics.some(({ severity }) => severity === "error")) {
      assert.throws(
        () => Policy.compile(files),
        (error) => {
          assert.ok(error instanceof PolicyError);
          assert.deepEqual(error.diagnostics, diagnostics);
          return true;
        },
      );
    } else {
      assert.deepEqual(Policy.compile(files).warnings, diagnostics);
    }
  });
}

/** Every member of `expected` must be found in `actual`; arrays have the same length. As in tests/cases.rs. */
function differences(expected, actual, path) {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const length = expected.length === actual.length ? [] : [`${path}: expected ${expected.length} entries, found ${actual.length}`];
    const both = expected.slice(0, actual.length);
    return length.concat(both.flatMap((value, at) => differences(value, actual[at], `${path}/${at}`)));
  }
  if (isObject(expected) && isObject(actual)) {
    return Object.entries(expected).flatMap(([key, value]) => differences(value, actual[key] ?? null, `${path}/${key}`));
  }
  return expected === actual ? [] : [`${path}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(actual)}`];
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
