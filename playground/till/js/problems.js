// What is wrong with the answers to a form, in the clerk's language.

import { fieldWords, sentence } from "./answer-texts.js";

/** The problems of a completion: each with `title` of its field and `text`. The engine words them in English; other languages tell the kind and the bounds. */
export function problemsOf(completion, answer, t) {
  if (completion.complete) return [];
  return completion.problems.map((problem) => {
    const key = `problem.${kindOf(problem, answer)}`;
    const text = !OWN.includes(key) && (t.lang === "en" || !t.has(key)) ? told(problem.message) : t(key);
    return { ...problem, title: fieldWords(problem, answer)?.title ?? problem.field, text };
  });
}

/** Problems that the till words itself in every language: it knows where they are mended. */
const OWN = ["problem.serial", "problem.signer"];

function kindOf({ form, line, field, code, path }, { decision }) {
  const asked = decision.paperwork.find((one) => one.form === form && one.line === (line ?? null) && one.field === field);
  if (code === "not told" && asked?.checks?.some((check) => check["same as"]?.fact === "item.serial")) return "serial";
  if (asked?.type === "signature" && path.endsWith("/name")) return "signer";
  return code;
}

function told(text) {
  return `${sentence(text.replace(/`([^`]*)`/g, "“$1”"))}.`;
}
