// A barcode scanner that acts as a keyboard: very fast keys that end in Enter, wherever the focus is.

const SHORTEST = 6; // signs
const BETWEEN = 50; // milliseconds from key to key, on average; nobody types so fast
const PAUSE = 300; // milliseconds after which a new scan begins

/**
 * Calls `scanned(text)` for every scan. What the scanner wrote into a field is taken out of it again, and its Enter
 * sends no form; but a field with `data-scan="here"` keeps it.
 */
export function listen(target, scanned) {
  let keys = "";
  let first = 0;
  let last = 0;
  let field;
  let before;

  const forget = () => {
    keys = "";
    field = before = undefined;
  };

  target.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return forget();
      const now = event.timeStamp;
      if (keys !== "" && now - last > PAUSE) forget();
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
      if (event.key !== "Enter" || !fast || where?.dataset.scan === "here") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (where && where.tagName !== "BUTTON") {
        where.value = was;
        where.dispatchEvent(new Event("input", { bubbles: true }));
      }
      scanned(text);
    },
    { capture: true },
  );
}
