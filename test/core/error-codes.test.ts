import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { ERROR_CODES } from "../../src/core/error-codes.ts";
import {
  AuthError,
  IncompleteError,
  InterruptedError,
  NetworkError,
  OutputError,
  StoreError,
  UnavailableError,
  UsageError,
} from "../../src/core/errors.ts";
import { runCli } from "../support/run-cli.ts";

const SRC = resolve(import.meta.dirname, "../../src");
const sources = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith("error-codes.ts"))
  .map((name) => readFileSync(join(SRC, name), "utf8"))
  .join("\n");
const codes = Object.entries(ERROR_CODES);

test("every error code is used in src", () => {
  expect(codes.map(([code]) => code).filter((code) => !sources.includes(`"${code}"`))).toEqual([]);
});

test("every error code has a one-line meaning without a final period", () => {
  expect(codes.filter(([, [, meaning]]) => !/^[a-z-](?=.*\s).{8,88}[^.?!]$/i.test(meaning))).toEqual([]);
  expect(Object.keys(ERROR_CODES)).toEqual(Object.keys(ERROR_CODES).toSorted());
});

test("every error has the exit code that its error code declares", () => {
  const classes = [
    AuthError,
    IncompleteError,
    InterruptedError,
    NetworkError,
    OutputError,
    StoreError,
    UnavailableError,
    UsageError,
  ];
  const exits = new Map(classes.map((kind) => [kind.name, new kind("interrupted", "").exit]));
  const thrown = [...sources.matchAll(/new (\w+Error)\(\s*"([a-z_.]+)",/g)].filter(([, kind]) =>
    exits.has(kind ?? ""),
  );
  expect(thrown.length).toBeGreaterThan(100);
  const wrong = thrown.filter(
    ([, kind = "", code = ""]) => ERROR_CODES[code as keyof typeof ERROR_CODES][0] !== exits.get(kind),
  );
  expect(wrong.map(([text]) => text)).toEqual([]);
});

test("an unknown error code does not compile", () => {
  // @ts-expect-error: the registry does not contain this code.
  expect(new UsageError("usage.not_registered", "unknown").exit).toBe("usage");
});

test("`genscope help errors` lists every code with its exit code and meaning", async () => {
  const { exitCode, stdout, stderr } = await runCli(["help", "errors"]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  const rows = [...stdout.matchAll(/^ {2}(\S+) {2,}(\S+) {2,}(.+)$/gm)].map(([, code, exit, meaning]) => [
    code,
    [exit, meaning],
  ]);
  expect(rows).toEqual(codes);
});
