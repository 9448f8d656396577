// The kinds of errors: what the engine can give, what index.d.ts says and what the README tells are the same.
import assert from "node:assert/strict";
import test from "node:test";

import { native, read } from "./native.js";

const types = read("pkg/index.d.ts");
const readme = read("pkg/README.md");

/** The members of a union in index.d.ts, each of which says what it means. */
function union(name) {
  const [, body] = types.match(new RegExp(`export type ${name} =\\n((?: {2}.+\\n)+)\\n`)) ?? assert.fail(`no type ${name}`);
  const members = [...body.matchAll(/^ {2}\/\*\* .+ \*\/\n {2}\| "([^"]+)";?$/gm)].map(([, member]) => member);
  assert.equal(members.length * 2, body.trimEnd().split("\n").length, `each member of ${name} has a meaning`);
  return members;
}

/** The first column of the table below the paragraph of the README that begins with a class. */
function table(name) {
  const [, rows] = readme.match(new RegExp(`\n\`${name}\`.+\n\n.+\n\\|---\\|---\\|\n((?:\\|.+\n)+)`)) ?? assert.fail(`no table of ${name}`);
  return rows.trim().split("\n").map((row) => row.match(/^\| `([^`]+)` \| \S/)[1]);
}

/** Every text that a source gives to something as this argument. */
function given(file, call) {
  return [...read(`pkg/${file}`).matchAll(call)].map(([, kind]) => kind);
}

const FROM = {
  RequestError: native.kinds.RequestError,
  BundleError: native.kinds.BundleError,
  EngineError: given("engine.js", /new EngineError\("([^"]+)"/g),
  ArgumentError: [
    ...given("policy.js", /(?:new ArgumentError|wrong)\("([^"]+)"/g),
    ...given("policy.js", /(?:text|words)\([^,()]+, "([^"]+)"/g),
    ...[...read("src/wasm.rs").matchAll(/argument: "([^"]+)"/g)].map(([, kind]) => kind),
  ],
};

for (const [name, kinds] of Object.entries(FROM)) {
  test(`${name} has the kinds that are documented`, () => {
    const known = [...new Set(kinds)].sort();
    assert.ok(known.length > 4);
    assert.deepEqual(union(`${name}Kind`).sort(), known);
    assert.deepEqual(table(name).sort(), known);
  });
}

test("what JSON of this side refuses is of those kinds", () => {
  const here = new Set(given("json.js", /kind: "([^"]+)"/g));
  assert.ok(here.size > 2);
  for (const kind of here) assert.ok(native.kinds.RequestError.includes(kind), kind);
});
