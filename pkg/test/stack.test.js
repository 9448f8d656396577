import assert from "node:assert/strict";
import test from "node:test";

import { EngineError } from "takeback";
import { replaced, request } from "./replaced.js";

test("an engine that ran out of stack is replaced by init, and its handles say so", async () => {
  const fault = await replaced((policy) => {
    const text = JSON.stringify(request);
    // The stack is filled; on the way up the engine is asked with as little of it left as there is, until it gets so far as to run out.
    const fill = () => {
      try {
        fill();
      } catch (error) {
        if (error instanceof EngineError) throw error;
        policy.decideJson(text);
      }
    };
    try {
      fill();
    } catch (error) {
      return error;
    }
  });
  assert.ok(fault.cause instanceof RangeError || fault.cause instanceof WebAssembly.RuntimeError, `${fault.cause}`);
});
