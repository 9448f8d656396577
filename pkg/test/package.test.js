import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import test from "node:test";

import * as node from "takeback";
import * as web from "takeback/web";

test("both entries export the same names", () => {
  assert.deepEqual(Object.keys(node), Object.keys(web));
});

test("the published package holds the engine, both entries, the types, the schemas and the licence, and nothing else", () => {
  const pkg = fileURLToPath(new URL("..", import.meta.url));
  const options = { cwd: pkg, encoding: "utf8", shell: process.platform === "win32", stdio: ["ignore", "pipe", "ignore"] };
  const [packed] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], options));
  assert.deepEqual(packed.files.map((file) => file.path).sort(), [
    "LICENSE",
    "README.md",
    "decide-node.js",
    "decide-only.js",
    "decide-web.js",
    "decide.d.ts",
    "engine.js",
    "errors.js",
    "index.d.ts",
    "json.js",
    "node.js",
    "package.json",
    "policy.js",
    "schemas/answers.schema.json",
    "schemas/completion.schema.json",
    "schemas/decision.schema.json",
    "schemas/record.schema.json",
    "schemas/request.schema.json",
    "takeback.js",
    "takeback_bg.wasm",
    "takeback_decide.js",
    "takeback_decide_bg.wasm",
    "web.js",
  ]);
});
