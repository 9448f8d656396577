// Ten thousand requests by chance to policies by chance, and those of tau-retail: the same bytes as the native engine.
import assert from "node:assert/strict";
import test from "node:test";

import * as takeback from "takeback";
import { read } from "./native.js";
import { lines } from "./otherwise.js";

test("in Node ten thousand requests have the answers that they have natively", () => {
  const { compared, refusals, differences } = lines(takeback, read("target/native-lines.jsonl"));
  assert.deepEqual(differences, []);
  assert.ok(compared > 10_000 && refusals < compared / 10, `${compared} compared, ${refusals} of them refused`);
});
