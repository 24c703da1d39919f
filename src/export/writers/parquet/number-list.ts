const INITIAL_LENGTH = 256;

/** A growing list of numbers from 0 to 2^32 - 1 that keeps its memory when it is cleared. */
export class NumberList {
  #numbers = new Uint32Array(INITIAL_LENGTH);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Returns the numbers; they are valid until the next change. */
  get numbers(): Uint32Array {
    return this.#numbers.subarray(0, this.#length);
  }

  /** Returns the last number; 0 for an empty list. */
  get last(): number {
    return this.#numbers[this.#length - 1] ?? 0;
  }

  /** Returns the number at an index below the length. */
  at(index: number): number {
    return this.#numbers[index] as number;
  }

  push(number: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Uint32Array(this.#length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length] = number;
    this.#length += 1;
  }

  clear(): void {
    this.#length = 0;
  }
}
