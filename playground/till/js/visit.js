// A visit of a customer, as the clerk builds it: what was scanned and chosen. Nothing here knows what comes of it.

/** A visit that has just begun. */
export function newVisit() {
  return { sales: [], customer: null, lines: [], told: [], approvals: [], verifications: [], next: 1 };
}

/** Adds a sale, and how it is proved; of one that is there already, the better proof counts, for its goods too. */
export function addSale(visit, sale, proof) {
  const there = visit.sales.find(({ id }) => id === sale);
  if (!there) return void visit.sales.push({ id: sale, proof });
  if (!better(proof, there.proof)) return;
  there.proof = proof;
  for (const line of visit.lines) if (line.sale === sale && better(proof, line.proof)) line.proof = proof;
}

/** Proofs of the language, the weakest first. */
const PROOFS = ["none", "look-up", "packing slip", "gift receipt", "e-receipt", "receipt"];

/** Whether a proof says more than another; words of the shop's own are left as they are. */
function better(one, other) {
  return !other || (PROOFS.includes(other) && PROOFS.indexOf(one) > PROOFS.indexOf(other));
}

/** Takes a sale out that no goods were chosen of, with everything that was told about it. */
export function dropSale(visit, sale) {
  if (visit.lines.some((line) => line.sale === sale)) return;
  visit.sales = visit.sales.filter(({ id }) => id !== sale);
  visit.told = visit.told.filter((one) => one.sale !== sale);
}

/** The returned line for a sold line. */
export function lineOf(visit, sale, line) {
  return visit.lines.find((one) => one.sale === sale && one.line === line);
}

/** Chooses a sold line; what is more or less than the sale has is the engine's to find. */
export function takeLine(visit, sale, line, chosen = {}) {
  const taken = lineOf(visit, sale, line);
  if (taken) return taken;
  visit.lines.push({ id: `r${visit.next}`, sale, line, quantity: 1, ...chosen });
  visit.next += 1;
  return visit.lines.at(-1);
}

/** Goods without a sale. */
export function takeGoods(visit, sku, chosen = {}) {
  const taken = visit.lines.find((one) => one.goods === sku);
  if (taken) {
    taken.quantity += 1;
    return taken;
  }
  visit.lines.push({ id: `r${visit.next}`, goods: sku, quantity: 1, proof: "none", ...chosen });
  visit.next += 1;
  return visit.lines.at(-1);
}

/** Lets a line go, with everything that was told about it. */
export function dropLine(visit, id) {
  visit.lines = visit.lines.filter((line) => line.id !== id);
  visit.told = visit.told.filter(({ line }) => line !== id);
}

/** Members of a line that have a place on the screen; all other facts are kept under `told`. */
const CHOSEN = ["wants", "condition", "reason", "proof"];

/** Keeps what the clerk told about something that the engine asked; an empty text takes it back. `words`: how it was asked and answered, `{ locale, name, value }`. */
export function tell(visit, question, value, words) {
  const line = visit.lines.find(({ id }) => id === question.line);
  if (line && CHOSEN.includes(question.fact)) {
    line[question.fact] = value || null;
    return;
  }
  visit.told = visit.told.filter((one) => !same(one, question));
  if (value !== "" && value !== null) visit.told.push({ ...keyOf(question), value, ...(words && { words }) });
}

/** What was told about a question. */
export function toldOf(visit, question) {
  const line = visit.lines.find(({ id }) => id === question.line);
  if (line && CHOSEN.includes(question.fact)) return line[question.fact] ?? undefined;
  return visit.told.find((one) => same(one, question))?.value;
}

function keyOf({ fact, in: length, line, sale, tender, of_unfound_sale }) {
  return { fact, ...(length && { in: length }), line: line ?? null, ...(sale && { sale }), ...(tender && { tender }), ...(of_unfound_sale && { of_unfound_sale }) };
}

function same(left, right) {
  return JSON.stringify(keyOf(left)) === JSON.stringify(keyOf(right));
}

/**
 * Changes the visit. Who approved or looked has done so for the case as it was, so a change of the case takes that back.
 */
export function changeCase(visit, change) {
  const before = JSON.stringify([visit.sales, visit.customer, visit.lines, visit.told]);
  change(visit);
  if (JSON.stringify([visit.sales, visit.customer, visit.lines, visit.told]) === before) return;
  visit.approvals = [];
  visit.verifications = [];
}
