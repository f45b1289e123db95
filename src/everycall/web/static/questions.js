// The questions: those to ask now are shown in their turn; one key answers the one that has the focus, and goes on.

export class Questions {
  #place;
  #fields;
  #all = false;

  constructor(place, fields, mayWrite) {
    this.#place = place;
    this.#fields = fields;
    place.addEventListener("keydown", (event) => this.#key(event));
    const button = place.querySelector("#all-questions");
    button.hidden = !mayWrite && !this.#rows().length;
    button.addEventListener("click", () => {
      this.#all = !this.#all;
      button.setAttribute("aria-pressed", String(this.#all));
      button.textContent = this.#all ? "Show only what to ask" : "Show every question";
      this.#show();
    });
    this.#show();
  }

  #rows() {
    return [...this.#place.querySelectorAll("[data-question]")];
  }

  // What to ask now, as the server tells it.
  follow(ask) {
    const byCode = new Map(ask.map((one) => [one.question, one]));
    for (const row of this.#rows()) {
      const one = byCode.get(row.dataset.question);
      row.dataset.turn = one ? one.turn : "";
      row.classList.toggle("now", Boolean(one));
      row.querySelector(".turn").textContent = one ? one.turn : "";
      if (one) row.querySelector(".text").textContent = one.text;
      const confirm = row.querySelector(".confirm");
      confirm.hidden = !one?.confirm;
      confirm.textContent = one?.confirm ?? "";
      const way = row.querySelector(".other-way");
      const ways = Object.entries(one?.ways ?? {});
      way.hidden = !ways.length;
      way.textContent = ways.map(([name, text]) => `${name}: ${text}`).join(" ");
    }
    // the place is no question with answers: its fields have the turn at their heading
    for (const place of document.querySelectorAll("[data-question-place]")) {
      place.textContent = byCode.get(place.dataset.questionPlace)?.turn ?? "";
    }
    this.#show();
  }

  #show() {
    for (const row of this.#rows()) {
      const answered = Boolean(row.querySelector("input:checked"));
      row.classList.toggle("answered", answered);
      const needed = this.#all || answered || row.dataset.turn || row.contains(document.activeElement);
      row.hidden = !needed;
    }
  }

  // To a question by its code, or to the next one to be asked; false when none is left.
  go(code = null, after = null) {
    const rows = this.#rows().filter((row) => row !== after);
    const open = rows
      .filter((row) => row.dataset.turn && !row.querySelector("input:checked"))
      .sort((one, other) => Number(one.dataset.turn) - Number(other.dataset.turn));
    const row = code ? rows.find((one) => one.dataset.question === code) : open[0];
    if (!row) return false;
    row.hidden = false;
    (row.querySelector("input:checked") ?? row.querySelector("input")).focus();
    return true;
  }

  answer(code, key) {
    const row = this.#rows().find((one) => one.dataset.question === code);
    const radio = row?.querySelector(`input[data-key="${CSS.escape(key)}"], input[value="${CSS.escape(key)}"]`);
    if (!radio) return false;
    this.#fields.set(radio.name, radio.value);
    this.#show();
    return true;
  }

  #key(event) {
    const row = event.target.closest("[data-question]");
    if (!row || row.disabled || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Backspace" || event.key === "Delete") {
      event.preventDefault();
      this.#fields.set(row.querySelector("input").name, "");
      row.classList.remove("answered");
      return;
    }
    if (event.key.length !== 1) return;
    const radio = row.querySelector(`input[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!radio) return;
    event.preventDefault();
    this.#fields.set(radio.name, radio.value);
    row.classList.add("answered");
    if (!this.go(null, row)) radio.focus();
    this.#show();
  }
}
