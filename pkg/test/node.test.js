import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";

import manifest from "takeback/package.json" with { type: "json" };
import { native } from "./native.js";

/** What a script prints as JSON, in a process where nothing but `before` has happened yet. It counts how often the engine is read. */
function run(script, before = "") {
  const program = `
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    let engines = 0;
    const { readFileSync } = fs;
    fs.readFileSync = (file, ...more) => ((engines += String(file).endsWith(".wasm")), readFileSync(file, ...more));
    syncBuiltinESMExports();
    ${before}
    const takeback = await import("takeback");
    console.log(JSON.stringify(await (async () => { ${script} })()));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: import.meta.dirname, encoding: "utf8" }));
}

test("in Node nothing happens at import", () => {
  assert.equal(run("return engines;"), 0);
});

test("in Node the engine is there after init, which may be called twice, also at once", () => {
  const script = "await Promise.all([takeback.init(), takeback.init()]); await takeback.init(); return [engines, takeback.version(), engines];";
  assert.deepEqual(run(script), [1, manifest.version, 1]);
});

test("in Node the engine is also there when it is first asked something", () => {
  assert.deepEqual(run("return [takeback.version(), takeback.version(), engines];"), [manifest.version, manifest.version, 1]);
});

test("in Node the engine starts where others have frozen all prototypes, or put into them what descriptors and options have", () => {
  const { files, steps: [{ request, decision }] } = native.cases["1b-plus.json"];
  const decides = `
    const policy = takeback.Policy.compile(${JSON.stringify(files)});
    return [policy.decideJson(${request}), takeback.Policy.load(policy.toBundle()).name === policy.name];`;
  const frozen = "for (const of of [Object, Array, Function, Error, TypeError, Promise, String, WeakMap, Uint8Array]) Object.freeze(of.prototype);";
  const filled = `for (const name of ["get", "set", "value", "writable", "enumerable", "configurable", "bytes", "address", "module", "state", "loading", "fatal", "cause"])
    Object.defineProperty(Object.prototype, name, { __proto__: null, value: () => 3, writable: true, configurable: true });`;
  for (const before of ["", frozen, filled]) assert.deepEqual(run(decides, before), [decision, true]);
});
