// What the server has not taken yet, kept in this tab so that it outlives a reload: removed as soon as the server has it,
// at signing out, when the tab is closed, and after thirteen hours (docs/decisions/0090).

const PREFIX = "everycall:kept:";
const LONGEST_MS = 13 * 3600 * 1000;

function every() {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

export class Kept {
  #key;

  // One call, and who types: nobody sends what another typed.
  constructor(ref, by) {
    this.#key = `${PREFIX}${by}:${ref}`;
    for (const key of every()) if (!((read(key)?.at ?? 0) > Date.now() - LONGEST_MS)) sessionStorage.removeItem(key);
  }

  // Keep it; null: there is nothing to keep. False when the browser keeps nothing.
  put(what) {
    try {
      if (what === null) sessionStorage.removeItem(this.#key);
      else sessionStorage.setItem(this.#key, JSON.stringify({ at: Date.now(), ...what }));
      return true;
    } catch {
      return false;
    }
  }

  get() {
    return read(this.#key);
  }
}

export const isAnythingKept = () => every().length > 0;

export function forgetEverything() {
  for (const key of every()) sessionStorage.removeItem(key);
}
