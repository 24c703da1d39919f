import { describe, expect, test } from "vitest";
import { hostileService } from "../support/hostile-service.ts";
import { tempDir } from "../support/temp-dir.ts";
import { hasTerminals, startOnTerminal } from "../support/terminal.ts";

// A window title, a cleared screen, a clipboard write, hidden text, 8-bit sequences, a bare CR and reversed
// text.
const HOSTILE =
  "a\u001b]0;title\u0007b\u001b[2Jc\u001b]52;c;aGk=\u001b\\d\u001b[8me\u009b2Jf\rg\u202eh\u2066i\u0085j\u007fk";
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern finds control characters
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?![\r\n])/;
/** Sequences with which the spinner hides and shows the cursor and clears its line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern finds escape sequences of the spinner
const SPINNER = /\u001b\[(?:\?(?:25|2026)[hl]|\d*[GK]|\dA|36m|39m)/g;

describe.skipIf(!hasTerminals())("genscope on a real terminal (needs `script` of util-linux)", () => {
  const queues = ["query", "GET", "/api/v2/routing/queues"];
  test.each([
    ["a table", 200, queues],
    ["one record", 200, ["query", "GET", "/api/v2/routing/queues/1"]],
    ["CSV", 200, [...queues, "--output", "csv"]],
    ["NDJSON", 200, [...queues, "--output", "ndjson"]],
    ["JSON", 200, [...queues, "--json"]],
    ["an export to standard output", 200, ["export", "queues", "--out", "-"]],
    ["an export of CSV to standard output", 200, ["export", "queues", "--out", "-", "--format", "csv"]],
    ["an identity", 200, ["whoami"]],
    ["a refusal with its diagnosis", 403, [...queues, "--verbose"]],
  ])("prints no control characters in %s from a hostile service", async (_name, status, argv) => {
    const { env } = await hostileService(HOSTILE, status);
    const { stdout } = await startOnTerminal(argv, env, await tempDir()).ended;
    const shown = stdout.replace(SPINNER, "");
    expect(shown).toMatch(/title/);
    const found = UNSAFE.exec(shown);
    expect(
      found === null ? null : JSON.stringify(shown.slice(Math.max(0, found.index - 30), found.index + 30)),
    ).toBeNull();
  });
});
