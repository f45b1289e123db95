// The fields of the card: what a handler types in them is told onwards; what they have typed is never written over.

// What the server says instead of an address that nobody may learn.
const MARKER = "protected address";
const PEOPLE = /^(victims|others)\./;

export class Fields {
  #form;
  #known;
  #typed = new Set();
  #put = new Map();
  #sent = new Set();
  #send;
  #say;
  #mine;

  // `known`: what stands at the server, by name. `send(changes, atOnce)`, `say(text)`. `mine`: whether this viewer is
  // the call's own handler, whose word stands against another system's.
  constructor(form, known, send, say, mine) {
    this.#form = form;
    this.#known = { ...known };
    this.#send = send;
    this.#say = say;
    this.#mine = mine;
    this.edits = 0;
    form.addEventListener("input", (event) => this.#changed(event.target, false));
    form.addEventListener("change", (event) => this.#changed(event.target, true));
  }

  // Fields that were typed in, by name, whatever the server knows.
  get typed() {
    return this.#typed;
  }

  // Whether the server has this text in a field, or is being told it.
  isTold(name, text) {
    return text.trim() === (this.#put.get(name) ?? this.#known[name] ?? "");
  }

  value(name) {
    const radio = this.#form.querySelector(`input[type=radio][name="${CSS.escape(name)}"]:checked`);
    if (radio) return radio.value;
    const field = this.#form.elements.namedItem(name);
    return field && "value" in field ? field.value : "";
  }

  set(name, text) {
    const field = this.#form.elements.namedItem(name);
    if (field instanceof RadioNodeList) {
      for (const one of field) one.checked = one.value === text;
      this.#changed(field[0], true);
    } else if (field) {
      field.value = text;
      this.#changed(field, true);
    }
  }

  #changed(field, whole) {
    const name = field?.name;
    if (!name || name === "log" || field.type === "hidden") return;
    // half a date or half a word is no mistake yet
    if (!whole && (name === "behaviours" || name === "evidence_advice" || name.endsWith("date_of_birth"))) return;
    if (!whole && (field.type === "radio" || field.tagName === "SELECT")) return;
    const text = this.value(name);
    if (text.trim() === (this.#put.get(name) ?? this.#known[name] ?? "")) return;
    if (field.dataset.refused) {
      delete field.dataset.refused;
      field.closest("[data-field]").querySelector(".problem-of").textContent = "";
    }
    this.#typed.add(name);
    this.#put.set(name, text.trim());
    this.#sent.add(name);
    this.edits += 1;
    const changes = { [name]: text };
    const list = PEOPLE.exec(name)?.[0];
    if (list) {
      for (const one of this.#form.querySelectorAll(`[name^="${list}"]`)) {
        if (one.value.trim() || this.#known[one.name]) changes[one.name] = one.value;
      }
    }
    this.#send(changes, field.type === "radio");
  }

  // The server's answer: fields nobody has typed in follow it; those typed in stay, and say what the server has instead.
  follow(fields, waiting, problems) {
    const news = [];
    for (const one of this.#form.querySelectorAll("[data-field]")) {
      const name = one.dataset.field;
      const field = this.#form.elements.namedItem(name);
      const told = fields[name] ?? "";
      const note = one.querySelector(".problem-of");
      const problem = problems[name];
      if (name in waiting) continue;
      field.classList.toggle("wrong", Boolean(problem));
      if (problem) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
      if (problem || !field.dataset.refused) note.textContent = problem ?? "";
      // what comes back first is how the server read what was typed: 2/3/51 as 02/03/1951
      if (this.#sent.delete(name)) {
        if (!problem) this.#put.set(name, told);
        continue;
      }
      if (problem || document.activeElement === field || told === this.#put.get(name)) continue;
      if (told === field.value.trim()) this.#put.set(name, told);
      else if (!this.#typed.has(name)) {
        if (this.#known[name] !== undefined || told) news.push(`${labelOf(one)}: ${told || "taken back"}`);
        field.value = told;
        this.#put.set(name, told);
      } else if (told !== (this.#known[name] ?? "") && told !== MARKER) this.#differs(one, field, told);
    }
    for (const [name, told] of Object.entries(fields)) {
      if (!name.startsWith("answers.") || name in waiting || this.#typed.has(name)) continue;
      const radio = this.#form.querySelector(`input[name="${CSS.escape(name)}"][value="${CSS.escape(told)}"]`);
      if (radio && !radio.checked) radio.checked = true;
    }
    this.#known = { ...fields };
    if (news.length) this.#say(`Told by another: ${news.join("; ")}`);
  }

  // Another system told another value of a field that was typed in: the call's own handler's word is told again, once.
  #differs(one, field, told) {
    const note = one.querySelector(".problem-of");
    const again = this.#mine && field.dataset.refused !== told;
    field.dataset.refused = told;
    note.textContent = again ? `Another system says “${told}”; yours stands` : `At the server: “${told || "nothing"}”`;
    if (again) this.#send({ [field.name]: field.value }, true);
  }
}

function labelOf(one) {
  return one.querySelector("label").firstChild.textContent.trim();
}
