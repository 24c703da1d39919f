/**
 * Lines of text in code-unit order, searched by halving. Nothing is split or indexed beforehand: finding one
 * line among thousands touches a dozen of them, which is what keeps the start of a command fast.
 */
export class SortedLines {
  readonly #text: string;

  /** `text`: lines in code-unit order, each ended by a line feed. */
  constructor(text: string) {
    this.#text = text;
  }

  /** The lines that begin with `prefix`, in order. */
  *startingWith(prefix: string): Generator<string> {
    let start = this.#firstNotBefore(prefix);
    while (start < this.#text.length && this.#text.startsWith(prefix, start)) {
      const end = this.#endOfLine(start);
      yield this.#text.slice(start, end);
      start = end + 1;
    }
  }

  /** Whether any line begins with `prefix`. */
  hasPrefix(prefix: string): boolean {
    const start = this.#firstNotBefore(prefix);
    return start < this.#text.length && this.#text.startsWith(prefix, start);
  }

  /** Whether `part` occurs anywhere, case included. */
  contains(part: string): boolean {
    return this.#text.includes(part);
  }

  /** The lines in which `pattern`, a multiline expression that stays within a line, occurs, in order. */
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

  /** Where the first line starts that is not before `key`; the length of the text when there is none. */
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
