// The column of the answer: the answer itself, what can be done with it, and a sign where there is more of it below.

import { headline } from "./answer-texts.js";
import { decisionView } from "./decision-view.js";
import { fill, h, icon } from "./dom.js";
import { acceptedBeside, going } from "./steps.js";

const $ = (id) => document.getElementById(id);
let told = "";
let watched;

/** Draws it. `said(text)` hears of a new outcome. */
export function drawAnswer(about) {
  const { answer, state, t, actions, said } = about;
  if (state.step !== "goods") {
    told = "";
    return $("answer-body").replaceChildren();
  }
  decisionView($("answer-body"), about);
  const [decision, script] = [answer?.decision, answer?.script];
  const goes = going(decision);
  const stays = decision?.outcome === "refer" || decision?.outcome === "decline";
  const beside = acceptedBeside(decision).length > 0;
  const next = goes ? (decision.paperwork.length > 0 ? "onward.paper" : "onward.finish") : "onward.without";
  fill(
    $("onward"),
    script && h("p", { class: `short ${decision.outcome.replaceAll(" ", "-")}`, lang: script.locale }, headline(script)),
    decision?.outcome === "undetermined" && h("p", { class: "hint" }, t("onward.ask")),
    beside && h("button", { type: "button", id: "take-out", class: "main", onclick: actions.takeOut }, t("onward.take-out")),
    (goes || stays) && h("button", { type: "button", id: "onward-go", class: goes ? "main" : "", onclick: actions.onward }, t(next)),
  );
  more(t);
  const line = script ? headline(script) : "";
  if (line === told) return;
  if (!$("answer-body").contains(document.activeElement)) $("answer-body").scrollTop = 0;
  if (line) said(line);
  told = line;
}

/** A button above what follows, where the answer goes on below. */
function more(t) {
  const body = $("answer-body");
  const show = () => ($("more").hidden = body.scrollTop + body.clientHeight >= body.scrollHeight - 8);
  fill($("more"), icon("down"), t("answer.more"));
  $("more").onclick = () => body.scrollBy({ top: body.clientHeight * 0.8 });
  if (!watched) {
    watched = new ResizeObserver(() => show());
    watched.observe(body);
    body.addEventListener("scroll", show, { passive: true });
    body.addEventListener("toggle", show, { capture: true });
  }
  show();
}
