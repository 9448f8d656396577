// Where in a request the answer to a question of the engine belongs (`ask` of a decision).

/** Facts of the language that are members of a sold line. */
const OF_SOLD_LINE = ["received", "shipped", "invoiced", "installed", "activated"];
const OF_RETURN = ["wants", "condition", "reason", "proof", "current_price", "list_price"];

/** Writes `value` into the request; `question` is one of `ask`, with the same members. */
export function put(request, question, value) {
  const { fact, line: id, sale: saleId } = question;
  const line = request.returns.find((one) => one.id === id);
  // Of goods whose sale nobody can find, what is known of it stands with the goods.
  const sale = question.of_unfound_sale ? member(line.item, "sale") : request.sales?.find((one) => one.id === (saleId ?? line?.sale));
  const sold = sale?.lines?.find((one) => one.id === line?.line);
  const goods = sold ?? line?.item;

  if (fact.endsWith(" on duty")) return onDuty(request, fact.slice(0, -" on duty".length), value);
  if (fact.startsWith("history.")) return void (member(request, "history")[fact.slice("history.".length)] = value);
  if (fact === "history") return void (line.history = value);
  if (fact === "lowest_price") return void (member(line, "lowest_price")[question.in] = value);
  if (fact === "pay_with.balance") return void (member(request, "pay_with").balance = value);
  if (fact === "categories") return void (goods.categories = value === "" ? [] : [value]);
  if (OF_RETURN.includes(fact) && line) return void (line[fact] = value);
  if (OF_SOLD_LINE.includes(fact)) {
    const lines = goods ? [goods] : (sale?.lines ?? []);
    for (const one of lines) one[fact] ??= value;
    return;
  }
  if ((fact === "sold" || fact === "ordered") && sale) return void (sale[fact] = value);
  if (fact === "channel" || fact === "visit.by") return void (request[fact.replace("visit.", "")] = value);
  if (fact === "visit.labels") return void (request.labels = value);
  if (/^visit\.(store|country|state)$/.test(fact)) return void (member(request, "store")[storeMember(fact)] = value);
  if (/^sale\.(store|country|state)$/.test(fact) && sale) return void (member(sale, "store")[storeMember(fact)] = value);
  if (/^sale\.(channel|seller)$/.test(fact) && sale) return void (sale[fact.slice("sale.".length)] = value);
  if (fact === "sale.total" && sale) return void (sale.total = value);
  if (/^sale\.(tax_exempt|whole)$/.test(fact) && sale) return void (sale[fact.slice("sale.".length)] = value === "yes");
  if (fact === "clerk.role") return void (member(request, "clerk").role = value);
  if (/^(refund_to|pay_with)\.(tender|id)$/.test(fact)) {
    const [what, which] = fact.split(".");
    return void (member(request, what)[which] = value);
  }
  if (/^item\.(sku|product|brand|price)$/.test(fact) && goods) return void (goods[fact.slice("item.".length)] = value);
  if (fact === "item.final_sale" && goods) return void (goods.final_sale = value === "yes");
  if (/^new\.(sku|product|price)$/.test(fact) && line) return void (member(line, "new")[fact.slice("new.".length)] = value);
  if (fact === "new.available" && line) return void (member(line, "new").available = value === "yes");
  // A declared fact: of the goods, of a tender of the sale (of all that do not tell it, where none is named), of the sale, or of the visit.
  if (line && !question.of_unfound_sale) return void (member(line, "facts")[fact] = value);
  if (sale && fact.startsWith("tender.")) return void sale.tenders.filter(({ id }) => id === (question.tender ?? id)).forEach((tender) => (member(tender, "facts")[fact] ??= value));
  member(sale ?? request, "facts")[fact] = value;
}

function member(object, name) {
  return (object[name] ??= {});
}

function storeMember(fact) {
  return fact.endsWith(".store") ? "id" : fact.split(".")[1];
}

/** The list of who is there is complete, so a no is a list without the role. */
function onDuty(request, role, value) {
  const there = new Set(request.on_duty ?? [request.clerk?.role].filter(Boolean));
  if (value === "yes") there.add(role);
  else there.delete(role);
  request.on_duty = [...there];
}
