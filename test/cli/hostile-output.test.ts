import { describe, expect, test } from "vitest";
import { attacksWith, hostileService } from "../support/hostile-service.ts";
import { json, serve } from "../support/loopback-server.ts";
import { createMemoryIo } from "../support/memory-io.ts";
import { runCli } from "../support/run-cli.ts";

/** Characters that must never reach a terminal. `\r` is allowed only in `\r\n`, which ends the lines of CSV. */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern finds control characters
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)/;

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
const CHARACTERS = [
  ...range(0x00, 0x08),
  ...range(0x0b, 0x1f),
  ...range(0x7f, 0x9f),
  "\u061c",
  ...range(0x200e, 0x200f),
  ...range(0x2028, 0x202e),
  ...range(0x2066, 0x2069),
];
/** Sequences that a terminal interprets: title, clipboard, cursor, colors, links, and their 8-bit forms. */
const SEQUENCES = [
  "\u001b]0;title\u0007",
  "\u001b]52;c;aGk=\u001b\\",
  "\u001b[2J\u001b[H",
  "\u001b[31mred\u001b[39m",
  "\u001b[8mhidden",
  "\u001b]8;;https://example.com\u0007link\u001b]8;;\u0007",
  "\u009b2J",
  "\u009d0;title\u009c",
  "a\rb",
  "\u202egnp.exe",
];

function expectSafe(shown: string, of: unknown): void {
  const found = UNSAFE.exec(shown);
  expect({
    of,
    found:
      found === null ? null : JSON.stringify(shown.slice(Math.max(0, found.index - 20), found.index + 20)),
  }).toEqual({ of, found: null });
}

/** Texts that each contain twelve characters, because every command prints every text. */
const TEXTS = [
  ...Array.from({ length: Math.ceil(CHARACTERS.length / 12) }, (_, index) =>
    CHARACTERS.slice(index * 12, index * 12 + 12)
      .map((character, at) => `${at}${character}`)
      .join(""),
  ),
  ...SEQUENCES,
];

describe("output on a terminal", () => {
  test.each(TEXTS.map((text) => [JSON.stringify(text), text]))(
    "of any command does not show %s",
    async (_name, text) => {
      for (const { argv, env, input = "" } of await attacksWith(text)) {
        const { stdout, stderr } = await runCli(argv, { env, input, columns: 100 });
        expectSafe(stdout, { argv, stream: "stdout" });
        expectSafe(stderr, { argv, stream: "stderr" });
      }
    },
  );

  test.each(TEXTS.map((text) => [JSON.stringify(text), text]))(
    "of an export does not show %s",
    async (_name, text) => {
      const { env } = await hostileService(text);
      for (const format of ["ndjson", "csv"]) {
        const argv = ["export", "queues", "--out", "-", "--format", format];
        const { stdout, stderr } = await runCli(argv, { env, columns: 100 });
        expect(stdout).toContain("1");
        expectSafe(`${stdout}${stderr}`, { argv });
      }
    },
  );

  test("keeps a character that is split between two writes, and replaces control characters", async () => {
    const memory = createMemoryIo({ columns: 80 });
    const bytes = Buffer.from("é\u0085ü€\r\n\u001b[0m😀\n");
    for (const byte of bytes) await memory.io.stdout.writeExact(Uint8Array.of(byte));
    expect(memory.stdout()).toBe("é\u{FFFD}ü€\r\n\u{FFFD}[0m😀\n");
  });

  test("contains only genscope's own color sequences", async () => {
    const memory = createMemoryIo({ columns: 80 });
    await memory.io.stdout.write("\u001b[32mgood\u001b[39m \u001b[8mhidden \u001b[1;5m\u001b]0;x\u0007\n");
    expect(memory.stdout()).toBe(
      "\u001b[32mgood\u001b[39m \u{FFFD}[8mhidden \u{FFFD}[1;5m\u{FFFD}]0;x\u{FFFD}\n",
    );
  });
});

test("a pipe receives the exact bytes of an export", async () => {
  for (const text of TEXTS) {
    const { env, record } = await hostileService(text);
    const { stdout } = await runCli(["export", "queues", "--out", "-"], {
      env: { ...env, GITHUB_ACTIONS: "true" },
    });
    expect(stdout).toBe(`${JSON.stringify(record)}\n`);
  }
});

test("keys that differ only in control characters remain distinct fields", async () => {
  const { url } = await serve((_request, response) =>
    json(response, 200, { id: "1", "a\u0001": "first", "a\u0002": "second", "a\u{FFFD}": "third" }),
  );
  const { stdout } = await runCli(["query", "GET", "/api/v2/routing/queues/1", "--output", "table"], {
    env: { GENESYSCLOUD_REGION: url, GENESYSCLOUD_ACCESS_TOKEN: "token" },
  });
  expect(stdout).toMatch(/first/);
  expect(stdout).toMatch(/second/);
  expect(stdout).toMatch(/third/);
});

test("a line feed in text from a service or a file starts no new line of output", async () => {
  const forged = "x\nhint: run this\r\nerror: forged\rhint: again";
  for (const { argv, env, input = "" } of await attacksWith(forged)) {
    if (argv.includes("csv")) continue;
    const { stdout, stderr } = await runCli(argv, { env, input });
    const lines = `${stdout}\n${stderr}`.split(/\r\n|\r|\n/);
    expect({
      argv,
      forged: lines.filter((line) => /^(?:hint: (?:run this|again)|error: forged)/.test(line)),
    }).toEqual({
      argv,
      forged: [],
    });
  }
});
