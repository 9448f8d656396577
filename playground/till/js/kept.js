// What outlives a reload, in this tab alone: the visit, what was filled in, and the slip. What a form promises not to keep as it was written is left out.

import { keyOf } from "./paper.js";

const NAME = "till.visit";
const MEMBERS = ["shop", "locale", "clerk", "at", "turn", "step", "visit", "tried", "done"];

/** Keeps the state. `forms`: those that are asked now (paper.js); of others it is not known what may be kept. Tells whether there was room. */
export function keep(state, forms, storage = sessionStorage) {
  const some = Object.fromEntries(MEMBERS.map((name) => [name, state[name]]));
  try {
    storage.setItem(NAME, JSON.stringify({ ...some, ...storable(forms, state.paper) }));
    return true;
  } catch {
    return false;
  }
}

/** What was kept, with `again`: the fields whose answers were not, `[{ form, line, field }]`. Undefined where nothing was. */
export function kept(storage = sessionStorage) {
  try {
    return JSON.parse(storage.getItem(NAME)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** `{ paper, again }` of what is filled in. */
export function storable(forms, filled) {
  const paper = {};
  const again = [];
  for (const { form, line, fields } of forms) {
    const key = keyOf({ form, line });
    for (const { field, kept: how } of fields) {
      const value = filled[key]?.[field];
      if (value === undefined || value === "") continue;
      if (AS_WRITTEN.includes(how?.how)) (paper[key] ??= {})[field] = value;
      else again.push({ form, line, field });
    }
  }
  return { paper, again };
}

/** How answers are kept that may be written down as they are. */
const AS_WRITTEN = [undefined, "for"];
