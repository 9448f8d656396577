// Finding the sale: by receipt, card, customer, goods or day.

import { gtin14 } from "./gs1.js";
import { goodsOf } from "./request.js";

/** The sales that a text finds, the newest first; all of them for an empty text. */
export function findSales(till, text) {
  const words = plain(text).split(/\s+/).filter(Boolean);
  return till.sales
    .filter((one) => words.every((word) => haystack(till, one).some((part) => part.includes(word))))
    .sort((left, right) => (left.sale.sold < right.sale.sold ? 1 : -1));
}

/** The sale of a receipt's barcode, and whether it was the gift receipt. */
export function saleOfReceipt(till, number) {
  const found = till.sales.find(({ receipt, gift_receipt: gift }) => number === receipt || number === gift);
  return found && { ...found, gift: number === found.gift_receipt };
}

/** The goods of a barcode. */
export function goodsOfGtin(till, gtin) {
  return till.goods.find((goods) => gtin14(goods.gtin) === gtin);
}

function haystack(till, { receipt, gift_receipt: gift, customer, cards, sale }) {
  const who = till.customers.find(({ id }) => id === customer);
  const goods = sale.lines.map(({ sku }) => goodsOf(till, sku)).filter(Boolean);
  const parts = [sale.id, receipt, gift, sale.sold, who?.id, who?.name, ...Object.values(cards)];
  return [...parts, ...goods.flatMap(({ sku, gtin, name }) => [sku, gtin, gtin14(gtin), name])].filter(Boolean).map(plain);
}

function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
