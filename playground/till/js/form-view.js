// The paperwork: forms made from what the decision asks, field by field. What is right and what is missing says the engine.

import { fieldWords, sentence } from "./answer-texts.js";
import { banner, nameOf } from "./decision-view.js";
import { fill, h, icon, idOf } from "./dom.js";
import { fieldInput, star } from "./fields.js";
import { asked, formsOf, keyOf, withPrefill } from "./paper.js";
import { going } from "./steps.js";
import { lengthText, word } from "./texts.js";

/** Draws the forms. `problems`: of the last try to finish. `actions.fill(form, field, value)`, `actions.finish()`. */
export function formView(element, about) {
  const { answer, state, t, problems, actions } = about;
  const forms = formsOf(answer.decision.paperwork);
  fill(
    element,
    h("h1", { tabindex: -1, id: "paper-title" }, t("paper.title")),
    banner(about),
    problems.length > 0 && summary(problems, about),
    h(
      "form",
      {
        id: "paper-form",
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          actions.finish();
        },
      },
      forms.length > 0 ? h("p", { class: "hint" }, t("paper.required")) : h("p", { class: "panel" }, t("paper.nothing")),
      forms.map((form) => formSet(form, about)),
      h("div", { class: "buttons" }, h("button", { type: "button", id: "paper-back", onclick: () => actions.go("goods") }, t("back")), h("button", { type: "submit", class: "main", id: "finish" }, icon("yes"), t(going(answer.decision) ? "paper.finish" : "paper.finish.without"))),
    ),
  );
}

/** Where a field stands on the page. */
export function fieldId({ form, line, field }) {
  return idOf("field", form, line, field);
}

function summary(problems, { answer: { request }, till, t }) {
  const goods = ({ line }) => (line && request.returns.length > 1 ? ` – ${nameOf(line, request, till)}` : "");
  return h(
    "div",
    { class: "panel problems", id: "problems", role: "group", "aria-labelledby": "problems-title", tabindex: -1 },
    h("h2", { id: "problems-title" }, icon("bad"), t("paper.problems", { count: problems.length })),
    h("ul", {}, problems.map((problem) => h("li", {}, problem.field ? h("a", { href: `#${fieldId(problem)}`, onclick: (event) => toField(event, problem) }, `${problem.title}${goods(problem)}: ${problem.text}`) : problem.text))),
  );
}

function toField(event, problem) {
  event.preventDefault();
  const at = document.getElementById(fieldId(problem));
  const control = at?.matches("input, select, textarea") ? at : at?.querySelector("input, select, textarea, canvas");
  (control ?? at)?.focus();
}

function formSet(form, about) {
  const { answer, state, till, t } = about;
  const given = state.paper[keyOf(form)] ?? {};
  const filled = withPrefill(form, given);
  const goods = form.line === null ? "" : ` – ${nameOf(form.line, answer.request, till)}`;
  return h(
    "fieldset",
    { class: "panel paper", id: idOf("form", form.form, form.line) },
    h("legend", { lang: answer.script.locale }, `${fieldWords(form.fields[0], answer).form}${goods}`),
    form.fields.filter((field) => asked(field, filled)).map((field) => fieldRow(field, form, filled, about)),
  );
}

function fieldRow(field, form, filled, { answer, state, problems, t, actions }) {
  const id = fieldId(field);
  const problem = problems.find((one) => one.form === field.form && (one.line ?? null) === field.line && one.field === field.field);
  const { title, purpose, options } = fieldWords(field, answer);
  const hints = [purpose, keptText(field, t, state.locale), field.of && t("paper.of", { role: word(t, "role", field.of) }), field.from && t("paper.from", { role: word(t, "role", field.from) })].filter(Boolean);
  const described = [hints.length > 0 && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(" ") || undefined;
  const label = [h("span", { lang: answer.script.locale }, title), field.needed === "required" ? star(t) : h("small", {}, ` ${t(`needed.${field.needed}`)}`)];
  const set = (value) => actions.fill(form, field.field, value);
  return h(
    "div",
    { class: problem ? "field wrong" : "field" },
    fieldInput(field, { id, label, value: filled[field.field], described, invalid: Boolean(problem), options, set, t }),
    hints.length > 0 && h("p", { class: "hint", id: `${id}-hint` }, sentence(hints.join(" · "))),
    problem && h("p", { class: "trouble", id: `${id}-problem` }, icon("bad"), problem.text),
  );
}

function keptText({ kept }, t, locale) {
  return kept && t(`kept.${kept.how}`, { length: kept.length && lengthText(kept.length, locale) });
}

