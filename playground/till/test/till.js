// What the tests of the till share: the till served with its policies, and a clerk at a browser.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { Policy } from "../../../pkg/node.js";
import { launch, serve } from "../../../pkg/test/browser.js";
import { SHOPS } from "../js/shops.js";

export { launch };

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const ofPackage = createRequire(new URL("../../../pkg/package.json", import.meta.url));
const AXE = readFileSync(ofPackage.resolve("axe-core/axe.min.js"), "utf8");
/** A reader of barcodes. */
export const zxing = ofPackage("@zxing/library");

/** The files of a policy: those of its folder, and all that they use. */
export function files(folder) {
  const found = {};
  const add = (path) => {
    const name = relative(folder, path);
    if (found[name] !== undefined) return;
    found[name] = readFileSync(path, "utf8");
    for (const [, used] of found[name].matchAll(/^use\s+"([^"]+)"/gm)) add(join(dirname(path), used));
    const messages = join(dirname(path), "messages");
    for (const one of existsSync(messages) ? readdirSync(messages) : []) found[relative(folder, join(messages, one))] = readFileSync(join(messages, one), "utf8");
  };
  for (const name of readdirSync(folder)) if (name.endsWith(".takeback")) add(join(folder, name));
  return found;
}

/** The bundle of each shop. */
export function policies() {
  return Object.fromEntries(SHOPS.map(({ id }) => [id, Buffer.from(compiled(id).toBundle())]));
}

/** What the till knows of a shop. */
export function samplesOf(shop) {
  return JSON.parse(readFileSync(join(ROOT, `playground/till/samples/${shop}.json`), "utf8"));
}

const ready = new Map();

/** The policy of a shop, in Node. */
export function compiled(shop) {
  if (!ready.has(shop)) ready.set(shop, Policy.compile(files(join(ROOT, "policies/stores", shop))));
  return ready.get(shop);
}

/** The till on a server. What `sent` has for a shop is sent in place of its policy: bytes, a status, or "nothing", which is no answer at all; `keys` are those that the shop trusts. */
export async function serveTill() {
  const good = policies();
  const [sent, keys] = [{}, {}];
  const server = await serve({
    "/": ROOT,
    "/playground/till/samples/": (request, response) => {
      const samples = samplesOf(/([\w-]+)\.json$/.exec(request.url)[1]);
      samples.shop.keys = keys[samples.shop.id];
      response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" }).end(JSON.stringify(samples));
    },
    "/playground/till/policies/": (request, response) => {
      const shop = /([\w-]+)\.bundle$/.exec(request.url)[1];
      const what = sent[shop] ?? good[shop];
      if (what === "nothing") return;
      if (typeof what === "number") return response.writeHead(what, { "cache-control": "no-store" }).end();
      response.writeHead(200, { "content-type": "application/octet-stream", "cache-control": "no-store" }).end(what);
    },
  });
  return { ...server, good, sent, keys, till: `${server.url}/playground/till/` };
}

/** A clerk: a page with the till, and what a clerk does with it. Nothing may go wrong unnoticed. */
export async function clerk(browser, till, { shop = "corner-shop", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  page.setDefaultTimeout(30_000);
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  await page.goto(`${till}?shop=${shop}`);
  await page.waitForSelector("html[data-ready]").catch((error) => { throw new Error(`the till did not start: ${troubles.join("; ")}`, { cause: error }); });
  const samples = SHOPS.some(({ id }) => id === shop) ? samplesOf(shop) : undefined;
  const at = (selector) => page.locator(selector);

  return {
    page,
    context,
    troubles,
    samples,
    at,
    /** A scanner: keys that follow each other at once, and Enter. */
    scan: (text) => type(session, text, 5),
    /** A person, who also presses Enter at the end. */
    type: (text) => type(session, text, 90),
    receipt: (id) => samples.sales.find(({ sale }) => sale.id === id).receipt,
    gtin: (sku) => samples.goods.find((goods) => goods.sku === sku).gtin,
    /** The id of what has the focus. */
    focus: () => page.evaluate(() => document.activeElement.id),
    /** Loads the page again, as F5 does. */
    async reload() {
      await page.reload();
      await page.waitForSelector("html[data-ready]");
    },
    headline: () => at("#answer-body .headline, #screen .banner .headline").first().textContent(),
    /** Waits until the answer begins with this line. */
    async shows(line) {
      const there = at("#answer-body .headline, #screen .banner .headline").first();
      const found = typeof line === "string" ? (text) => text === line : (text) => line.test(text);
      for (const end = Date.now() + 5000; Date.now() < end; await page.waitForTimeout(20)) if (found(await there.textContent())) return;
      assert.fail(`the answer is “${await there.textContent()}”, not “${line}”`);
    },
    /** Waits until the till tells this above the screen. */
    told: (text) => at("#notices").getByText(text).waitFor(),
    /** The JSON that a link saves. */
    async download(selector) {
      const [file] = await Promise.all([page.waitForEvent("download"), at(selector).click()]);
      return JSON.parse(readFileSync(await file.path(), "utf8"));
    },
    take: (name) => page.getByRole("checkbox", { name: new RegExp(name) }).check(),
    choose: (group, value) => page.getByRole("group", { name: group, exact: true }).getByLabel(value, { exact: true }).first().click(),
    /** The till draws a moment later: what is asked next is asked of the screen as it is then. */
    pick: async (label, value) => {
      await page.getByLabel(label, { exact: true }).selectOption({ label: value });
      await page.waitForTimeout(100);
    },
    press: (name) => page.getByRole("button", { name, exact: true }).click(),
    /** What axe finds wrong on the screen as it is. */
    async accessibility() {
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`));
    },
    /** What a scanner reads from a part of the page. */
    async bars(selector) {
      const picture = await at(selector).screenshot();
      const { light, width, height } = await page.evaluate(async (bytes) => {
        const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
        context.drawImage(bitmap, 0, 0);
        const { data, width, height } = context.getImageData(0, 0, bitmap.width, bitmap.height);
        return { light: [...data].filter((_, at) => at % 4 === 1), width, height };
      }, [...picture]);
      const source = new zxing.RGBLuminanceSource(Uint8ClampedArray.from(light), width, height);
      return new zxing.Code128Reader().decode(new zxing.BinaryBitmap(new zxing.HybridBinarizer(source))).getText();
    },
    close: () => context.close(),
  };
}

/**
 * Types a text and Enter, a key every so many milliseconds. The keys carry their time with them, so that it is always the same however busy
 * this machine is.
 */
async function type(session, text, between) {
  let now = Date.now() / 1000;
  const send = (event) => session.send("Input.dispatchKeyEvent", { ...event, timestamp: (now += between / 1000) });
  for (const key of text) await send({ type: "keyDown", key, text: key });
  await send({ type: "keyDown", key: "Enter", code: "Enter", windowsVirtualKeyCode: 13, text: "\r" });
  await send({ type: "keyUp", key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 });
}
