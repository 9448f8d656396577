// The four steps of a return, and which of them are open.

export const STEPS = ["sale", "goods", "paper", "slip"];

/** Whether the goods come back: what is left is paperwork and the slip. */
export function going(decision) {
  return ["accept", "accept pending verification"].includes(decision?.outcome);
}

/** The lines that are accepted where the visit as a whole is not: their money is paid only once the others are taken out. */
export function acceptedBeside(decision) {
  if (!["refer", "decline"].includes(decision?.outcome)) return [];
  const accepted = decision.lines.filter(going);
  return accepted.length < decision.lines.length ? accepted.map(({ line }) => line) : [];
}

/** What is said to the customer: of money only where there is some. */
export function sayingsOf({ decision, script }) {
  return going(decision) ? script.say : script.say.filter(({ message }) => !["accepted", "paid"].includes(message?.key));
}

/** Which steps can be gone to: `{ sale, goods, paper, slip }`. Forms of what is not accepted are reached only by closing it, and a finished return stays finished. */
export function openSteps({ ready, step, visit }, answer) {
  const begun = ready && step !== "slip";
  return {
    sale: begun,
    goods: begun && (visit.sales.length > 0 || visit.lines.length > 0 || step !== "sale"),
    paper: begun && Boolean(answer?.decision) && (step === "paper" || (step === "goods" && going(answer.decision) && answer.decision.paperwork.length > 0)),
    slip: ready && step === "slip",
  };
}

/** Whether something would be lost if the till were left. */
export function unfinished({ ready, step, visit }) {
  return ready && step !== "slip" && visit.lines.length > 0;
}
