// What is wrong with the answers to a form, in the clerk's language.

import { fieldWords, sentence } from "./answer-texts.js";

/** The problems of a completion: each with `title` of its field and `text`. The engine words them in English; other languages tell the kind and the bounds. */
export function problemsOf(completion, answer, t) {
  if (completion.complete) return [];
  return completion.problems.map((problem) => {
    const text = t.lang === "en" || !t.has(`problem.${problem.code}`) ? told(problem.message) : t(`problem.${problem.code}`);
    return { ...problem, title: fieldWords(problem, answer)?.title ?? problem.field, text };
  });
}

function told(text) {
  return `${sentence(text.replace(/`([^`]*)`/g, "“$1”"))}.`;
}
