// The texts of the till itself. What is decided, and why, is told by the engine in its own languages.

import de from "./texts/de.js";
import en from "./texts/en.js";
import fi from "./texts/fi.js";
import fr from "./texts/fr.js";
import hr from "./texts/hr.js";
import nb from "./texts/nb.js";
import ro from "./texts/ro.js";
import sl from "./texts/sl.js";

const ALL = { de, en, fi, fr, hr, nb, ro, sl };

/** The languages that the till itself speaks. */
export const LANGUAGES = Object.keys(ALL);

/** The texts in a language: `texts("de")("scan.title")`, filled in with `{ name }`. What is missing is English. `lang` tells which it is. */
export function texts(locale) {
  const lang = [locale, locale.split("-")[0]].find((tag) => tag in ALL) ?? "en";
  const t = (key, filled = {}) => {
    const text = ALL[lang][key] ?? en[key];
    if (text === undefined) return key.slice(key.indexOf(".") + 1);
    return text.replace(/\{(\w+)\}/g, (whole, name) => filled[name] ?? whole);
  };
  return Object.assign(t, { lang, has: (key) => key in ALL[lang] || key in en });
}

/** Words of a request (conditions, reasons, tenders …): `word(t, "condition", "opened")`; those that only the shop has are shown as they are. */
export function word(t, kind, value) {
  const key = `${kind}.${value}`;
  return t.has(key) ? t(key) : capital(value, t.lang);
}

/** The name of a fact, for people: `item.original_package` is an original package. */
export function factName(fact) {
  return fact.slice(fact.indexOf(".") + 1).replaceAll("_", " ");
}

function capital(text, lang) {
  return text.charAt(0).toLocaleUpperCase(lang) + text.slice(1);
}

/** Days and times in English are written as the engine does, "31 March 2026". */
const ofDays = (locale) => (locale.startsWith("en") ? "en-GB" : locale);

/** A day such as "2026-03-01", in words. */
export function day(text, locale) {
  const [year, month, date] = text.slice(0, 10).split("-").map(Number);
  return new Intl.DateTimeFormat(ofDays(locale), { dateStyle: "long", timeZone: "UTC" }).format(Date.UTC(year, month - 1, date));
}

/** A civil time such as "2026-03-01T14:05:00-05:00", day and time of its clock, in words. */
export function moment(text, locale) {
  const time = /T(\d\d):(\d\d)/.exec(text);
  if (!time) return day(text, locale);
  const shown = new Intl.DateTimeFormat(ofDays(locale), { timeStyle: "short", timeZone: "UTC" }).format(Date.UTC(2000, 0, 1, Number(time[1]), Number(time[2])));
  return `${day(text, locale)}, ${shown}`;
}

/** A length as answers tell it, "14 days", in words of the locale; what is no plain number of them stays as it is. */
export function lengthText(text, locale) {
  const [, count, unit] = /^(\d+) (hour|day|week|month|year)s?$/.exec(text) ?? [];
  return unit ? new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(BigInt(count)) : text;
}

/** The name of a language in itself. */
export function languageName(tag) {
  const name = new Intl.DisplayNames([tag], { type: "language" }).of(tag);
  return capital(name, tag);
}
