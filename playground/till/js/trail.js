// The steps of the till in the history of the browser, so that Back goes one step back.

/**
 * `here()`: `{ turn, step }`, the visit and the step that are on the screen. `open(step)`: whether it can be gone to. `go(step)`: goes there.
 * `closeDialog()`: closes what is open above the screen, and tells whether anything was.
 *
 * An entry of a visit that is over, or of a step that is closed by now, becomes one of what is on the screen: Back does not undo a return.
 */
export function trail({ here, open, go, closeDialog }) {
  addEventListener("popstate", ({ state: entry }) => {
    if (closeDialog()) return history.pushState(here(), "");
    if (entry?.turn === here().turn && open(entry.step)) return go(entry.step);
    history.replaceState(here(), "");
  });
  return {
    /** The page has been opened, or another shop. */
    begin: (url) => history.replaceState(here(), "", url),
    /** A step was made. */
    onward: () => history.pushState(here(), ""),
  };
}
