// A server and a browser for the tests of a file, and tests with a clerk at the till each.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { clerk, launch, serveTill } from "./till.js";

/** `{ server, browser }` once the tests run, and `atTheTill(name, options, steps)`: a test at whose end nothing has gone wrong that nobody saw. */
export function open() {
  const there = { atTheTill };
  before(async () => {
    [there.server, there.browser] = await Promise.all([serveTill(), launch()]);
  });
  after(() => Promise.all([there.server?.close(), there.browser?.close()]));
  return there;

  function atTheTill(name, options, steps) {
    test(name, async () => {
      const one = await clerk(there.browser, there.server.till, options);
      try {
        await steps(one);
        assert.deepEqual(one.troubles, []);
      } catch (error) {
        if (one.troubles.length > 0) error.message += `\nOn the page: ${one.troubles.join("; ")}`;
        throw error;
      } finally {
        await one.close();
      }
    });
  }
}

/** Nothing on the screen is closed to anybody. */
export async function accessible({ accessibility }, screen) {
  assert.deepEqual(await accessibility(), [], screen);
}
