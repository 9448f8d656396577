import assert from "node:assert/strict";
import test from "node:test";

import { init, version } from "takeback";
import manifest from "takeback/package.json" with { type: "json" };

test("in Node the engine answers right after the import", () => {
  assert.equal(version(), manifest.version);
});

test("in Node init may be called, even twice", async () => {
  await init();
  await init();
  assert.equal(version(), manifest.version);
});
