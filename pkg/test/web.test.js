import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import test from "node:test";

import { EngineError, init, Policy, version } from "takeback/web";
import manifest from "takeback/package.json" with { type: "json" };

const bytes = await readFile(fileURLToPath(import.meta.resolve("takeback/wasm")));
const small = await readFile(fileURLToPath(import.meta.resolve("takeback/decide/wasm")));

test("on the web nothing works before init", () => {
  for (const ask of [version, () => Policy.compile({})]) {
    assert.throws(ask, (error) => error instanceof EngineError && error.kind === "not loaded");
  }
});

test("on the web a first load that fails says why, and the next one tries again", async () => {
  const wrong = {
    bytes: () => new Uint8Array([1, 2, 3]),
    "the beginning of the engine": () => bytes.subarray(0, 100_000),
    "the engine, damaged": () => Uint8Array.from(bytes, (byte, at) => byte ^ (at > 500_000 && at < 500_100 ? 0x55 : 0)),
    // What is right WebAssembly and not this engine must not be kept in its place.
    "another module": () => new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]),
    "another module, compiled": () => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])),
    "the small engine": () => small,
    "shared bytes": () => new SharedArrayBuffer(8),
    object: () => ({}),
    symbol: () => Symbol("engine"),
    page: () => new Response("<!doctype html>", { headers: { "content-type": "application/wasm" } }),
    address: () => "http://127.0.0.1:9/none.wasm",
    response: () => new Response("", { status: 404 }),
    number: () => 3,
    promise: () => Promise.reject(new Error("no")),
    "a promise that says nothing": () => Promise.reject(undefined),
    "what throws when it is asked": () => new Proxy({}, { get() { throw new Proxy({}, { get() { throw 1; } }); } }),
  };
  for (const [name, source] of Object.entries(wrong)) {
    await assert.rejects(init(source()), (error) => error instanceof EngineError && error.kind === "load" && error.message.length < 1000, name);
    assert.throws(version, (error) => error.kind === "not loaded");
  }
});

test("on the web inits at the same time load the engine once", async () => {
  const module = await WebAssembly.compile(bytes);
  const { instantiate } = WebAssembly;
  let started = 0;
  WebAssembly.instantiate = (of, ...more) => ((started += of === module), instantiate(of, ...more));
  const both = [init(Promise.resolve(module)), init(module)];
  assert.throws(version, (error) => error.kind === "not loaded");
  await Promise.all(both);
  WebAssembly.instantiate = instantiate;
  assert.equal(started, 1);
  assert.equal(version(), manifest.version);
});

test("on the web a further init does nothing", async () => {
  await init(new Uint8Array([1, 2, 3]));
  assert.equal(version(), manifest.version);
});
