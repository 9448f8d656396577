// What is large comes to an end: work that grew with the square of the size would take minutes here. The engine of the package is compiled for
// size, and has other ways to sort and to select than the native one; tests/growth.rs asks that one the same.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Policy } from "takeback";
import { native, steps } from "./native.js";

const MANY = 40_000;
const CASE = "1c-activatable.json";
const [{ request }] = steps(CASE);
const policy = Policy.compile(native.cases[CASE].files);
const [sale] = request.sales;
const [line] = request.returns;

/** So many things, all alike but for their number. */
function many(make) {
  return Array.from({ length: MANY }, (_, at) => make(`${at}`));
}

/** That something is done in seconds. */
function grows(name, act) {
  test(name, () => {
    const start = performance.now();
    act();
    const took = performance.now() - start;
    assert.ok(took < 30_000, `it took ${Math.round(took)} ms`);
  });
}

const of = { ...sale, tenders: [{ id: "t", tender: "cash", amount: "99999999.00" }] };
const LARGE = {
  "tenders of one sale": { ...request, sales: [{ ...sale, tenders: many((id) => ({ id, tender: "cash", amount: "1.00" })) }] },
  "lines of one sale": {
    ...request,
    sales: [{ ...of, lines: many((id) => ({ ...sale.lines[0], id })) }],
    returns: many((id) => ({ ...line, id, sale: sale.id, line: id })),
  },
  "sales": { ...request, sales: many((id) => ({ ...of, id })), returns: many((id) => ({ ...line, id, sale: id })) },
  "lines of a promotion": {
    ...request,
    sales: [{ ...of, lines: many((id) => ({ ...sale.lines[0], id })), promotions: [{ id: "p", kind: "coupon", lines: many((id) => id), amount: "99.99" }] }],
    returns: many((id) => ({ ...line, id, sale: sale.id, line: id })),
  },
  "goods without a sale": { ...request, returns: many((id) => ({ id, item: {} })) },
};

for (const [name, large] of Object.entries(LARGE)) {
  grows(`${MANY} ${name} are decided`, () => assert.equal(policy.decide(large).lines.length, large.returns.length));
}

grows(`answers to ${MANY} forms are read, and each is told`, () => {
  const { problems } = policy.complete(request, { forms: many((form) => ({ form })) });
  assert.ok(problems.length >= MANY, `${problems.length} problems`);
});
