// What the rows of an amount are called: "Restocking fee", "Tax (ME)".

/** `{ part, name, title }` of `amounts`: by the title that the policy gives it, else by its name. */
export function amountLabel({ part, name, title }, t) {
  const kind = t(`part.${part}`);
  if (title && (part === "fee" || part === "deduction")) return title;
  const own = (title ?? name)?.replaceAll("_", " ");
  if (!own) return kind;
  return part === "fee" ? t("part.fee.named", { name: own.charAt(0).toLocaleUpperCase(t.lang) + own.slice(1) }) : `${kind} (${own})`;
}
