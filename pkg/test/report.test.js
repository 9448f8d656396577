// The report of an audit, as `cargo test` writes it of findings that are made up: valid, accessible, and of one file.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import test, { after, before } from "node:test";

import { HtmlValidate } from "html-validate";

import { launch } from "./browser.js";

const url = new URL("../../target/audit-report.html", import.meta.url);
const page = readFileSync(url, "utf8");
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

test("the report is valid HTML", async () => {
  const validator = new HtmlValidate({ extends: ["html-validate:recommended"], rules: { "prefer-native-element": "off", "long-title": "off" } });
  const { valid, results } = await validator.validateString(page);
  const found = results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `${line}: ${ruleId}: ${message}`));
  assert.ok(valid, found.slice(0, 10).join("\n"));
});

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

for (const [colorScheme, width] of [["light", 1200], ["dark", 1200], ["light", 390]]) {
  test(`the report can be read by everybody, ${colorScheme} and ${width} wide`, async () => {
    const tab = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    const asked = [];
    tab.on("request", (request) => asked.push(request.url()));
    tab.on("console", (message) => message.type() === "error" && asked.push(message.text()));
    await tab.goto(String(url));
    assert.deepEqual(asked, [String(url)]);
    await tab.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
    assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), "the page is wider than the window");
    await tab.addScriptTag({ path: axe });
    const { violations } = await tab.evaluate(() => globalThis.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
    await tab.close();
  });
}
