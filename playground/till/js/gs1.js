// What a scanner reads: goods by GTIN (EAN, UPC), receipts, cards of customers. Digits end in a check digit, which is tested here.

/** Whether the last digit is right by GS1: from the right, digits count three times and once in turn. */
export function checks(digits) {
  let sum = 0;
  for (let at = digits.length - 2, weight = 3; at >= 0; at -= 1, weight = 4 - weight) sum += Number(digits[at]) * weight;
  return (10 - (sum % 10)) % 10 === Number(digits.at(-1));
}

/** A GTIN with fourteen digits, so that UPC and EAN of the same goods are the same. */
export function gtin14(digits) {
  return digits.padStart(14, "0");
}

/** The digits and the serial number of a GS1 2D code or GS1-128: (01) GTIN, (21) serial, after the sign that tells of it. */
function elements(text) {
  const inside = text.replace(/^\](?:d2|Q3|C1|e0)/, "");
  if (inside === text) return undefined;
  const found = /^\(?01\)?(\d{14})(?:\(?21\)?([^\x1d]{1,20}))?/.exec(inside);
  return found ? { digits: found[1], serial: found[2] } : {};
}

/**
 * What was read:
 * `{ kind: "goods", gtin, serial }`, `{ kind: "receipt", number }`, `{ kind: "card", number }` (of a customer),
 * `{ kind: "bad", why: "check digit" | "length" | "empty", text }`, or `{ kind: "text", text }` for all else.
 */
export function read(scanned) {
  const text = scanned.trim();
  if (text === "") return { kind: "bad", why: "empty", text };
  const coded = elements(text);
  const digits = coded?.digits ?? (/^\d+$/.test(text) ? text : undefined);
  if (digits === undefined) {
    if (coded) return { kind: "bad", why: "length", text };
    const card = /^C-?(\d{4,})$/i.exec(text);
    return card ? { kind: "card", number: `C-${card[1]}` } : { kind: "text", text };
  }
  const kind = { 8: "goods", 12: "goods", 13: "goods", 14: "goods", 18: "receipt" }[digits.length];
  if (kind === undefined) return { kind: "bad", why: "length", text };
  if (!checks(digits)) return { kind: "bad", why: "check digit", text };
  return kind === "receipt" ? { kind, number: digits } : { kind, gtin: gtin14(digits), ...(coded?.serial && { serial: coded.serial }) };
}
