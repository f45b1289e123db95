// The call screen made live: what is typed is sent, what follows from it is put in beside it, keys do the rest.
import { Away } from "./away.js";
import { CommandLine } from "./commands.js";
import { Decision, post } from "./decision.js";
import { Fields } from "./fields.js";
import { heldMarks, put } from "./panels.js";
import { Questions } from "./questions.js";
import { Sender } from "./send.js";

const call = document.getElementById("call");
const form = document.getElementById("talk");
const { url, token, since, by, handler } = call.dataset;
const mayWrite = "mayWrite" in call.dataset;

// The server's clock: its time when the page was made, and how long ago that is.
const began = Date.parse(call.dataset.now) - performance.timeOrigin - performance.now();
const now = () => new Date(performance.timeOrigin + performance.now() + began).toISOString();

export const sender = new Sender(`${url}/facts`, token, heldMarks);

const status = document.getElementById("sending");
let fading = 0;
let decidedAt = -Infinity;

// A line of news: it goes after a while, unless it says that the server is away.
let toldAt = -Infinity;

function tell(text, stays = false) {
  clearTimeout(fading);
  const before = status.textContent;
  const together = before && performance.now() - toldAt < 3000 && !before.includes(text);
  toldAt = performance.now();
  status.textContent = together ? `${before.replace(/\.?$/, ".")} ${text}` : text;
  if (!stays) fading = setTimeout(() => (status.textContent = ""), 12000);
}
const known = JSON.parse(form.elements.was.value);
const fields = new Fields(form, known, (changes, atOnce) => sender.send({ changes }, { atOnce }), tell, by === handler);
const questions = new Questions(document.getElementById("questions"), fields, mayWrite);

let said = call.dataset.say;
let version = Number(call.dataset.version);
const open = new Set(JSON.parse(call.dataset.open));

// Put in what the server told; the grade is read aloud when it is another one, and only then.
function taken(told) {
  put(told.panels, told.marks);
  fields.follow(told.fields, sender.waiting().changes, told.problems ?? {});
  questions.follow(told.ask);
  decision?.follow(told);
  version = told.version;
  const glance = document.getElementById("glance");
  glance.textContent = `${told.danger ? "DANGER. " : ""}${told.say}`;
  glance.classList.toggle("danger", told.danger);
  const fresh = told.open.filter((ref) => !open.has(ref));
  for (const ref of fresh) open.add(ref);
  if (fresh.length) tell(`Open now, perhaps about the same: ${fresh.join(", ")}.`);
  if (told.say !== said) {
    said = told.say;
    document.getElementById("say").textContent = said;
  }
  document.dispatchEvent(new CustomEvent("everycall:told", { detail: told }));
}

const decided = (text) => {
  decidedAt = performance.now();
  tell(text);
};
const decision = document.getElementById("accept") ? new Decision(sender, taken, () => fields.edits, decided) : null;

sender.addEventListener("answer", (event) => taken(event.detail));
sender.addEventListener("refused", (event) => {
  const { error } = event.detail;
  const details = (error.details ?? []).map((one) => `${one.where} ${one.problem}`).join("; ");
  tell(`Not kept: ${error.message ?? "refused"}${details ? `: ${details}` : ""}`);
});
sender.addEventListener("back", () => tell("The server is back."));

// The log: Enter adds the line; what is only begun is sent by nobody.
const line = document.getElementById("log-line");
function addLine(text) {
  if (!text.trim()) return;
  sender.send({ log: [{ at: now(), text: text.trim() }] }, { atOnce: true });
  fields.edits += 1;
}
line?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.isComposing) return;
  event.preventDefault();
  addLine(line.value);
  line.value = "";
});
form.addEventListener("submit", (event) => event.preventDefault());

// Enter goes on to the next field, as Tab does; "=" in the place takes over where the caller lives. It stays so: an address
// mended later is mended in both, until something else is typed in the place.
const HOME = { "caller.address": "location.address", "caller.postcode": "location.postcode" };
form.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key === "=" && field.name === "location.address" && !field.value) {
    event.preventDefault();
    for (const [home, place] of Object.entries(HOME)) {
      fields.set(place, fields.value(home));
      form.elements.namedItem(place).dataset.same = "";
    }
  }
});
form.addEventListener("input", (event) => {
  const { name } = event.target;
  if (name.startsWith("location.")) for (const place of Object.values(HOME)) delete form.elements.namedItem(place).dataset.same;
  const place = form.elements.namedItem(HOME[name] ?? "");
  if (place && "same" in place.dataset) fields.set(place.name, fields.value(name));
});

