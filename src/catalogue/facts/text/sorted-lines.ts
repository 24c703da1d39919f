import { createTextSearch } from "./text-search.ts";

/**
 * Lines of text in code-unit order, searched by bisection. Nothing is split or indexed beforehand: finding one line
 * among thousands reads about a dozen of them, which keeps command startup fast.
 */
export class SortedLines {
  readonly #text: string;
  readonly #isInText: (part: string) => boolean;

  /** Takes lines in code-unit order, each ending with a line feed. */
  constructor(text: string) {
    this.#text = text;
    this.#isInText = createTextSearch(text);
  }

  /** Yields the lines that begin with `prefix`, in order. */
  *startingWith(prefix: string): Generator<string> {
    let start = this.#firstNotBefore(prefix);
    while (start < this.#text.length && this.#text.startsWith(prefix, start)) {
      const end = this.#endOfLine(start);
      yield this.#text.slice(start, end);
      start = end + 1;
    }
  }

  /** Returns whether any line begins with `prefix`. */
  hasPrefix(prefix: string): boolean {
    const start = this.#firstNotBefore(prefix);
    return start < this.#text.length && this.#text.startsWith(prefix, start);
  }

  /** Returns whether `part` occurs anywhere; case matters. */
  contains(part: string): boolean {
    return this.#isInText(part);
  }

  /**
   * Returns the lines that match `pattern`, in order. The pattern must be multiline and must not match across
   * lines.
   */
  matching(pattern: RegExp): readonly string[] {
    const found: string[] = [];
    const scan = new RegExp(pattern, `${pattern.flags.replace("g", "")}g`);
    for (let match = scan.exec(this.#text); match !== null; match = scan.exec(this.#text)) {
      const start = this.#text.lastIndexOf("\n", match.index) + 1;
      const end = this.#endOfLine(start);
      found.push(this.#text.slice(start, end));
      scan.lastIndex = end;
    }
    return found;
  }

  /** Returns the start of the first line that sorts at or after `key`, or the length of the text. */
  #firstNotBefore(key: string): number {
    let low = 0;
    let high = this.#text.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const start = this.#text.lastIndexOf("\n", middle - 1) + 1;
      const end = this.#endOfLine(start);
      if (this.#text.slice(start, Math.min(end, start + key.length)) < key) low = end + 1;
      else high = start;
    }
    return low;
  }

  #endOfLine(start: number): number {
    const end = this.#text.indexOf("\n", start);
    return end === -1 ? this.#text.length : end;
  }
}
