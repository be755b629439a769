/** The time messages are sent as of: this moment, or another one from which the clock runs on. */

export class SendingClock extends EventTarget {
  #chosen = null;

  /** Sets the clock to a Unix time; null is the real time again. */
  set(seconds) {
    this.#chosen = seconds === null ? null : { seconds, since: Date.now() / 1000 };
    this.dispatchEvent(new Event("set"));
  }

  get isReal() {
    return this.#chosen === null;
  }

  /** The Unix time it shows. */
  get now() {
    const real = Date.now() / 1000;
    return Math.floor(this.#chosen ? this.#chosen.seconds + (real - this.#chosen.since) : real);
  }

  /** What a message sent now says about its time: nothing where the time is real. */
  get stamp() {
    return this.isReal ? {} : { date: this.now };
  }
}

/** The midnights (local) of the seven days, Monday first, of the week that holds a Unix time. */
export function weekOf(seconds) {
  const day = new Date(seconds * 1000);
  const monday = day.getDate() - ((day.getDay() + 6) % 7);
  return [...Array(7).keys()].map((i) => new Date(day.getFullYear(), day.getMonth(), monday + i));
}
