// The answer to a visit: the request, the decision and its words, worked out once for each request, policy and language.

import { requestOf } from "./request.js";

/**
 * A function that gives the answer to a visit, `{ request, asked, decision, script }`; `asked` is the request as the policy has read it.
 * `{ request, error }` where it cannot be read, or where the engine has stopped; undefined where nothing comes back yet.
 */
export function decider(current) {
  let last = {};
  return (visit, about, locale) => {
    if (visit.lines.length === 0) return undefined;
    const request = requestOf(visit, about);
    const text = JSON.stringify(request);
    const { policy } = current;
    if (last.text !== text || last.locale !== locale || last.policy !== policy || last.answer.error) {
      last.answer?.asked?.free();
      last = { text, locale, policy, answer: answerTo(policy, request, text, locale) };
    }
    return last.answer;
  };
}

/** The answer to a request, that of a visit or another. `text`: its JSON. Who asks frees `asked`. */
export function answerTo(policy, request, text, locale) {
  try {
    const asked = policy.request(text);
    return { request, asked, decision: asked.decide(), script: asked.words({ locale }) };
  } catch (error) {
    if (error.name !== "RequestError" && error.name !== "EngineError") throw error;
    return { request, error };
  }
}
