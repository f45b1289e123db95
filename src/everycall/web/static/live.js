// Keeps a page up to date: it is told what kind of thing changed (/events), and fetches its own parts anew. What somebody
// is filling in is never put away under their hands.
const state = document.getElementById("live-state");
const AT_LEAST_MS = 30_000; // time passes also when nothing happens
let timer, asking = false, again = false;

let clock = "the page was loaded"; // by the clock of the server, which every time on the page is of

const tell = (words, kind) => {
  if (state.textContent === words) return;
  state.textContent = words;
  state.className = `state ${kind}`;
};

const isFilledIn = (part) => {
  const at = document.activeElement;
  if (part.contains(at) && at.matches("input, select, textarea")) return true;
  return [...part.querySelectorAll("select, input:not([type=hidden]), textarea")].some((one) => one.value !== (one.dataset.was ?? one.defaultValue ?? ""));
};

const put = (text) => {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const part of document.querySelectorAll("[data-part]")) {
    const other = fresh.getElementById(part.id);
    if (!other || other.innerHTML === part.innerHTML || isFilledIn(part)) continue;
    const at = part.contains(document.activeElement) ? document.activeElement.id || document.activeElement.getAttribute("href") : null;
    part.replaceChildren(...document.adoptNode(other).childNodes);
    if (at) ([...part.querySelectorAll("[id], a")].find((one) => one.id === at || one.getAttribute("href") === at) ?? document.getElementById("main")).focus();
  }
  const { said, at: now } = fresh.querySelector("[data-said]").dataset;
  clock = now;
  const place = document.querySelector("#said strong");
  if (said && place && place.textContent !== said) place.textContent = said;
};

const look = async () => {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  clearTimeout(timer);
  try {
    const answer = await fetch(state.dataset.live, { headers: { "Everycall-Live": "unasked" } });
    if (!answer.ok) throw new Error(String(answer.status));
    put(await answer.text());
    tell(`● Live, as of ${clock}`, "none");
  } catch {
    tell(`✕ Not live since ${clock}: load the page again`, "could-not-look");
  }
  asking = false;
  timer = setTimeout(look, AT_LEAST_MS);
  if (again) {
    again = false;
    look();
  }
};

const events = new EventSource(state.dataset.events);
clock = state.dataset.at;
events.addEventListener("open", () => tell(`● Live, as of ${clock}`, "none"));
events.addEventListener("changed", (event) => {
  if (JSON.parse(event.data).changed.includes("away")) tell(`✕ The store cannot be reached since ${clock}`, "could-not-look");
  else look();
});
events.addEventListener("error", () => {
  if (events.readyState === EventSource.CLOSED) tell(`✕ Not live since ${clock}: load the page again`, "could-not-look");
});
timer = setTimeout(look, AT_LEAST_MS);
