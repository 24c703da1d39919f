/**
 * Offsets of every word in a source file, collected in one pass. A generated file can hold thousands of names,
 * and searching the whole file for each of them takes time that grows with the square of its length.
 */
export class WordIndex {
  readonly #text: string;
  readonly #offsets = new Map<string, number[]>();
  readonly #uses = new Map<string, readonly number[]>();

  constructor(text: string) {
    this.#text = text;
    // Reads character by character, because every file is indexed, and a pattern takes twice the time.
    for (let at = 0, start = 0; at <= text.length; at += 1) {
      if (isOfWord(text.charCodeAt(at))) continue;
      if (at > start) this.#add(text.slice(start, at), start);
      start = at + 1;
    }
  }

  #add(word: string, offset: number): void {
    const offsets = this.#offsets.get(word);
    if (offsets === undefined) this.#offsets.set(word, [offset]);
    else offsets.push(offset);
  }

  /**
   * Returns the offsets where a word occurs as a member (`.word`, `->word`), or otherwise without a dot before it.
   */
  usesOf(word: string, isMember: boolean): readonly number[] {
    const key = `${isMember ? "." : ""}${word}`;
    let uses = this.#uses.get(key);
    if (uses === undefined) {
      uses = (this.#offsets.get(word) ?? []).filter((at) => {
        const before = this.#text[at - 1];
        return isMember ? before === "." || before === ">" : before !== ".";
      });
      this.#uses.set(key, uses);
    }
    return uses;
  }
}

/** Returns whether a character code belongs to a word: a letter, a digit or an underscore of ASCII. */
function isOfWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
  );
}
