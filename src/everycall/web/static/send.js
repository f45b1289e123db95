// Sends what is typed: a pause after typing, one request at a time, the newest value of each field.
//
// A patch is {changes: {field name: text}, log: [{at, text}]}. What is sent stays in `waiting()` until the server has
// taken it, so nothing is lost: whoever keeps it elsewhere (another tab, a reload) listens to "changed".
//
//   const sender = new Sender("/calls/X/facts", token, held);   // held(): what need not be sent again while it is so
//   sender.send({changes: {"caller.name": "Mo Peck"}});
//   await sender.settled();          // nothing waits and nothing is on its way (or the server is away)
//
// Events: "changed" (what waits changed), "answer" (detail: the server's JSON), "refused" (detail: {status, error, patch};
// what was sent is dropped), "away" (detail: why; the server cannot be reached, is in trouble, or does not know who we are
// any more; what waits is kept and tried again), "back" (it answered again).

const PAUSE_MS = 250;
const SHUT_OUT = ["not_signed_in", "not_from_our_page"];
const AGAIN_MS = [1000, 2000, 4000, 8000];

export function merged(one, other) {
  const log = [...(one.log ?? [])];
  for (const line of other.log ?? []) {
    if (!log.some((known) => known.at === line.at && known.text === line.text)) log.push(line);
  }
  return { changes: { ...one.changes, ...other.changes }, log };
}

export function isEmpty(patch) {
  return !Object.keys(patch.changes ?? {}).length && !(patch.log ?? []).length;
}

export class Sender extends EventTarget {
  #url;
  #token;
  #held;
  #waiting = { changes: {}, log: [] };
  #flying = null;
  #timer = 0;
  #tries = 0;
  #why = "";
  #look = false;
  #settling = [];

  constructor(url, token, held = () => "") {
    super();
    this.#url = url;
    this.#token = token;
    this.#held = held;
  }

  get isAway() {
    return this.#tries > 0;
  }

  // What the server has not taken yet, what is on its way included.
  waiting() {
    return this.#flying ? merged(this.#flying, this.#waiting) : merged({}, this.#waiting);
  }

  // Send a patch after the pause; `at` once: without it. An empty patch asks for a new look.
  send(patch = {}, { atOnce = false } = {}) {
    this.#waiting = merged(this.#waiting, patch);
    this.#look ||= isEmpty(patch);
    this.#tell("changed");
    this.#soon(atOnce ? 0 : PAUSE_MS);
  }

  // Resolves when nothing waits any more: true; or when the server turns out to be away: false.
  settled() {
    if (this.#nothingToDo()) return Promise.resolve(true);
    if (this.isAway) return Promise.resolve(false);
    this.#soon(0);
    return new Promise((done) => this.#settling.push(done));
  }

  // Try again now, while away.
  again() {
    if (!this.#nothingToDo()) this.#soon(0);
  }

  #nothingToDo() {
    return !this.#flying && isEmpty(this.#waiting) && !this.#look;
  }

  #soon(ms) {
    clearTimeout(this.#timer);
    if (!this.#flying) this.#timer = setTimeout(() => this.#go(), ms);
  }

  async #go() {
    if (this.#flying || this.#nothingToDo()) return;
    this.#flying = this.#waiting;
    this.#waiting = { changes: {}, log: [] };
    this.#look = false;
    let answer;
    try {
      answer = await fetch(this.#url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.#token, "Everycall-Live": "1", "Everycall-Held": this.#held() },
        body: JSON.stringify(this.#flying),
        cache: "no-store",
        signal: AbortSignal.timeout(10000),
      });
      if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
    } catch {
      this.#failed();
      return;
    }
    const told = await answer.json().catch(() => null);
    if (told === null || SHUT_OUT.includes(told.error?.code)) {
      this.#failed(told?.error?.code);
      return;
    }
    const sent = this.#flying;
    this.#flying = null;
    if (this.#tries) {
      this.#tries = 0;
      this.#why = "";
      this.#tell("back");
    }
    this.#tell("changed");
    if (answer.ok) this.#tell("answer", told);
    else this.#tell("refused", { status: answer.status, error: told.error ?? {}, patch: sent });
    if (this.#nothingToDo()) this.#done(true);
    else this.#soon(isEmpty(this.#waiting) ? 0 : PAUSE_MS);
  }

  #failed(why = "away") {
    this.#waiting = merged(this.#flying, this.#waiting);
    if (isEmpty(this.#waiting)) this.#look = true;
    this.#flying = null;
    const wait = AGAIN_MS[Math.min(this.#tries, AGAIN_MS.length - 1)];
    this.#tries += 1;
    if (this.#why !== why) this.#tell("away", why);
    this.#why = why;
    this.#tell("changed");
    this.#done(false);
    this.#soon(wait);
  }

  #done(all) {
    for (const done of this.#settling.splice(0)) done(all);
  }

  #tell(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
