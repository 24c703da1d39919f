const SHOWN = "[secret]";
/** `util.inspect.custom` by its registered name, because importing node:util adds 2 ms to every start-up. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/**
 * A value that must never be shown. It prints, serializes, concatenates and inspects as `[secret]`, so a log
 * line, an error or a report can't leak it by accident. Only `reveal()` returns it; the few callers of
 * `reveal()` are the places to review.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** Returns the value itself, for the wire or for a credential store. */
  reveal(): string {
    return this.#value;
  }

  /** Compares two values without showing them. */
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
