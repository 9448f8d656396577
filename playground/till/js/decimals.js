// Decimals as they stand in JSON, "12.50": compared, added, multiplied by whole numbers and shown, without ever becoming a number of the machine.

const PATTERN = /^([-−]?)(\d+)(?:\.(\d+))?$/;

function parts(text) {
  const found = PATTERN.exec(String(text));
  if (!found) throw new TypeError(`${text} is not a decimal`);
  const [, sign, whole, fraction = ""] = found;
  return { negative: sign !== "", whole, fraction };
}

/** Whether it is a decimal. */
export function isDecimal(text) {
  return PATTERN.test(String(text));
}

/** A number as people type it: with a point also where they write a comma. */
export function typed(text) {
  return text.trim().replace(/^(\d+),(\d+)$/, "$1.$2");
}

function scaled(text, digits) {
  const { negative, whole, fraction } = parts(text);
  const units = BigInt(whole + fraction.padEnd(digits, "0"));
  return negative ? -units : units;
}

/** Below zero, zero or above, as sorting wants it. */
export function compare(left, right) {
  const digits = Math.max(parts(left).fraction.length, parts(right).fraction.length);
  const difference = scaled(left, digits) - scaled(right, digits);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Their sum. */
export function add(left, right) {
  const digits = Math.max(parts(left).fraction.length, parts(right).fraction.length);
  return written(scaled(left, digits) + scaled(right, digits), digits);
}

/** So many times a decimal, with the digits it has. */
export function times(text, count) {
  const digits = parts(text).fraction.length;
  return written(scaled(text, digits) * BigInt(count), digits);
}

function written(units, digits) {
  const text = String(units < 0n ? -units : units).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  return (units < 0n ? "-" : "") + whole + (digits > 0 ? `.${text.slice(-digits)}` : "");
}

/** Without its minus. */
export function positive(text) {
  return String(text).replace(/^[-−]/, "");
}

/** An amount as people of `locale` write it. The digits are those of the text, all of them. English is written as the engine does, "237.80 USD". */
export function money(text, currency, locale) {
  const { negative, whole, fraction } = parts(text);
  const zero = !/[1-9]/.test(whole + fraction);
  if (locale.startsWith("en")) return `${negative && !zero ? "-" : ""}${whole}${fraction && `.${fraction}`} ${currency}`;
  const style = { style: "currency", currency, minimumFractionDigits: fraction.length, maximumFractionDigits: fraction.length };
  const shape = new Intl.NumberFormat(locale, style);
  const pieces = shape.formatToParts(negative && !zero ? -BigInt(whole) || -0 : BigInt(whole));
  return pieces.map(({ type, value }) => (type === "fraction" ? digitsLike(shape, fraction) : value)).join("");
}

/** Digits in the script of the locale. */
function digitsLike(shape, digits) {
  const { numberingSystem } = shape.resolvedOptions();
  if (numberingSystem === "latn") return digits;
  const one = new Intl.NumberFormat(shape.resolvedOptions().locale, { useGrouping: false });
  return [...digits].map((digit) => one.format(BigInt(digit))).join("");
}
