import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import test from "node:test";

import { init, version } from "takeback/web";
import manifest from "takeback/package.json" with { type: "json" };

const bytes = await readFile(fileURLToPath(import.meta.resolve("takeback/wasm")));

test("on the web nothing works before init", () => {
  assert.throws(version);
});

test("on the web the engine answers after init, and a second init does nothing", async () => {
  await init(await WebAssembly.compile(bytes));
  assert.equal(version(), manifest.version);
  await init(bytes);
  assert.equal(version(), manifest.version);
});
