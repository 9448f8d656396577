// Calling somebody above the clerk: who it is, the PIN, and the approval or what was found. The engine decides again with it.

import { fill, h, icon } from "./dom.js";
import { approvalsBy, counting, toApprove, toVerify, verificationsBy } from "./matters.js";
import { testPin } from "./pins.js";
import { word } from "./texts.js";

/** Opens the dialog. `kind`: "approve" or "verify". `again(request)`: the answer to a request. `done({ approvals } or { verifications })` hears what came of it. */
export function callManager(dialog, { kind, answer, again, till, t, done, said }) {
  const matters = kind === "approve" ? toApprove(answer) : toVerify(answer);
  const staff = till.staff.filter(({ pin }) => pin);
  const trouble = h("p", { class: "trouble", id: "pin-trouble", role: "alert" });
  const pin = h("input", { id: "pin", type: "password", inputmode: "numeric", autocomplete: "off", required: true, "aria-describedby": "pin-trouble", autofocus: true });
  const titled = ({ name, role }) => `${name} – ${word(t, "role", role)}`;
  const needed = [...new Set(matters.flatMap(({ roles }) => roles))];
  const called = staff.findLast(({ role }) => needed.includes(role));
  // The PIN can be typed at once: who is called is chosen already, or there is nobody to choose from.
  const alone = staff.length === 1;
  const who = alone ? h("p", { id: "who" }, titled(staff[0])) : h("select", { id: "who" }, staff.map((one) => h("option", { value: one.id, selected: one === called }, titled(one))));
  let passed = true;
  const form = h(
    "form",
    {
      method: "dialog",
      onsubmit: async (event) => {
        event.preventDefault();
        const person = alone ? staff[0] : staff.find(({ id }) => id === who.value);
        const tested = await testPin(person, pin.value);
        pin.value = "";
        if (!dialog.open) return; // sent twice, or given up meanwhile
        if (!tested.ok) {
          trouble.textContent = tested.until ? t("pin.locked", { name: person.name, minutes: Math.ceil((tested.until - Date.now()) / 60_000) }) : t("pin.wrong", { left: tested.left });
          pin.focus();
          return;
        }
        const counted = counting(kind === "approve" ? approvalsBy(person, matters) : verificationsBy(person, matters, passed), kind, answer, again);
        if (counted.length === 0) {
          trouble.textContent = t("pin.not-theirs", { name: person.name, roles: needed.map((role) => word(t, "role", role)).join(", ") });
          who.focus();
          return;
        }
        dialog.close();
        done(kind === "approve" ? { approvals: counted } : { verifications: counted });
        said(t("approve.done", { name: person.name }));
      },
    },
    h("h2", { id: "manager-title" }, icon("person"), t(`${kind}.title`)),
    h(
      "ul",
      {},
      matters.map(({ roles, clauses, text, refusal }) => h("li", {}, h("strong", {}, roles.map((role) => word(t, "role", role)).join(" + ")), (text ?? refusal) && [": ", h("span", { lang: answer.script.locale }, text ?? refusal)], h("small", {}, titles(clauses, answer).join("; ")))),
    ),
    alone ? who : h("div", { class: "field" }, h("label", { for: "who" }, t("pin.who")), who),
    h("div", { class: "field" }, h("label", { for: "pin" }, t("pin.pin")), pin),
    trouble,
    h("p", { class: "hint" }, t("pin.hint")),
    h(
      "div",
      { class: "buttons" },
      h("button", { type: "button", id: "manager-cancel", onclick: () => dialog.close() }, t("cancel")),
      kind === "verify" && h("button", { type: "button", id: "verify-failed", onclick: () => ((passed = false), form.requestSubmit()) }, icon("no"), t("verify.failed")),
      h("button", { type: "submit", class: "main", id: "manager-ok", onclick: () => (passed = true) }, icon("yes"), t(kind === "approve" ? "approve.ok" : "verify.passed")),
    ),
  );
  fill(dialog, form);
  dialog.showModal();
}

/** The titles of clauses, where the answer tells them; else their labels. */
function titles(clauses, { script }) {
  const known = new Map(script.reasons.flatMap((reason) => reason.clauses).map(({ clause, title }) => [clause, title]));
  return clauses.map((clause) => known.get(clause) ?? clause);
}
