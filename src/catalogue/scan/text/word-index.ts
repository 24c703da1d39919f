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
    for (const { 0: word, index } of text.matchAll(/\w+/g)) {
      const offsets = this.#offsets.get(word);
      if (offsets === undefined) this.#offsets.set(word, [index]);
      else offsets.push(index);
    }
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
