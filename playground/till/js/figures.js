// Sums and days in the sentences of the engine, as the till writes them beside. English is one language for the engine, "237.80 USD" and "31 March 2026"; the till
// writes as the locale of the clerk does. In the other languages both write the same, and a test holds them to it.

import { money } from "./decimals.js";
import { day } from "./texts.js";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const SUM = /(?<![\w.,])(-?\d+(?:\.\d+)?) ([A-Z]{3})\b/g;
const DAY = new RegExp(`\\b(\\d{1,2}) (${MONTHS.join("|")}) (\\d{4})\\b`, "g");

/** The words of an answer (`words`, docs/reference/decision.md), with its sums and days in the style of `locale`. */
export function inStyle(script, locale) {
  if (!script.locale.startsWith("en")) return script;
  return everyText(script, (text) => styled(text, script.currency, locale));
}

/** A text of the engine in English. Only sums in `currency` are such. */
export function styled(text, currency, locale) {
  const two = (number) => String(number).padStart(2, "0");
  return text
    .replace(SUM, (whole, amount, code) => (code === currency ? money(amount, code, locale) : whole))
    .replace(DAY, (_, date, month, year) => day(`${year}-${two(MONTHS.indexOf(month) + 1)}-${two(date)}`, locale));
}

function everyText(value, change) {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((one) => everyText(one, change));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, everyText(one, change)]));
}
