import { expect, test } from "vitest";
import { formatCompletion } from "../../../src/cli/completion/completion-text.ts";

test("candidates follow the line `words`, one per line", () => {
  expect(
    formatCompletion({
      filesAfter: null,
      candidates: [
        { value: "GET", description: "then a path" },
        { value: "/api/v2/", description: "3 paths", isPart: true },
      ],
    }),
  ).toBe("words\nGET\tthen a path\n/api/v2/\t3 paths\t+\n");
});

test("the line `files` contains the part of the word before the file's path", () => {
  expect(formatCompletion({ filesAfter: "--policy=", candidates: [] })).toBe("files\t--policy=\n");
});

test("an unknown completion has no candidates", () => {
  expect(formatCompletion(null)).toBe("words\n");
});

test("control characters never reach the shell", () => {
  const text = formatCompletion({
    filesAfter: "a\u001b[31m\tb\n",
    candidates: [
      { value: "red\u001b[31m", description: "dropped" },
      { value: "two\nlines", description: "dropped" },
      { value: "kept", description: "a\u001b[31m\tb\nc" },
    ],
  });
  expect(text).toBe("files\ta\u{FFFD}[31m b \nkept\ta\u{FFFD}[31m b c\n");
});

test("a long description is shortened", () => {
  const text = formatCompletion({
    filesAfter: null,
    candidates: [{ value: "x", description: "y".repeat(500) }],
  });
  expect(text).toHaveLength("words\nx\t\n".length + 100);
});
