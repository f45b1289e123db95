// Puts the pieces of the card in anew without touching what somebody is at: open reasons stay open, focus stays.

const focusable = "a[href], button, input, select, textarea, summary, [tabindex]";

const held = new Map();
const marks = new Map();

// Which pieces stand as the server last made them: it leaves them out of its next answer while they stay so.
export const heldMarks = () => [...marks].map(([name, mark]) => `${name}=${mark}`).join(" ");

export function put(panels, made = {}) {
  for (const [name, html] of Object.entries(panels)) {
    const place = document.getElementById(`panel-${name}`);
    if (!place) continue;
    if (held.get(name) !== html && isBeingTypedIn(place)) {
      marks.delete(name);
      continue;
    }
    if (made[name]) marks.set(name, made[name]);
    if (held.get(name) === html) continue;
    const open = new Set([...place.querySelectorAll("details[open][data-keep]")].map((one) => one.dataset.keep));
    const focus = place.contains(document.activeElement) ? pathOf(place, document.activeElement) : null;
    const scrolled = [...place.querySelectorAll("ol.log")].map((one) => one.scrollHeight - one.scrollTop - one.clientHeight < 40);
    place.innerHTML = html;
    held.set(name, html);
    for (const one of place.querySelectorAll("details[data-keep]")) if (open.has(one.dataset.keep)) one.open = true;
    if (focus) again(place, focus)?.focus({ preventScroll: true });
    place.querySelectorAll("ol.log").forEach((one, number) => {
      if (scrolled[number] !== false) one.scrollTop = one.scrollHeight;
    });
  }
}

function isBeingTypedIn(place) {
  const at = document.activeElement;
  return place.contains(at) && at.matches("input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select");
}

// Where the focus was, in words that hold in the new piece too: which reasons, and the how-manieth thing in them.
function pathOf(place, at) {
  const within = at.closest("[data-keep], [data-live]");
  const key = within?.dataset.keep ?? within?.dataset.live;
  const inside = [...(within ?? place).querySelectorAll(focusable)];
  return { attribute: within ? (within.dataset.keep ? "data-keep" : "data-live") : null, key, number: inside.indexOf(at) };
}

function again(place, held) {
  const within = held.attribute ? place.querySelector(`[${held.attribute}="${CSS.escape(held.key)}"]`) : place;
  if (!within) return place.querySelector(focusable);
  return [...within.querySelectorAll(focusable)][held.number] ?? within.querySelector(focusable);
}