// "The same person?" and a supervisor's approval: sent as they stand, and the answer put in. One key answers the first.
call.addEventListener("submit", async (event) => {
  const sent = event.target;
  if (!sent.dataset.live) return;
  event.preventDefault();
  try {
    await sender.settled();
    taken(await post(sent, event.submitter));
  } catch (error) {
    tell(error.message);
  }
});
call.addEventListener("keydown", (event) => {
  const asked = event.target.closest?.("form.same");
  if (!asked || event.ctrlKey || event.altKey || event.metaKey) return;
  const button = asked.querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (button) {
    event.preventDefault();
    asked.requestSubmit(button);
  }
});
call.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-ask]");
  if (link) {
    event.preventDefault();
    goTo(link.dataset.ask);
  }
});

function goTo(question) {
  if (question === "location") document.getElementById("f-location-address").focus();
  else questions.go(question);
}

// What others did: told in codes by the server's events; the card is then looked at anew.
const OF_OTHERS = { position: "The position has changed.", decision: "Somebody decided.", approval: "A supervisor approved.", refusal: "A supervisor refused." };
if (since && mayWrite) {
  const events = new EventSource(`/events?call=${encodeURIComponent(call.dataset.ref)}&since=${encodeURIComponent(since)}`);
  events.addEventListener("changed", (event) => {
    const has = Number(event.lastEventId.split("-")[1]);
    const mine = performance.now() - decidedAt < 3000;
    // what this page told itself is no news
    const changed = JSON.parse(event.data).changed.filter((one) =>
      one === "facts" || one === "position" ? has > version : !(mine && one === "decision"),
    );
    if (!changed.length) return;
    const news = changed.map((one) => OF_OTHERS[one]).filter(Boolean);
    document.dispatchEvent(new CustomEvent("everycall:changed", { detail: changed }));
    if (news.length) tell(news.join(" "));
    sender.send({}, { atOnce: true });
  });
}

// Keys. A single letter does something only where nothing is typed; function keys work everywhere.
const commandLine = new CommandLine(document.getElementById("command"), commands());
const keys = document.getElementById("keys");
const isTypedIn = (at) => at.matches?.("input:not([type=radio], [type=checkbox], [type=button]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const at = event.target;
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
  if (event.key === "Enter" && event.ctrlKey) {
    event.preventDefault();
    if (document.getElementById("change")?.contains(at)) decision?.confirmChange();
    else {
      if (line?.value.trim()) {
        addLine(line.value);
        line.value = "";
      }
      decision?.accept();
    }
  } else if (event.key.toLowerCase() === "k" && event.ctrlKey) act(event, () => commandLine.open(at));
  else if (event.key === "F2") act(event, () => line?.focus());
  else if (event.key === "F4") act(event, () => questions.go());
  else if (event.key === "F8") act(event, () => decision?.openChange());
  else if (event.key === "F9") act(event, () => decision?.copy());
  else if (event.key === "Escape") escape(at);
  else if (plain && !isTypedIn(at) && event.key === "/") act(event, () => commandLine.open(at));
  else if (plain && !isTypedIn(at) && event.key === "?") act(event, () => keys.showModal());
});

function act(event, what) {
  event.preventDefault();
  what();
}

function escape(at) {
  const change = document.getElementById("change");
  if (change?.open && change.contains(at)) {
    change.open = false;
    change.querySelector("summary").focus();
  } else if (at.closest?.("details[open][data-keep]")) {
    const why = at.closest("details[open][data-keep]");
    why.open = false;
    why.querySelector("summary").focus();
  } else if (isTypedIn(at)) document.getElementById("main").focus();
}

