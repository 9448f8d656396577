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
    const sold = soldHere(visit, found.sku, serial);
    const free = sold.find(({ id, line }) => (lineOf(visit, id, line.id)?.quantity ?? 0) < line.quantity);
    const exchange = exchangeFor(visit, sold, free);
    if (step === "sale") actions.search(found.sku);
    else if (exchange) {
      actions.set(exchange.id, "new", found.sku);
      return took(`${t()("goods.new")}: ${found.name}`);
    } else if (free) return soldGoods(free, serial, found);
    else if (sold.length > 0) return refuse(t()("scan.all", { name: found.name, count: sold.reduce((sum, { line }) => sum + line.quantity, 0) }));
    else if (visit.sales.length === 0) actions.takeGoods(found.sku);
    else return refuse(t()("scan.elsewhere", { name: found.name }), { text: t()("scan.loose"), act: () => actions.takeGoods(found.sku) });
    took(t()("scan.name", { name: found.name }));
  }

  /** The sold lines of the goods, on all receipts of the visit; first that of the serial number. */
  function soldHere({ sales }, sku, serial) {
    const lines = sales.flatMap(({ id, proof }) => till().sales.find(({ sale }) => sale.id === id).sale.lines.map((line) => ({ id, proof, line })));
    const has = ({ line }) => Boolean(line.serials?.includes(serial));
    return lines.filter(({ line }) => line.sku === sku).sort((left, right) => has(right) - has(left));
  }

  /**
   * The line that the scanned goods are new goods for. One that waits for them, unless they are other goods that may still come back; else the last
   * one, whose choice is corrected, where the goods cannot come back by a receipt of the visit.
   */
  function exchangeFor({ sales, lines }, sold, free) {
    const exchanges = lines.filter(({ wants }) => wants === "exchange");
    const open = exchanges.find(({ new: given }) => !given);
    if (open) return !free || sold.some(({ id, line }) => open.sale === id && open.line === line.id) ? open : undefined;
    return sales.length > 0 && !free ? exchanges.at(-1) : undefined;
  }

  function soldGoods({ id, proof, line }, serial, found) {
    changeVisit((visit) => {
      const one = lineOf(visit, id, line.id);
      if (one) one.quantity += 1;
      else takeLine(visit, id, line.id, { proof, ...(line.serials?.includes(serial) && { serial }) });
    });
    took(t()("scan.name", { name: found.name }));
  }
}
