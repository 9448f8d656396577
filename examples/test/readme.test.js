// The section "For register software" of the README, and the README of the package, done as they say.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);
const folder = new URL("target/register/", root);

test("from npm pack to a decision", () => {
  const section = readFileSync(new URL("README.md", root), "utf8").split(/^## /m).find((section) => section.startsWith("For register software"));
  const block = (language) => section.match(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``))[1];
  const [build, ...commands] = block("sh").trim().split("\n");
  // The engine has been built: its tests run before these.
  assert.equal(build, "(cd ../takeback && cargo xtask build-pkg)");
  const program = block("js");
  assert.ok(program.split("\n").filter(Boolean).length <= 10, "ten lines");

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // So that npm works here, and not in a folder above.
  writeFileSync(new URL("package.json", folder), '{ "private": true }');
  writeFileSync(new URL("till.js", folder), program);
  const options = { cwd: fileURLToPath(folder), encoding: "utf8", shell: true, stdio: ["ignore", "pipe", "ignore"] };
  for (const command of commands) {
    assert.match(command, /^(npm (pack|install|pkg) |cp )/);
    execFileSync(command.replace("../takeback", "../.."), options);
  }
  assert.equal(execFileSync(process.execPath, ["till.js"], { cwd: options.cwd, encoding: "utf8" }), block("text"));
});

test("what the package's README shows, with the installed package", () => {
  const blocks = [...readFileSync(new URL("pkg/README.md", root), "utf8").matchAll(/```(\w+)\n([^]*?)```/g)];
  const [first, smaller] = blocks.filter(([, kind]) => kind === "js").map(([, , text]) => text);
  const [[, , policy], [, , said]] = ["takeback", "text"].map((kind) => blocks.find(([, found]) => found === kind));
  const run = (program) => {
    writeFileSync(new URL("package.mjs", folder), program);
    return execFileSync(process.execPath, ["package.mjs"], { cwd: fileURLToPath(folder), encoding: "utf8" });
  };
  writeFileSync(new URL("shop.takeback", folder), policy);
  assert.equal(run(first), said);
  run(`${first}\nimport { writeFileSync } from "node:fs";\nwriteFileSync("shop.bundle", policy.toBundle());`);
  assert.equal(run(smaller), "Corner shop [ '1' ]\n");
});

test("the types of the installed package are found, whichever way a compiler looks", () => {
  writeFileSync(new URL("till.ts", folder), 'import { Policy, type Decision } from "takeback";\nimport { init } from "takeback/web";\nawait init();\nexport const decision: Decision = Policy.compile({}).decide("{}");\n');
  const tsc = fileURLToPath(new URL("pkg/node_modules/typescript/bin/tsc", root));
  for (const module of ["nodenext", "esnext --moduleResolution bundler"]) {
    const args = `--noEmit --strict --skipLibCheck false --target esnext --module ${module} till.ts`.split(" ");
    const { status, stdout } = spawnSync(process.execPath, [tsc, ...args], { cwd: fileURLToPath(folder), encoding: "utf8" });
    assert.equal(status, 0, `${module}: ${stdout}`);
  }
});
