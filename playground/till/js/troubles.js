// Why a policy is not the newest, or not there at all, in words.

/** What happened: `trouble` of policies.js. */
export function troubleText(trouble, t) {
  if (trouble.name === "NotFetched") return t(`trouble.${trouble.why}`, { status: trouble.status });
  return t("trouble.bundle", { why: t.has(`bundle.${trouble.kind}`) ? t(`bundle.${trouble.kind}`) : trouble.message.split("\n")[0] });
}
