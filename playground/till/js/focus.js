// Where the focus goes when what had it goes away.

/** Puts the focus on the first of the selectors that is there and can be used. */
export function focusOn(selectors = []) {
  for (const selector of selectors) {
    const found = [...document.querySelectorAll(selector)].find((one) => !one.disabled && one.checkVisibility());
    if (!found) continue;
    found.focus();
    return;
  }
}

/** Notes whether the focus is inside an element; the function it gives tells whether it was lost since. */
export function held(element) {
  const was = element !== document.activeElement && element.contains(document.activeElement);
  return () => was && document.activeElement === document.body;
}
