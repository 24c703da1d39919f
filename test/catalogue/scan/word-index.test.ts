import { describe, expect, test } from "vitest";
import { WordIndex } from "../../../src/catalogue/scan/text/word-index.ts";
import { drawsOf } from "../../support/export-kills.ts";

const PIECES = ["url", "u", "URL", "_", "x1", ".", "->", ">", "$", "(", ")", " ", "\n", "é", "\u{1f600}"];

describe("an index of the words in source code", () => {
  test("distinguishes members from names that stand alone", () => {
    const words = new WordIndex("url = a.url; b->url; urls(url)");
    expect(words.usesOf("url", true)).toEqual([8, 16]);
    expect(words.usesOf("url", false)).toEqual([0, 16, 26]);
    expect(words.usesOf("constructor", false)).toEqual([]);
  });

  test("finds the same places as a search of the whole text", () => {
    const draw = drawsOf(7);
    for (let count = 0; count < 500; count += 1) {
      const text = Array.from({ length: 60 }, () => PIECES[Math.floor(draw() * PIECES.length)]).join("");
      const words = new WordIndex(text);
      for (const name of ["url", "u", "URL", "x1", "uu", "_"]) {
        expect(words.usesOf(name, true), text).toEqual(search(text, `(?<=[.>])${name}(?!\\w)`));
        expect(words.usesOf(name, false), text).toEqual(search(text, `(?<![\\w.])${name}(?!\\w)`));
      }
    }
  });
});

function search(text: string, pattern: string): readonly number[] {
  return Array.from(text.matchAll(new RegExp(pattern, "g")), ({ index }) => index);
}
