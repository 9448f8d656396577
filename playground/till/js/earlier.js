// What a finished return leaves behind for the next one: `earlier_returns` of each sale, from the decision itself (docs/reference/request.md).

import { add, positive } from "./decimals.js";

const DONE = ["accept", "accept pending verification"];
const MEMBER = { fee: "fees", deduction: "deductions", tax: "taxes" };

/** By the id of the sale, what came back now: nothing where the visit as a whole is not accepted. */
export function earlierOf(request, decision) {
  const back = {};
  if (!DONE.includes(decision.outcome)) return back;
  const of = (sale) => (back[sale] ??= { at: request.at, lines: [], tenders: [] });
  for (const { line: id, outcome, wants, quantity, remedies } of decision.lines) {
    const { sale, line, serials } = request.returns.find((one) => one.id === id);
    const amounts = remedies.find(({ remedy }) => remedy === wants)?.amounts;
    if (!DONE.includes(outcome) || !sale || !amounts) continue;
    of(sale).lines.push({ line, quantity, ...sums(amounts), ...(serials && { serials }) });
  }
  for (const { sale, amount, taxes } of decision.shipping) Object.assign(of(sale), { shipping: amount, shipping_taxes: taxes });
  for (const { sale, id, amount, from } of decision.payouts) {
    for (const part of from ?? (sale && id ? [{ sale, id, amount }] : [])) {
      const { tenders } = of(part.sale);
      const same = tenders.find((tender) => tender.id === part.id);
      if (same) same.amount = add(same.amount, part.amount);
      else tenders.push({ id: part.id, amount: part.amount });
    }
  }
  return back;
}

function sums(amounts) {
  const line = { goods: "0" };
  for (const { part, name, amount } of amounts) {
    if (part === "goods") line.goods = add(line.goods, amount);
    else if (part === "reduction") line.reduction = add(line.reduction ?? "0", positive(amount));
    else if (part in MEMBER) {
      const by = (line[MEMBER[part]] ??= {});
      by[name] = add(by[name] ?? "0", part === "tax" ? amount : positive(amount));
    }
  }
  return line;
}
