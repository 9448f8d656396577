// The request for a visit, as docs/reference/request.md tells it: what the clerk chose, and what the till knows of goods, sales and customers.

import { put } from "./answers.js";
import { times } from "./decimals.js";

/** `till`: what the samples hold, `{ shop, goods, sales, customers }`; `at`, `clerk`; `earlier`: what came back before, by sale. */
export function requestOf(visit, { till, at, clerk, earlier = {} }) {
  const customer = till.customers.find(({ id }) => id === visit.customer);
  const request = {
    at,
    store: till.shop.store,
    channel: "store",
    clerk: { id: clerk.id, role: clerk.role },
    ...(customer?.history && { history: customer.history }),
    ...(visit.sales.length > 0 && { sales: visit.sales.map(({ id }) => saleOf(till, id, earlier[id])) }),
    returns: visit.lines.map((line) => returnOf(till, line)),
    ...(visit.approvals.length > 0 && { approvals: visit.approvals }),
    ...(visit.verifications.length > 0 && { verifications: visit.verifications }),
  };
  const copy = structuredClone(request);
  for (const { value, ...question } of visit.told) put(copy, question, value);
  return copy;
}

/** Goods of the catalogue. */
export function goodsOf(till, sku) {
  return till.goods.find((goods) => goods.sku === sku);
}

function saleOf(till, id, earlier) {
  const { sale } = till.sales.find((one) => one.sale.id === id);
  return {
    ...sale,
    lines: sale.lines.map((line) => ({ ...about(goodsOf(till, line.sku)), ...line })),
    ...(earlier?.length > 0 && { earlier_returns: [...(sale.earlier_returns ?? []), ...earlier] }),
  };
}

/** What the catalogue tells of goods, wherever and whenever they were sold. */
function about(goods) {
  if (!goods) return {};
  const { sku, product, brand, categories, facts } = goods;
  return { sku, ...(product && { product }), ...(brand && { brand }), ...(categories && { categories }), ...(facts && { facts }) };
}

function returnOf(till, line) {
  const sold = till.sales.find(({ sale }) => sale.id === line.sale)?.sale.lines.find(({ id }) => id === line.line);
  const goods = goodsOf(till, line.goods ?? sold?.sku);
  return {
    id: line.id,
    ...(line.goods ? { item: { ...about(goods), final_sale: goods.final_sale ?? false } } : { sale: line.sale, line: line.line }),
    quantity: line.quantity,
    ...some(line, ["wants", "condition", "reason", "proof"]),
    ...(serialOf(line, sold) && { serials: [serialOf(line, sold)] }),
    ...(line.new && { new: newGoods(goodsOf(till, line.new), line.quantity) }),
    ...(goods?.price && { current_price: goods.price, list_price: goods.price }),
    ...(goods?.lowest_price && { lowest_price: goods.lowest_price }),
  };
}

/** The serial number of what comes back: the chosen one, or the only one that was sold. */
export function serialOf({ serial }, sold) {
  return serial ?? (sold?.serials?.length === 1 ? sold.serials[0] : undefined);
}

/** As many new ones as come back. The catalogue has price and tax of one. */
function newGoods({ sku, product, price, taxes = [], facts }, quantity) {
  return {
    sku,
    ...(product && { product }),
    price,
    quantity,
    taxes: taxes.map((tax) => ({ ...tax, amount: times(tax.amount, quantity) })),
    available: true,
    ...(facts && { facts }),
  };
}

function some(object, names) {
  return Object.fromEntries(names.filter((name) => object[name] != null).map((name) => [name, object[name]]));
}
