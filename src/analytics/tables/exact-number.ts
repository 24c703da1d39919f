/** A number in JSON text that a double can't represent: an integer beyond 2^53, or a number such as `1e400`. */
export class ExactNumber {
  /** The number's characters in the JSON text. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Returns the value if it is a 64-bit integer in plain digits; otherwise null. */
  int64(): bigint | null {
    if (!/^-?\d+$/.test(this.text)) return null;
    const value = BigInt(this.text);
    return BigInt.asIntN(64, value) === value ? value : null;
  }
}
