// A till that runs for months: the memory of the engine does not grow with what was asked and freed.
import assert from "node:assert/strict";
import { test } from "node:test";

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { Policy, RequestError } from "takeback";
import { initSync } from "../takeback.js";
import { native, steps } from "./native.js";

const CASE = "6-at-once.json";
const { files, steps: [{ decision }] } = native.cases[CASE];
const [{ request }] = steps(CASE);
const policy = Policy.compile(files);
const text = JSON.stringify(request);

/** Does something so many times, and fails when the engine has more memory after that than after the first of them. */
function flat(times, first, act) {
  for (let time = 0; time < first; time += 1) act();
  const { memory } = initSync();
  const before = memory.buffer.byteLength;
  for (let time = first; time < times; time += 1) act();
  assert.equal(memory.buffer.byteLength, before);
}

test("a million decisions", () => {
  let same = 0;
  flat(1_000_000, 1000, () => (same += policy.decideJson(text) === decision));
  assert.equal(same, 1_000_000);
});

test("a thousand policies, each compiled and freed", () => {
  flat(1000, 10, () => {
    const made = Policy.compile(files);
    assert.equal(made.decideJson(text), decision);
    made.free();
  });
});

test("a thousand bundles, each loaded and freed", () => {
  const bundle = policy.toBundle();
  flat(1000, 10, () => {
    const made = Policy.load(bundle);
    assert.equal(made.decide(request).outcome, JSON.parse(decision).outcome);
    made.free();
  });
});

test("two thousand requests, each read, asked and freed", () => {
  flat(2000, 100, () => {
    const visit = policy.request(request);
    visit.words();
    visit.whatWouldChange();
    visit.complete({});
    visit.free();
  });
});

test("sixty thousand requests that nobody frees, and that are collected", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const { memory } = initSync();
  const sizes = [];
  for (let round = 0; round < 6; round += 1) {
    for (let time = 0; time < 10_000; time += 1) policy.request(text);
    for (let time = 0; time < 2; time += 1) {
      collect();
      await new Promise((collected) => setTimeout(collected, 10));
    }
    sizes.push(memory.buffer.byteLength);
  }
  // When they are collected is for the machine to say; kept, five rounds more would take five times what the first took.
  assert.ok(sizes[5] < sizes[0] * 2, `${sizes}`);
  assert.equal(policy.decideJson(text), decision);
});

test("two thousand refusals", () => {
  flat(2000, 100, () => {
    assert.throws(() => policy.decide({ ...request, more: 1 }), RequestError);
    assert.throws(() => policy.complete(request, { forms: 3 }));
    assert.throws(() => Policy.compile({ "shop.takeback": "clause" }));
  });
});
