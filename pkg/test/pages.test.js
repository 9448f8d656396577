// The pages that `takeback docs` writes are valid HTML: those that stand as golden files.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

import { HtmlValidate } from "html-validate";

const folder = new URL("../../crates/takeback-docs/tests/golden/", import.meta.url);

// Labels are anchors, so ids have slashes and dots. Roles are repeated because tables lose them where they are laid out as blocks.
const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: { "valid-id": ["error", { relaxed: true }], "no-redundant-role": "off", "prefer-native-element": "off", "long-title": "off" },
});

for (const name of readdirSync(folder)) {
  test(`${name} is valid HTML`, async () => {
    const { valid, results } = await validator.validateString(readFileSync(new URL(name, folder), "utf8"));
    const found = results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `${line}: ${ruleId}: ${message}`));
    assert.ok(valid, found.join("\n"));
  });
}
