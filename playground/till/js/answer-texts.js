// Texts of an answer, found where the engine tells them.

import { factName } from "./texts.js";

/** The first line of the page for the clerk: the outcome, and the money. */
export function headline(script) {
  return script.page.split("\n", 1)[0];
}

/** A question: as the policy asks it, as the till does, or just what the fact is called. */
export function questionText(question, { decision, script, t }) {
  const words = script.ask[decision.ask.indexOf(question)];
  if (words.question) return words.question;
  return t.has(`ask.${question.fact}`) ? t(`ask.${question.fact}`) : `${sentence(factName(words.name))}?`;
}

/** The answers that a question has, in its order. */
export function valueTexts(question, { decision, script }) {
  return script.ask[decision.ask.indexOf(question)].values.map(sentence);
}

/** A field of the paperwork in words: the title of its form, its own, why it is asked, its options. */
export function fieldWords({ form, line, field }, { decision, script }) {
  return script.paperwork[decision.paperwork.findIndex((one) => one.form === form && one.line === (line ?? null) && one.field === field)];
}

/** Beginning with a capital. */
export function sentence(text) {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
