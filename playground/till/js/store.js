// The state of the till: one object, changed in one place, told to whoever watches.

/**
 * A store of `state`. `change(f)` lets `f` change a copy; watchers hear of it once, after everything that was changed in one go.
 *
 * They draw anew, so they do not hear of it while a finger or the mouse is down: a click is lost when its button goes away in the middle of it.
 */
export function store(state, target = globalThis) {
  const watchers = new Set();
  let due = false;
  let down = false;

  const tell = () => {
    if (!due || down) return;
    due = false;
    for (const watcher of watchers) watcher(state);
  };
  const lifted = () => {
    down = false;
    setTimeout(tell);
  };
  target.addEventListener?.("pointerdown", () => (down = true), { capture: true });
  for (const event of ["pointerup", "pointercancel"]) target.addEventListener?.(event, () => setTimeout(lifted), { capture: true });
  return {
    get state() {
      return state;
    },
    change(step) {
      const next = structuredClone(state);
      step(next);
      state = next;
      if (due) return;
      due = true;
      setTimeout(tell);
    },
    watch(watcher) {
      watchers.add(watcher);
      watcher(state);
    },
  };
}