function commands() {
  const go = (id) => () => document.getElementById(id)?.focus();
  const every = (name) => [...(form.elements.namedItem(name)?.options ?? [])].map((one) => one.textContent.trim());
  const codeOf = (words) => words.replaceAll(" ", "_");
  const why = (code) => () => {
    const row = document.querySelector(`details[data-keep="${code}"]`);
    if (!row) return tell("There is nothing of the kind on this call.");
    row.open = true;
    row.querySelector("summary").focus();
    return undefined;
  };
  const typed = mayWrite
    ? [
        { name: "log", does: "add a line to the log", run: (rest) => (rest ? addLine(rest) : line.focus()) },
        { name: "name", does: "the caller's name", run: (rest) => fill("caller.name", rest) },
        { name: "phone", does: "the caller's phone", run: (rest) => fill("caller.phone", rest) },
        { name: "born", does: "when the caller was born", run: (rest) => fill("caller.date_of_birth", rest) },
        { name: "address", does: "where the caller lives", run: (rest) => fill("caller.address", rest) },
        { name: "where", does: "where it happens", run: (rest) => fill("location.address", rest) },
        { name: "category", does: "its category", values: () => every("category").slice(1), run: (rest) => fill("category", codeOf(rest)) },
        {
          name: "kind",
          does: "add a kind of behaviour",
          values: () => [...document.querySelectorAll("#behaviours option")].map((one) => one.value),
          run: (rest) => fill("behaviours", [fields.value("behaviours"), rest].filter(Boolean).join(", ")),
        },
        { name: "safe", does: "the number at which it is safe to ring", run: (rest) => fill("safe_contact.phone", rest) },
        { name: "advise", does: "evidence they were told to keep", values: () => [...document.querySelectorAll("#evidence option")].map((one) => one.value), run: (rest) => fill("evidence_advice", [fields.value("evidence_advice"), rest].filter(Boolean).join(", ")) },
        { name: "ask", does: "go to the next question", run: () => questions.go() },
        {
          name: "answer",
          does: "answer a question: answer happened before yes",
          values: () =>
            [...document.querySelectorAll("[data-question]")].flatMap((row) =>
              [...row.querySelectorAll("input")].map((one) => `${row.dataset.question.replaceAll("_", " ")} ${one.value.replaceAll("_", " ")}`),
            ),
          run: answer,
        },
      ]
    : [];
  const decide = decision
    ? [
        { name: "accept", does: "accept what is recommended", run: () => decision.accept() },
        { name: "otherwise", does: "decide otherwise", run: () => decision.openChange() },
        { name: "copy", does: "copy the reasons for the log", run: () => decision.copy() },
      ]
    : [];
  const whys = ["danger", "grade", "ask", "open_now", "repeat", "vulnerable", "harm", "local"];
  return [
    ...typed,
    ...decide,
    { name: "why", does: "open the reasons of a part", values: () => whys.map((one) => one.replaceAll("_", " ")), run: (rest) => why(codeOf(rest))() },
    { name: "new", does: "a new call", run: () => location.assign("/calls/new") },
    { name: "keys", does: "show the keys", run: () => keys.showModal() },
    { name: "top", does: "to the top of the page", run: go("main") },
  ];
}

function fill(name, text) {
  document.querySelector(`[name="${CSS.escape(name)}"]`)?.closest("details")?.setAttribute("open", "");
  if (text) fields.set(name, text);
  document.querySelector(`[name="${CSS.escape(name)}"]`)?.focus();
}

function answer(rest) {
  const words = rest.trim().replaceAll(" ", "_");
  for (const row of document.querySelectorAll("[data-question]")) {
    const code = row.dataset.question;
    if (words.startsWith(`${code}_`) && questions.answer(code, words.slice(code.length + 1))) return;
  }
  tell(`No such question and answer: ${rest}`);
}

// a call that another system told and nobody has taken further is assessed when a handler opens it
if (mayWrite && !call.dataset.seen) sender.send({}, { atOnce: true });
const away = new Away({ sender, fields, form, line, ref: call.dataset.ref, by, clock: (at) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }) });
if (mayWrite && away.restore()) tell("What you typed before this page was loaded again is here, and is sent now.");

document.body.classList.add("live");
document.querySelectorAll("ol.log").forEach((one) => (one.scrollTop = one.scrollHeight));
