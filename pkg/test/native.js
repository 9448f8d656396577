// What the native engine answered to the corpora of the repository; `cargo test` writes it.
import { readFileSync } from "node:fs";

export const root = new URL("../../", import.meta.url);

/** A file of the repository, by its path from the root. */
export function read(path) {
  return readFileSync(new URL(path, root), "utf8");
}

/** Cases, stores and small policies with mistakes: files, and answers as JSON text. */
export const native = JSON.parse(written());

function written() {
  try {
    return read("target/native-answers.json");
  } catch (error) {
    throw new Error("the native answers are not there yet: run `cargo xtask test-pkg`", { cause: error });
  }
}

/** The steps of a case in tests/cases. */
export function steps(name) {
  const { steps, ...one } = JSON.parse(read(`tests/cases/${name}`));
  return steps ?? [one];
}
