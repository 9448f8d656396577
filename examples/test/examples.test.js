// Builds and runs the examples, each as its README line says, and looks at what they show.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { launch, open, serve } from "../../pkg/test/browser.js";

const root = new URL("../", import.meta.url);
const folder = (name) => new URL(`${name}/`, root);
let browser;

before(async () => (browser = await launch()));
after(() => browser.close());

/** Runs a program of node_modules, or node itself. */
function run(program, ...args) {
  return promisify(execFile)(program === "node" ? process.execPath : fileURLToPath(new URL(`node_modules/.bin/${program}`, root)), args, { cwd: fileURLToPath(root) });
}

/** What a page shows in its outputs, when all of them have something and nothing went wrong. */
async function shown(url, outputs = ["output"]) {
  const { page, troubles } = await open(browser, url);
  try {
    for (const output of outputs) await page.waitForFunction((output) => document.querySelector(output).textContent !== "", output, { timeout: 20_000 });
  } catch (error) {
    assert.fail(`${error.message}: ${troubles.join("; ")}`);
  }
  assert.deepEqual(troubles, []);
  const texts = await Promise.all(outputs.map((output) => page.textContent(output)));
  return { page, texts };
}

let said;

test("node", async () => {
  const { stdout } = await run("node", "node/index.js");
  said = stdout.trimEnd();
  assert.match(said, /18\.00 USD/);
});

test("page", () => static_({ "/": folder("page") }));

test("worker", () => static_({ "/": folder("worker") }));

test("vite", async () => {
  await run("vite", "build", "vite", "--logLevel", "warn");
  await static_({ "/": folder("vite/dist") }, ["output", "#worker"]);
});

test("webpack", async () => {
  await run("webpack", "--config", "webpack/webpack.config.js");
  await static_({ "/": folder("webpack") });
});

test("server", async () => {
  await run("vite", "build", "server", "--logLevel", "warn", "--outDir", "dist/client");
  await run("vite", "build", "server", "--logLevel", "warn", "--outDir", "dist/server", "--ssr", "src/said.js");
  const server = spawn(process.execPath, ["server.js"], { cwd: fileURLToPath(folder("server")), env: { ...process.env, PORT: "0" }, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [url] = await once(createInterface(server.stdout), "line");
    const html = await (await fetch(url)).text();
    assert.ok(html.includes(`<output>${said}</output>`), html);
    const { page } = await shown(url);
    assert.equal(await page.waitForFunction(() => document.querySelector("output").dataset.same).then((same) => same.jsonValue()), "true");
  } finally {
    server.kill();
  }
});

/** Serves the folders, beside what every example uses, and expects that the page shows what Node does. */
async function static_(folders, outputs) {
  const server = await serve({ "/shop/": folder("shop"), "/node_modules/": folder("node_modules"), ...folders });
  try {
    const { texts } = await shown(server.url, outputs);
    for (const text of texts) assert.equal(text, said);
  } finally {
    await server.close();
  }
}
