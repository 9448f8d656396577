// What comes of a scan: a sale, goods of it, a customer, or a notice why it is none of them.

import { read } from "./gs1.js";
import { goodsOfGtin, saleOfReceipt } from "./search.js";
import { lineOf, takeLine } from "./visit.js";

/** A function that hears of scans. `till()`, `state()`, `t()`: as they are now. `refuse(text, button)` tells a bad one, `took(what)` what a good one was. */
export function scans({ till, state, t, actions, changeVisit, took, refuse }) {
  return (text) => {
    const found = read(text);
    if (found.kind === "bad") return refuse(t()(found.why === "check digit" ? "scan.digit" : "scan.length", { text: found.text }));
    if (found.kind === "receipt") return receipt(found.number, text);
    if (found.kind === "goods") return goods(found, text);
    const customer = found.kind === "card" && till().customers.find(({ id }) => id === found.number);
    if (customer) {
      actions.customer(customer.id);
      return took(t()("scan.customer", { name: customer.name }));
    }
    const named = till().sales.find(({ sale }) => sale.id.toLowerCase() === found.text?.toLowerCase());
    if (!named) return refuse(t()("scan.unknown", { text }));
    actions.takeSale(named.sale.id, "receipt");
    return took(t()("scan.sale", { id: named.sale.id }));
  };

  function receipt(number, text) {
    const found = saleOfReceipt(till(), number);
    if (!found) return refuse(t()("scan.receipt", { text }));
    actions.takeSale(found.sale.id, found.gift ? "gift receipt" : "receipt");
    took(t()("scan.sale", { id: found.sale.id }));
  }

  function goods({ gtin, serial }, text) {
    const found = goodsOfGtin(till(), gtin);
    if (!found) return refuse(t()("scan.goods", { text }));
    const { step, visit } = state();
    const sold = soldHere(visit, found.sku);
    const exchange = visit.lines.find(({ wants, new: given }) => wants === "exchange" && !given);
    if (step === "sale") actions.search(found.sku);
    else if (sold) return soldGoods(sold, serial, found);
    else if (exchange) actions.set(exchange.id, "new", found.sku);
    else if (visit.sales.length === 0) actions.takeGoods(found.sku);
    else return refuse(t()("scan.elsewhere", { name: found.name }), { text: t()("scan.loose"), act: () => actions.takeGoods(found.sku) });
    took(t()("scan.name", { name: found.name }));
  }

  function soldHere({ sales }, sku) {
    const lines = sales.flatMap(({ id, proof }) => till().sales.find(({ sale }) => sale.id === id).sale.lines.map((line) => ({ id, proof, line })));
    return lines.find(({ line }) => line.sku === sku);
  }

  function soldGoods({ id, proof, line }, serial, found) {
    const taken = lineOf(state().visit, id, line.id);
    if (taken && taken.quantity >= line.quantity) return refuse(t()("scan.all", { name: found.name, count: line.quantity }));
    changeVisit((visit) => {
      const one = lineOf(visit, id, line.id);
      if (one) one.quantity += 1;
      else takeLine(visit, id, line.id, { proof, ...(line.serials?.includes(serial) && { serial }) });
    });
    took(t()("scan.name", { name: found.name }));
  }
}
