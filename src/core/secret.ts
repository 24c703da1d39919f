const SHOWN = "[secret]";
/** The symbol `util.inspect.custom`, looked up by name because importing node:util adds 2 ms to every start. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/**
 * A value that must never be shown. Printing, serializing, concatenating or inspecting it gives `[secret]`, so
 * that a log line, an error or a report cannot leak it by accident. Only `reveal()` returns the value, so
 * reviews can focus on its few callers.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** Returns the value itself, for a request or a credential store. */
  reveal(): string {
    return this.#value;
  }

  /** Whether two values are equal, without showing them. */
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
