// For engines that fall over. Each test of that is a file of its own, because it begins with an engine that nothing was asked.
import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { CurrentPolicy, EngineError, explain, init, Policy } from "takeback";
import { native, steps } from "./native.js";

const CASE = "1c-activatable.json";
export const { files } = native.cases[CASE];
const [{ decision }] = native.cases[CASE].steps;
export const [{ request }] = steps(CASE);

/**
 * Makes an engine stop with `trap`, which gives what it threw. Everything says that it has stopped, until init; after that what is made anew works and
 * what is old says so.
 */
export async function replaced(trap) {
  const earlier = Policy.compile(files);
  const visit = earlier.request(request);
  const till = new CurrentPolicy(files);
  const fault = trap(earlier);
  assert.ok(fault instanceof EngineError, `${fault}`);
  assert.equal(fault.kind, "stopped");

  const stopped = [() => earlier.decide(request), () => visit.decide(), () => till.policy, () => Policy.compile(files), () => explain("T0001")];
  for (const ask of stopped) assert.throws(ask, kind("stopped"));

  await Promise.all([init(), init()]);
  for (const ask of [() => earlier.decide(request), () => earlier.request(request), () => visit.decide()]) assert.throws(ask, kind("earlier engine"));
  const policy = Policy.compile(files);
  assert.equal(policy.decideJson(request), decision);
  assert.equal(till.policy.decideJson(request), decision);

  // What is freed or collected of the old one touches nothing of the new one.
  earlier.free();
  visit.free();
  assert.throws(() => earlier.decide(request), kind("freed"));
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  await new Promise((collected) => setTimeout(collected, 10));
  assert.equal(policy.decideJson(request), decision);
  return fault;
}

function kind(expected) {
  return (error) => error instanceof EngineError && error.kind === expected;
}

/** What an engine of little memory throws when it is full. */
export function fillMemory(Policy) {
  const kept = [];
  try {
    while (kept.length < 10_000) kept.push(Policy.compile(files));
  } catch (error) {
    return error;
  }
}

/** A module whose memory may grow by so many pages of 64 KiB and no more. */
export function limited(module, pages) {
  const MEMORY = 5;
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < module.length) {
    const begin = at;
    const section = module[at++];
    const size = number();
    const end = at + size;
    if (section === MEMORY) {
      assert.equal(number(), 1, "one memory");
      assert.equal(module[at++], 0, "which may grow as it likes");
      const least = number();
      const limits = [1, 1, ...leb(least), ...leb(least + pages)];
      return Buffer.concat([module.subarray(0, begin), Buffer.from([MEMORY, limits.length, ...limits]), module.subarray(end)]);
    }
    at = end;
  }
  assert.fail("it has no memory");
}

function leb(number) {
  return number < 128 ? [number] : [(number & 127) | 128, ...leb(number >>> 7)];
}
