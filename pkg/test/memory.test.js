import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import test from "node:test";

import { init, Policy } from "takeback";
import { files, replaced } from "./replaced.js";

test("an engine that ran out of memory is replaced by init, and its handles say so", async () => {
  await init(limited(await readFile(fileURLToPath(import.meta.resolve("takeback/wasm"))), 128));
  const fault = await replaced(() => {
    const kept = [];
    try {
      while (kept.length < 10_000) kept.push(Policy.compile(files));
    } catch (error) {
      return error;
    }
  });
  assert.ok(fault.cause instanceof WebAssembly.RuntimeError, `${fault.cause}`);
});

/** A module whose memory may grow by so many pages of 64 KiB and no more. */
function limited(module, pages) {
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
