// What the rows of an amount are called: "Restocking fee", "Tax (ME)".

/** `{ part, name, title }` of `amounts`: by the title that the policy gives it, else by its name. */
export function amountLabel({ part, name, title }, t) {
  const kind = t(`part.${part}`);
  if (title && (part === "fee" || part === "deduction")) return title;
  const own = (title ?? name)?.replaceAll("_", " ");
  if (!own) return kind;
  return part === "fee" ? t("part.fee.named", { name: own.charAt(0).toLocaleUpperCase(t.lang) + own.slice(1) }) : `${kind} (${own})`;
}

/** The rows of the delivery that is given back, `[[label, amount]]`: of each sale what it cost, and its taxes. */
export function deliveryRows({ shipping }, t) {
  const rows = shipping.flatMap(({ sale, amount, taxes }) => [[shipping.length > 1 ? `${t("part.shipping")} (${sale})` : t("part.shipping"), amount], ...Object.entries(taxes).map(([name, tax]) => [amountLabel({ part: "tax", name }, t), tax])]);
  return rows.filter(([, amount]) => /[1-9]/.test(amount));
}
