// One control for each type of field that a form may have.

import { sentence } from "./answer-texts.js";
import { typed } from "./decimals.js";
import { chips, h, idOf } from "./dom.js";
import { sha256 } from "./pictures.js";
import { signaturePad } from "./signature.js";

/** The control of a field with its label. `set` takes the answer as `complete` wants it, or what makes it of the one before. */
export function fieldInput(field, about) {
  const draw = { "yes or no": yesOrNo, "one of": oneOf, signature, photo, address }[field.type] ?? line;
  return draw(field, about);
}

const KEYS = { number: "decimal", money: "decimal", "whole number": "numeric", imei: "numeric", gtin: "numeric", phone: "tel", email: "email" };
const TYPES = { date: "date", email: "email", phone: "tel" };

function line({ type, needed, checks = [] }, { id, label, value, described, invalid, set }) {
  const bound = (name) => checks.map((check) => check[name]).find((day) => typeof day === "string" && /^\d/.test(day));
  const characters = checks.find((check) => check.characters)?.characters;
  return [
    h("label", { for: id }, label),
    h("input", {
      id,
      type: TYPES[type] ?? "text",
      inputmode: KEYS[type],
      autocomplete: "off",
      spellcheck: "false",
      "data-scan": type === "date" ? undefined : "here",
      min: type === "date" ? bound("not before") : undefined,
      max: type === "date" ? bound("not after") : undefined,
      maxlength: characters?.[1],
      value: value ?? "",
      "aria-required": needed === "required" ? "true" : undefined,
      "aria-invalid": invalid ? "true" : undefined,
      "aria-describedby": described,
      onchange: (event) => set(type === "number" || type === "money" ? typed(event.target.value) : event.target.value),
    }),
  ];
}

function yesOrNo(field, about) {
  const { id, label, value, described, set, t } = about;
  const chosen = value === undefined ? undefined : value === true || value === "yes" ? "yes" : "no";
  const choices = ["yes", "no"].map((one) => ({ value: one, text: t(`value.${one}`) }));
  return group(chips({ id, legend: label, choices, chosen, described, onchoose: set }), about);
}

function oneOf(field, about) {
  const { id, label, value, described, invalid, options, set, t } = about;
  if (field.options.length <= 5) {
    const choices = field.options.map((one, at) => ({ value: one, text: sentence(options[at]) }));
    return group(chips({ id, legend: label, choices, chosen: value, described, onchoose: set }), about);
  }
  return [
    h("label", { for: id }, label),
    h(
      "select",
      { id, "aria-describedby": described, "aria-invalid": invalid ? "true" : undefined, "aria-required": field.needed === "required" ? "true" : undefined, onchange: (event) => set(event.target.value) },
      h("option", { value: "", selected: !value }, t("choose")),
      field.options.map((one, at) => h("option", { value: one, selected: one === value }, sentence(options[at]))),
    ),
  ];
}

/** The sign of what has to be filled in. */
export function star(t) {
  return h("span", { class: "star" }, " *", h("span", { class: "visually-hidden" }, t("paper.star")));
}

/** A group that stands where its problem points to. */
function group(fieldset, { id }) {
  fieldset.id = id;
  return fieldset;
}

function signature(field, { id, label, value, described, invalid, set, t }) {
  const name = typeof value === "string" ? value : (value?.name ?? "");
  const named = (old) => (typeof old === "object" && old ? old : { name: old ?? "" });
  return h(
    "fieldset",
    { class: "signature", id },
    h("legend", {}, label),
    h("label", { for: `${id}-name` }, t("signature.name"), field.needed === "required" && star(t)),
    h("input", { id: `${id}-name`, type: "text", autocomplete: "off", value: name, "aria-required": field.needed === "required" ? "true" : undefined, "aria-describedby": described, "aria-invalid": invalid ? "true" : undefined, onchange: (event) => set((old) => ({ ...named(old), name: event.target.value })) }),
    signaturePad({ id, ref: value?.ref, t, set: (picture) => set((old) => ({ name: named(old).name, ...picture })) }),
  );
}

function photo({ kept }, { id, label, value, described, invalid, set, t }) {
  return [
    h("label", { for: id }, label),
    h("input", {
      id,
      type: "file",
      accept: "image/*",
      capture: "environment",
      "aria-describedby": described,
      "aria-invalid": invalid ? "true" : undefined,
      onchange: async (event) => {
        const [file] = event.target.files;
        set(file ? await sha256(file, { keep: kept?.how !== "never" }) : "");
      },
    }),
    value && h("p", { class: "hint" }, t("photo.taken", { ref: value.ref })),
  ];
}

function address(field, { id, label, value = {}, described, set, t }) {
  const part = (name, text, shown) => [
    h("label", { for: idOf(id, name) }, t(`address.${name}`)),
    h("input", { id: idOf(id, name), type: "text", autocomplete: "off", value: shown ?? "", "aria-describedby": described, onchange: (event) => set((old) => ({ ...old, [name]: text(event.target.value) })) }),
  ];
  const same = (text) => text || null;
  return h(
    "fieldset",
    { class: "address", id },
    h("legend", {}, label),
    part("lines", (text) => text.split(/\s*,\s*/).filter(Boolean), value.lines?.join(", ")),
    part("postcode", same, value.postcode),
    part("city", (text) => text, value.city),
    part("state", same, value.state),
    part("country", same, value.country),
  );
}
