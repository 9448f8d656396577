// The forms of a decision: which fields are asked, and the answers as `complete` takes them (docs/reference/record.md).

import { compare, isDecimal } from "./decimals.js";

/** The fields of `paperwork`, form by form: `[{ form, line, fields }]`. */
export function formsOf(paperwork) {
  const forms = [];
  for (const field of paperwork) {
    const form = forms.find((one) => one.form === field.form && one.line === field.line);
    if (form) form.fields.push(field);
    else forms.push({ form: field.form, line: field.line, fields: [field] });
  }
  return forms;
}

/** The name under which the answers to a form are kept. */
export function keyOf({ form, line }) {
  return line === null ? form : `${form} ${line}`;
}

/** Whether a field is asked, after what is filled in above it. A test of something that is not answered does not hold, negated or not. */
export function asked(field, filled) {
  return (field.when ?? []).every((test) => holds(test, filled[test.field]));
}

const NUMBERS = {
  "at least": (order) => order >= 0,
  "at most": (order) => order <= 0,
  over: (order) => order > 0,
  under: (order) => order < 0,
  exactly: (order) => order === 0,
};

function holds(test, answer) {
  if (answer === undefined || answer === null || answer === "") return false;
  const [kind, wanted] = Object.entries(test).find(([key]) => key !== "field");
  const text = typeof answer === "boolean" ? (answer ? "yes" : "no") : String(answer);
  if (kind === "is") return wanted.includes(text);
  if (kind === "is not") return !wanted.includes(text);
  const negated = kind.startsWith("not ");
  if (!isDecimal(text)) return negated;
  return NUMBERS[negated ? kind.slice("not ".length) : kind](compare(text, wanted)) !== negated;
}

/** The answers to the forms; what is not asked is left out, and so are empty ones. `clerk`: who writes what the clerk fills in. */
export function answersOf(forms, filled, clerk) {
  return {
    forms: forms.map((form) => {
      const given = filled[keyOf(form)] ?? {};
      const fields = form.fields
        .filter((field) => asked(field, withPrefill(form, given)) && !empty(given[field.field]))
        .map(({ field, from }) => [field, from === "clerk" ? { value: given[field], filled_by: clerk } : given[field]]);
      return { form: form.form, ...(form.line !== null && { line: form.line }), fields: Object.fromEntries(fields) };
    }),
  };
}

/** What is filled in, and where nothing is, what the engine fills in. */
export function withPrefill(form, given) {
  const prefilled = form.fields.filter(({ prefill }) => prefill !== undefined).map(({ field, prefill }) => [field, prefill]);
  const said = Object.entries(given).filter(([, value]) => !empty(value));
  return Object.fromEntries([...prefilled, ...said]);
}

function empty(value) {
  if (value === undefined || value === null || value === "") return true;
  if (typeof value !== "object") return false;
  return !("ref" in value) && Object.values(value).every((inner) => (Array.isArray(inner) ? inner.join("") === "" : empty(inner)));
}
