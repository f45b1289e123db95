// The command line: a word and what belongs to it; Tab completes, arrows choose, Enter does, Esc closes.

export class CommandLine {
  #dialog;
  #input;
  #list;
  #commands;
  #shown = [];
  #chosen = 0;

  // `commands`: [{name, does, values: () => [words], run: (rest) => text or nothing}].
  constructor(dialog, commands) {
    this.#dialog = dialog;
    this.#input = dialog.querySelector("input");
    this.#list = dialog.querySelector("ul");
    this.#commands = commands;
    this.#input.addEventListener("input", () => this.#suggest());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      event.preventDefault();
      this.#chosen = [...this.#list.children].indexOf(option);
      this.#complete();
    });
    dialog.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  }

  open(from) {
    this.from = from;
    this.#input.value = "";
    this.#suggest();
    this.#dialog.showModal();
    this.#input.focus();
  }

  #suggest() {
    const [word, ...rest] = this.#input.value.trimStart().split(/\s+/);
    const command = this.#commands.find((one) => one.name === word);
    if (command && this.#input.value.trimStart().includes(" ")) {
      const begun = rest.join(" ").toLowerCase();
      this.#shown = (command.values?.() ?? [])
        .filter((value) => value.startsWith(begun))
        .map((value) => ({ text: `${command.name} ${value}`, does: "" }));
    } else {
      this.#shown = this.#commands
        .filter((one) => one.name.startsWith(word ?? ""))
        .map((one) => ({ text: one.name, does: one.does }));
    }
    this.#shown = this.#shown.slice(0, 12);
    this.#chosen = 0;
    this.#draw();
  }

  #draw() {
    this.#list.replaceChildren(
      ...this.#shown.map((one, number) => {
        const item = document.createElement("li");
        item.role = "option";
        item.id = `command-${number}`;
        item.setAttribute("aria-selected", String(number === this.#chosen));
        const name = document.createElement("strong");
        name.textContent = one.text;
        item.append(name, ` ${one.does}`);
        return item;
      }),
    );
    const active = this.#shown.length ? `command-${this.#chosen}` : "";
    this.#input.setAttribute("aria-activedescendant", active);
    this.#list.children[this.#chosen]?.scrollIntoView({ block: "nearest" });
  }

  #complete() {
    const one = this.#shown[this.#chosen];
    if (!one) return;
    this.#input.value = `${one.text} `;
    this.#suggest();
    this.#input.focus();
  }

  #key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const many = this.#shown.length || 1;
      this.#chosen = (this.#chosen + step + many) % many;
      this.#draw();
    } else if (event.key === "Tab" && !event.shiftKey && this.#shown.length) {
      event.preventDefault();
      this.#complete();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.#run();
    }
  }

  #run() {
    const typed = this.#input.value.trim();
    const word = typed.split(/\s+/)[0] ?? "";
    const whole = this.#commands.find((one) => one.name === word);
    const begun = this.#commands.filter((one) => one.name.startsWith(word));
    const command = whole ?? (begun.length === 1 || typed === "" ? (begun[this.#chosen] ?? null) : null);
    if (!command) {
      this.#list.replaceChildren(Object.assign(document.createElement("li"), { textContent: `No command “${word}”`, role: "option" }));
      return;
    }
    let rest = typed.slice(word.length).trim();
    const values = command.values?.() ?? [];
    if (rest && values.length && !values.includes(rest.toLowerCase())) {
      rest = values.find((value) => value.startsWith(rest.toLowerCase())) ?? rest;
    }
    this.#dialog.close();
    command.run(rest, this.from);
  }
}
