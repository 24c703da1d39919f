const SHOWN = "[secret]";
/** `util.inspect.custom`, by the name it is registered under: importing node:util costs every start-up 2 ms. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/**
 * A value that must never be shown. It prints, serialises, concatenates and inspects as `[secret]`,
 * so a log line, an error or a report can't leak it by accident; only `reveal()` gives it away,
 * and the few places that call it are the ones to review.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, for the wire or for a credential store. */
  reveal(): string {
    return this.#value;
  }

  /** Same value, compared without showing it. */
  equals(other: Secret): boolean {
    return this.#value === other.#value;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [INSPECT](): string {
    return SHOWN;
  }
}
