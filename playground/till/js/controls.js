// Questions of the engine that have a control beside the goods already: they are answered there, and not asked a second time.

import { idOf } from "./dom.js";

/** The facts that have one, in the order of the screen. */
export const CONTROLS = ["wants", "condition", "reason", "proof"];

/** The id of the control that answers a question about a line, or undefined. */
export function controlOf({ fact, line: id, of_unfound_sale: unfound }, visit) {
  const line = visit.lines.find((one) => one.id === id);
  if (!line || unfound) return undefined;
  if (fact === "wants" || fact === "condition") return idOf("chips", `${fact} ${id}`);
  if (fact === "reason") return idOf("reason", id);
  return fact === "proof" && line.sale ? idOf("proof", line.sale) : undefined;
}

/** The controls that are waiting for an answer. */
export function awaited(answer, visit) {
  return (answer?.decision?.ask ?? []).map((question) => controlOf(question, visit)).filter(Boolean);
}

/** Goes to a control: to what is chosen in it, else to its first choice. */
export function goTo(id) {
  const control = document.getElementById(id);
  const first = control?.matches("fieldset") ? (control.querySelector("input:checked") ?? control.querySelector("input")) : control;
  control?.scrollIntoView({ block: "center" });
  first?.focus({ preventScroll: true });
}
