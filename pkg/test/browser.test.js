// The package in headless Chromium, served as the files that they are.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import manifest from "takeback/package.json" with { type: "json" };
import { launch, open, serve } from "./browser.js";

let server, browser;

before(async () => {
  const blank = (_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><link rel=icon href='data:,'>");
  const folders = { "/pkg/": new URL("..", import.meta.url), "/target/": new URL("../../target", import.meta.url), "/blank": blank };
  [server, browser] = await Promise.all([serve(folders), launch()]);
});

after(() => Promise.all([server?.close(), browser?.close()]));

test("in a browser nothing is fetched at import, and init fetches the engine from beside the script", async () => {
  const { page, troubles } = await open(browser, `${server.url}/blank`);
  const fetched = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  const found = await page.evaluate(async () => {
    globalThis.takeback = await import("/pkg/web.js");
    return Object.keys(globalThis.takeback).length;
  });
  assert.ok(found > 0);
  assert.deepEqual(fetched.filter((path) => path.endsWith(".wasm")), []);
  const version = await page.evaluate(async () => {
    await Promise.all([globalThis.takeback.init(), globalThis.takeback.init()]);
    await globalThis.takeback.init();
    return globalThis.takeback.version();
  });
  assert.equal(version, manifest.version);
  assert.deepEqual(fetched.filter((path) => path.endsWith(".wasm")), ["/pkg/takeback_bg.wasm"]);
  assert.deepEqual(troubles, []);
  await page.close();
});

/** Runs one of the functions of otherwise.js in a page. */
async function inPage(name, file) {
  const { page, troubles } = await open(browser, `${server.url}/blank`);
  const found = await page.evaluate(
    async ([name, file]) => {
      const [takeback, otherwise, native] = await Promise.all([import("/pkg/web.js"), import("/pkg/test/otherwise.js"), fetch(file).then((found) => found.text())]);
      await takeback.init();
      return otherwise[name](takeback, file.endsWith(".json") ? JSON.parse(native) : native);
    },
    [name, file],
  );
  assert.deepEqual(troubles, []);
  assert.deepEqual(found.differences, []);
  await page.close();
  return found;
}

test("in a browser all cases, answers, stores and mistakes have the answers that they have natively", async () => {
  const { compared } = await inPage("corpora", "/target/native-answers.json");
  assert.ok(compared > 1000, `${compared} compared`);
});

test("in a browser ten thousand requests have the answers that they have natively", async () => {
  const { compared } = await inPage("lines", "/target/native-lines.jsonl");
  assert.ok(compared > 10_000, `${compared} compared`);
});

test("the server serves what is in its folders and nothing else", async () => {
  const wasm = await fetch(`${server.url}/pkg/takeback_bg.wasm`);
  assert.equal(wasm.headers.get("content-type"), "application/wasm");
  assert.deepEqual(Buffer.from(await wasm.arrayBuffer()), await readFile(new URL("../takeback_bg.wasm", import.meta.url)));
  for (const path of ["/pkg/none.js", "/other", "/pkg/%2e%2e/README.md", "/pkg/..%2fREADME.md"]) {
    assert.equal((await fetch(server.url + path)).status, 404, path);
  }
});
