// In Node `takeback` and `takeback/web` are two ways to one engine: what befalls it, both know.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { fileURLToPath } from "node:url";

import * as node from "takeback";
import * as small from "takeback/decide";
import * as web from "takeback/web";
import { native } from "./native.js";
import { files, fillMemory, limited, request } from "./replaced.js";

const [{ decision }] = native.cases["1c-activatable.json"].steps;
const module = await readFile(fileURLToPath(import.meta.resolve("takeback/wasm")));

test("an engine that one entry has started runs for the other, whatever that is told to start", async () => {
  await web.init(limited(module, 128));
  await node.init(new Uint8Array([1, 2, 3]));
  for (const { Policy } of [node, web]) assert.equal(Policy.compile(files).decideJson(request), decision);
});

test("when the engine has stopped, the handles of both entries say so, and what is made anew decides", async () => {
  const earlier = [node, web].map(({ Policy }) => Policy.compile(files));
  const decides = small.Policy.load(earlier[0].toBundle());
  const fault = fillMemory(node.Policy);
  assert.ok(fault instanceof web.EngineError && fault.kind === "stopped", `${fault}`);
  for (const policy of earlier) assert.throws(() => policy.decide(request), { kind: "stopped" });
  // The small engine is another one.
  assert.deepEqual(decides.decide(request), { ...JSON.parse(decision), policy: { ...JSON.parse(decision).policy, bundle: decides.bundle.hash } });
  await web.init();
  for (const policy of earlier) assert.throws(() => policy.decide(request), { kind: "earlier engine" });
  for (const { Policy } of [node, web]) assert.equal(Policy.compile(files).decideJson(request), decision);
});
