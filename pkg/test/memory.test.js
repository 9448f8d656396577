import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import test from "node:test";

import { init, Policy } from "takeback";
import { fillMemory, limited, replaced } from "./replaced.js";

test("an engine that ran out of memory is replaced by init, and its handles say so", async () => {
  await init(limited(await readFile(fileURLToPath(import.meta.resolve("takeback/wasm"))), 128));
  const fault = await replaced(() => fillMemory(Policy));
  assert.ok(fault.cause instanceof WebAssembly.RuntimeError, `${fault.cause}`);
});
