// What becomes of the forms when the case changes while they are open.

import { fieldWords, headline } from "./answer-texts.js";
import { formsOf, keyOf } from "./paper.js";

/** The forms and fields that came and went between two answers, by their titles: `{ come, gone }`. */
export function formsChanged(before, after) {
  return { come: missing(after, before), gone: missing(before, after) };
}

/** Titles of what the first answer asks and the second does not: a whole form by its own, else its fields. */
function missing(has, lacks) {
  const others = new Map(formsOf(lacks.decision?.paperwork ?? []).map((form) => [keyOf(form), form.fields.map(({ field }) => field)]));
  return formsOf(has.decision?.paperwork ?? []).flatMap((form) => {
    const there = others.get(keyOf(form));
    if (!there) return [fieldWords(form.fields[0], has).form];
    return form.fields.filter(({ field }) => !there.includes(field)).map((field) => fieldWords(field, has).title);
  });
}

/** What is told when the case has changed beside the forms. `what`: the goods or the customer that did it. */
export function changedText(before, after, { what, t }) {
  const { come, gone } = formsChanged(before, after);
  const told = [
    t("paper.changed"),
    what,
    after.script && headline(after.script),
    come.length > 0 && t("paper.come", { forms: come.join(", ") }),
    gone.length > 0 && t("paper.gone", { forms: gone.join(", ") }),
    t("paper.stays"),
  ];
  return told.filter(Boolean).join(" ");
}
