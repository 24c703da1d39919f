import { expect, test } from "vitest";
import { formatCompletion } from "../../../src/cli/completion/completion-text.ts";

test("a completion prints its candidates after the line `words`, one per line", () => {
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

test("a completion of files prints the part of the word before the path after `files`", () => {
  expect(formatCompletion({ filesAfter: "--policy=", candidates: [] })).toBe("files\t--policy=\n");
});

test("an impossible completion prints no candidates", () => {
  expect(formatCompletion(null)).toBe("words\n");
});

test("a completion prints no control characters", () => {
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

test("a completion shortens a long description", () => {
  const text = formatCompletion({
    filesAfter: null,
    candidates: [{ value: "x", description: "y".repeat(500) }],
  });
  expect(text).toHaveLength("words\nx\t\n".length + 100);
});
