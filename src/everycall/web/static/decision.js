// Deciding: what was typed is sent first, so that a decision is made on what is recommended for all of it.

export class Decision {
  #sender;
  #problem = document.getElementById("decide-problem");
  #accept = document.getElementById("accept");
  #otherwise = document.getElementById("otherwise");
  #copy = document.getElementById("copy");
  #taken;
  #edits;
  #rationale = "";
  #since = performance.now();
  #busy = false;

  // `taken(told)`: the server's answer, to be put in; `edits()`: how many there were; `say(text)`.
  constructor(sender, taken, edits, say) {
    this.#sender = sender;
    this.#taken = taken;
    this.#edits = edits;
    this.say = say;
    for (const form of [this.#accept, this.#otherwise]) {
      form?.addEventListener("submit", (event) => {
        event.preventDefault();
        this.#decide(form, event.submitter);
      });
    }
    if (this.#copy) {
      this.#copy.hidden = false;
      this.#copy.addEventListener("click", () => this.copy());
    }
  }

  // What the server recommends now.
  follow(told) {
    this.#rationale = told.rationale;
    for (const form of [this.#accept, this.#otherwise]) if (form) form.elements.seen.value = told.seen;
    const what = document.getElementById("accept-what");
    if (what) what.textContent = told.say.replace(/^Grade /, "");
    const button = this.#accept?.querySelector("button[name=accept]");
    if (!button) return;
    document.getElementById("accept-word").textContent = told.accept;
    button.classList.toggle("main", told.is_main);
    button.classList.toggle("quiet", !told.is_main);
  }

  accept() {
    if (this.#accept) this.#decide(this.#accept, this.#accept.querySelector("button[name=accept]"));
  }

  confirmChange() {
    if (this.#otherwise?.reportValidity()) this.#decide(this.#otherwise, null);
  }

  openChange() {
    const change = document.getElementById("change");
    if (!change) return;
    change.open = true;
    document.getElementById("d-grade").focus();
  }

  async copy() {
    const text = this.#rationale || document.querySelector(".rationale")?.textContent || "";
    if (!text) return;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    this.say("The reasons are copied");
  }

  async #decide(form, submitter) {
    if (this.#busy) return;
    this.#busy = true;
    this.#problem.textContent = "";
    try {
      if (!(await this.#sender.settled())) {
        this.#problem.textContent = "The server is away: nothing is decided yet. Decide again when it is back.";
        return;
      }
      form.elements.seconds.value = String(Math.round((performance.now() - this.#since) / 1000));
      form.elements.edits.value = String(this.#edits());
      const told = await post(form, submitter);
      this.#taken(told);
      const change = document.getElementById("change");
      if (form === this.#otherwise && change) {
        change.open = false;
        document.querySelector("#change summary").focus();
      }
      this.say("Decided");
    } catch (error) {
      this.#problem.textContent = error.message;
    } finally {
      this.#busy = false;
    }
  }
}

// Send a form as a script and return the server's JSON; an error has its words.
export async function post(form, submitter) {
  const body = new URLSearchParams(new FormData(form, submitter ?? undefined));
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { "Everycall-Live": "1" }, cache: "no-store" });
  } catch {
    throw new Error("The server is away: nothing was done.");
  }
  const told = await answer.json();
  if (!answer.ok) {
    const details = (told.error.details ?? []).map((one) => `${one.where} ${one.problem}`).join("; ");
    throw new Error(`${told.error.message}${details ? `: ${details}` : ""}.`);
  }
  return told;
}
