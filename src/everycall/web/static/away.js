// While the server is away the card goes on: it says so, shows what waits, and keeps it until the server has it.
import { Kept } from "./kept.js";
import { isEmpty } from "./send.js";

const WHY = {
  away: "The server is away. Go on: what you type is kept in this tab and sent, once, when it is back. What stands beside it is from before. No grade can be recorded until then: write it down.",
  not_signed_in: "You are not signed in any more. What you type is kept in this tab: sign in in another tab, then load this page again.",
  not_from_our_page: "This page is an old one. What you typed is kept in this tab: load the page again, and it is sent.",
};

export class Away {
  #sender;
  #fields;
  #line;
  #kept;
  #banner = document.getElementById("away");
  #waiting = document.getElementById("log-waiting");
  #all = document.getElementById("all-questions");
  #pressed = false;
  #keeps = true;

  constructor({ sender, fields, form, line, ref, by, clock }) {
    this.#sender = sender;
    this.#fields = fields;
    this.#line = line;
    this.#kept = new Kept(ref, by);
    this.clock = clock;
    sender.addEventListener("changed", () => this.#keep());
    sender.addEventListener("away", (event) => this.#away(event.detail ?? "away"));
    sender.addEventListener("back", () => this.#back());
    sender.addEventListener("refused", (event) => this.#refused(event.detail.patch));
    form.addEventListener("input", () => this.#keep());
    form.addEventListener("change", () => this.#keep());
    line?.addEventListener("keyup", () => this.#keep());
    window.addEventListener("online", () => sender.again());
    document.addEventListener("visibilitychange", () => document.hidden || sender.again());
    window.addEventListener("beforeunload", (event) => {
      if (!isEmpty(sender.waiting()) && (sender.isAway || !this.#keeps)) event.preventDefault();
    });
  }

  // What was typed before the page was loaded again is put in and sent; true when there was anything.
  restore() {
    const found = this.#kept.get();
    if (!found) return false;
    const { patch = {}, begun = {} } = found;
    for (const [name, text] of Object.entries({ ...patch.changes, ...begun.fields })) {
      const field = document.querySelector(`#talk [name="${CSS.escape(name)}"]`);
      field?.closest("details")?.setAttribute("open", "");
      this.#fields.set(name, text);
    }
    if (patch.log?.length) this.#sender.send({ log: patch.log }, { atOnce: true });
    if (begun.line && this.#line) this.#line.value = begun.line;
    this.#keep();
    return !isEmpty(patch);
  }

  // What is only begun is sent by nobody: half a line, half a date. It is kept all the same.
  #begun() {
    const at = document.activeElement;
    const fields = at?.closest?.("#talk [data-field]") && at.value ? { [at.name]: at.value } : {};
    return { line: this.#line?.value ?? "", fields };
  }

  #keep() {
    const patch = this.#sender.waiting();
    const begun = this.#begun();
    for (const name of Object.keys(begun.fields)) {
      if (this.#fields.isTold(name, begun.fields[name])) delete begun.fields[name];
    }
    const nothing = isEmpty(patch) && !begun.line && !Object.keys(begun.fields).length;
    this.#keeps = this.#kept.put(nothing ? null : { patch, begun });
    this.#show(patch.log ?? []);
  }

  // Lines that the server has not taken stand below the log, marked as such.
  #show(lines) {
    if (!this.#waiting) return;
    this.#waiting.hidden = !lines.length;
    this.#waiting.replaceChildren(
      ...lines.map((line) => {
        const item = document.createElement("li");
        const when = Object.assign(document.createElement("span"), { className: "when", textContent: this.clock(line.at) });
        item.append(when, " ", Object.assign(document.createElement("span"), { className: "line", textContent: line.text }), " (not sent yet)");
        return item;
      }),
    );
  }

  // What the server will never take stands there to be copied.
  #refused({ changes = {}, log = [] }) {
    const said = [...log.map((line) => line.text), ...Object.values(changes).filter(Boolean)];
    const place = document.getElementById("refused");
    if (!said.length || !place) return;
    const already = place.hidden ? "Refused by the server, and not kept. Copy it from here: " : `${place.textContent} / `;
    place.textContent = already + said.join(" / ");
    place.hidden = false;
  }

  #away(why) {
    document.body.classList.add("away");
    this.#banner.textContent = `${WHY[why] ?? WHY.away}${this.#keeps ? "" : " THIS BROWSER KEEPS NOTHING: do not close or reload this page."}`;
    this.#banner.hidden = false;
    if (this.#all?.getAttribute("aria-pressed") === "false") {
      this.#pressed = true;
      this.#all.click();
    }
  }

  #back() {
    document.body.classList.remove("away");
    this.#banner.hidden = true;
    this.#banner.textContent = "";
    if (this.#pressed && this.#all.getAttribute("aria-pressed") === "true") this.#all.click();
    this.#pressed = false;
  }
}
