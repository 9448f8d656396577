// Times the package in Node and in Chromium beside what `cargo bench --bench wasm`, which starts this, has measured natively.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

import * as takeback from "takeback";
import * as small from "takeback/decide";
import { launch, open, serve } from "../test/browser.js";
import { measure } from "./measure.js";

const target = new URL("../../target/", import.meta.url);
const work = JSON.parse(readFileSync(new URL("bench-wasm.json", target), "utf8"));

const blank = (_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><link rel=icon href='data:,'>");
writeFileSync(new URL("bench-wasm.bundle", target), takeback.Policy.compile(Object.fromEntries(work.files)).toBundle());
const server = await serve({ "/pkg/": new URL("..", import.meta.url), "/target/": target, "/blank": blank });
const browser = await launch();
const { page } = await open(browser, `${server.url}/blank`);
const chromium = await page.evaluate(async () => {
  const [takeback, { measure }, work] = await Promise.all([import("/pkg/web.js"), import("/pkg/bench/measure.js"), fetch("/target/bench-wasm.json")]);
  await takeback.init();
  return measure(takeback, await work.json());
});
const cold = await page.evaluate(async () => {
  const work = await (await fetch("/target/bench-wasm.json")).json();
  const bundle = new Uint8Array(await (await fetch("/target/bench-wasm.bundle")).arrayBuffer());
  const starts = { texts: [], bundle: [] };
  for (let time = 0; time < 22; time += 1) {
    // A frame of its own has an engine of its own.
    const frame = document.body.appendChild(document.createElement("iframe"));
    frame.src = "/blank";
    await new Promise((loaded) => (frame.onload = loaded));
    const of = time % 2 ? "bundle" : "texts";
    const first = frame.contentWindow.eval(`(async (make, request) => {
      const start = performance.now();
      const { init, Policy } = await import("/pkg/web.js");
      await init();
      make(Policy).decide(request);
      return performance.now() - start;
    })`);
    starts[of].push(await first((Policy) => (of === "texts" ? Policy.compile(Object.fromEntries(work.files)) : Policy.load(bundle)), work.requests[0]));
    frame.remove();
  }
  const median = (times) => times.sort((a, b) => a - b)[5] * 1e6;
  return { "cold start, texts": median(starts.texts), "cold start, bundle": median(starts.bundle) };
});
await Promise.all([browser.close(), server.close()]);

const texts = "Policy.compile(Object.fromEntries(work.files))";
const node = { ...measure(takeback, work), "cold start, texts": coldNode("node.js", texts), "cold start, bundle": coldNode("node.js", "Policy.load(bundle)") };
const bundle = readFileSync(new URL("bench-wasm.bundle", target));
const smallNode = { ...measure(small, work, bundle), "cold start, bundle": coldNode("decide-node.js", "Policy.load(bundle)") };
const results = { native: work.native, Node: node, "Node, small": smallNode, Chromium: { ...chromium, ...cold } };
const rows = [...new Set(Object.values(results).flatMap(Object.keys))];
console.log("microseconds for one decision; milliseconds for compiling, loading and cold starts");
for (const row of rows) {
  const unit = /^(cold start|compiling|loading)/.test(row) ? 1e6 : 1e3;
  const cell = (time) => (time === undefined ? "" : (time / unit).toFixed(1)).padStart(12);
  console.log(row.padEnd(24), ...Object.values(results).map((of) => cell(of[row])));
}
console.log("".padEnd(24), ...Object.keys(results).map((name) => name.padStart(12)));

/** From the first line of a script to its first decision; the start of the process is not counted. */
function coldNode(entry, make) {
  const script = `
    import { readFileSync } from "node:fs";
    const work = JSON.parse(readFileSync("bench-wasm.json", "utf8"));
    const bundle = readFileSync("bench-wasm.bundle");
    const start = performance.now();
    const { init, Policy } = await import(${JSON.stringify(new URL(`../${entry}`, import.meta.url).href)});
    await init();
    ${make}.decide(work.requests[0]);
    console.log(performance.now() - start);`;
  const run = () => Number(execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: target }));
  return Array.from({ length: 11 }, run).sort((a, b) => a - b)[5] * 1e6;
}
