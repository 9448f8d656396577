// A barcode scanner that acts as a keyboard: very fast keys that end in Enter, wherever the focus is.

const SHORTEST = 6; // signs
const BETWEEN = 50; // milliseconds from key to key, on average; nobody types so fast
const PAUSE = 300; // milliseconds after which a new scan begins

/**
 * Calls `scanned(text)` for every scan. What the scanner wrote into a field is taken out of it again, and its Enter
 * sends no form; but a field with `data-scan="here"` keeps it, and the focus goes on to the next one. Keys also choose in a list or a
 * date: what they chose there is told only when it is known that no scanner did so.
 */
export function listen(target, scanned) {
  let keys = "";
  let first = 0;
  let last = 0;
  let field;
  let before;

  let chosen; // the list or date whose change is not told yet
  let waiting;

  const forget = () => {
    keys = "";
    field = before = undefined;
  };
  const tell = () => {
    clearTimeout(waiting);
    const one = chosen;
    chosen = undefined;
    for (const kind of one ? ["input", "change"] : []) one.dispatchEvent(new Event(kind, { bubbles: true }));
  };

  for (const kind of ["input", "change"]) {
    target.addEventListener(
      kind,
      (event) => {
        if (!event.isTrusted || keys === "" || event.target !== field || !chosenByKeys(field)) return;
        event.stopImmediatePropagation();
        chosen = field;
        clearTimeout(waiting);
        waiting = setTimeout(tell, PAUSE);
      },
      { capture: true },
    );
  }
  target.addEventListener("pointerdown", () => (forget(), tell()), { capture: true });

  target.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return void (forget(), tell());
      const now = event.timeStamp;
      if (keys !== "" && now - last > PAUSE) forget();
      if (keys === "") tell();
      if (event.key.length === 1) {
        if (keys === "") {
          first = now;
          field = event.target instanceof HTMLElement && "value" in event.target && event.target.type !== "radio" ? event.target : undefined;
          before = field?.value;
        }
        keys += event.key;
        last = now;
        return;
      }
      if (event.key === "Shift") return;
      const text = keys;
      const fast = text.length >= SHORTEST && (last - first) / (text.length - 1) <= BETWEEN;
      const [where, was] = [field, before];
      forget();
      if (event.key !== "Enter" || !fast) return tell();
      event.preventDefault();
      event.stopImmediatePropagation();
      if (where?.dataset.scan === "here") return next(where)?.focus();
      clearTimeout(waiting);
      chosen = undefined;
      if (where && where.tagName !== "BUTTON") {
        where.value = was;
        if (!chosenByKeys(where)) where.dispatchEvent(new Event("input", { bubbles: true }));
      }
      scanned(text);
    },
    { capture: true },
  );
}

function chosenByKeys(field) {
  return field.matches("select, input[type=date]");
}

/** The field after one in its form, or the button that sends it. */
function next(field) {
  const fields = [...field.form.querySelectorAll("input, select, textarea, button[type=submit]")];
  return fields[fields.indexOf(field) + 1];
}
