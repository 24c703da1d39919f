import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type KeychainProcessOptions,
  runKeychainProcess,
} from "../../../src/auth/stores/keychain-process.ts";
import type { KeychainRequest } from "../../../src/auth/stores/keychain-protocol.ts";
import { systemClock } from "../../../src/core/clock.ts";
import { FakeClock } from "../../support/fake-clock.ts";

const REQUEST: KeychainRequest = { operation: "set", account: "a", secret: "s3cret", trialAccount: null };
const ANSWER = `{"outcome":"answered","secret":"found","existed":true,"library":"keytar"}`;

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "genscope-process-"));
});
afterAll(async () => await rm(directory, { recursive: true, force: true }));

/** Writes a program that replaces the helper. The program's request is in `input`. */
async function standIn(name: string, code: string): Promise<URL> {
  const path = join(directory, `${name}.mjs`);
  const read = `import { readFileSync, writeFileSync } from "node:fs";\nconst input = readFileSync(0, "utf8");\n`;
  await writeFile(path, `${read}${code}\n`);
  return pathToFileURL(path);
}

function optionsFor(helper: URL, more: Partial<KeychainProcessOptions> = {}): KeychainProcessOptions {
  return {
    platform: process.platform,
    env: { PATH: process.env["PATH"] },
    clock: systemClock,
    nodePath: process.execPath,
    helper,
    isAttended: false,
    notify: () => {},
    ...more,
  };
}

test("sends a keychain request to the helper process through a pipe and returns the reply", async () => {
  const echo = await standIn(
    "echo",
    `process.stdout.write(JSON.stringify({ outcome: "answered", secret: input, existed: false, library: "keytar" }));`,
  );
  expect(await runKeychainProcess(REQUEST, optionsFor(echo))).toEqual({
    outcome: "answered",
    secret: `{"operation":"set","account":"a","secret":"s3cret","trialAccount":null}`,
    existed: false,
    library: "keytar",
  });
});

test("starts the keychain helper with the C locale, and without credentials or Node options", async () => {
  const show = await standIn(
    "environment",
    `const seen = JSON.stringify(process.env) + JSON.stringify(process.argv);
     process.stdout.write(JSON.stringify({ outcome: "answered", secret: seen, existed: false, library: "keytar" }));`,
  );
  const env = {
    PATH: process.env["PATH"],
    DBUS_SESSION_BUS_ADDRESS: "unix:path=/run/bus",
    LANG: "de_DE.UTF-8",
    LC_ALL: "de_DE.UTF-8",
    NODE_OPTIONS: "--enable-source-maps",
    GENESYSCLOUD_OAUTHCLIENT_SECRET: "hidden-1",
    GENESYS_CLOUD_CLIENT_SECRET: "hidden-2",
    GENSCOPE_STORE_PASSPHRASE: "hidden-3",
    AWS_SECRET_ACCESS_KEY: "hidden-4",
    MY_OWN_VARIABLE: "hidden-5",
    HTTPS_PROXY: "http://user:hidden-6@proxy.example:3128",
  };
  const ending = await runKeychainProcess(REQUEST, optionsFor(show, { env }));
  const seen = ending.outcome === "answered" ? (ending.secret ?? "") : "";
  expect(seen).toContain(`"DBUS_SESSION_BUS_ADDRESS":"unix:path=/run/bus"`);
  expect(seen).toContain(`"LC_ALL":"C"`);
  expect(seen).not.toMatch(/hidden|s3cret|NODE_OPTIONS/);
});

test.skipIf(process.platform !== "linux")(
  "disables core dumps of the keychain helper (Linux only)",
  async () => {
    const limits = await standIn(
      "limits",
      `const [line] = readFileSync("/proc/self/limits", "utf8").match(/Max core file size.*/);
       process.stdout.write(JSON.stringify({ outcome: "answered", secret: line, existed: false, library: "keytar" }));`,
    );
    expect(await runKeychainProcess(REQUEST, optionsFor(limits))).toMatchObject({
      secret: expect.stringMatching(/^Max core file size\s+0\s+0\s/),
    });
  },
);

test.each([
  ["a segmentation fault", `process.kill(process.pid, "SIGSEGV"); await new Promise(() => {});`, "SIGSEGV"],
  ["an exit without output", `process.exit(3);`, "exit code 3"],
  ["a truncated reply", `process.stdout.write('{"outcome":"answ'); process.exitCode = 4;`, "exit code 4"],
  ["a reply from another version", `process.stdout.write('{"outcome":"later"}');`, "exit code 0"],
  ["an exception", `throw new Error("broken");`, "exit code 1"],
])("reports a crash of the keychain helper: %s", async (_, code, how) => {
  const broken = await standIn(`broken-${how.replaceAll(" ", "-")}`, code);
  expect(await runKeychainProcess(REQUEST, optionsFor(broken))).toEqual({ outcome: "crashed", how });
});

test("reports a missing keychain helper as a crash", async () => {
  const absent = pathToFileURL(join(directory, "absent.mjs"));
  expect(await runKeychainProcess(REQUEST, optionsFor(absent))).toEqual({
    outcome: "crashed",
    how: "exit code 1",
  });
});

test.each([
  ["no person can answer the dialog", false, [5_000], [], 5_000],
  [
    "a person can answer the dialog",
    true,
    [2_000, 58_000],
    ["waiting for the keychain to be unlocked (Ctrl-C stops)"],
    60_000,
  ],
])(
  "stops waiting for the keychain at the deadline when %s",
  async (_, isAttended, sleeps, lines, deadlineMs) => {
    const hanging = await standIn("hanging", "await new Promise(() => setInterval(() => {}, 1_000));");
    const clock = new FakeClock();
    const startMs = clock.now();
    const notes: string[] = [];
    const ending = await runKeychainProcess(
      REQUEST,
      optionsFor(hanging, { isAttended, clock, notify: (line) => notes.push(line) }),
    );
    expect(ending).toEqual({ outcome: "expired", deadlineMs });
    expect(clock.sleeps).toEqual(sleeps);
    expect(clock.now() - startMs).toBe(deadlineMs);
    expect(notes).toEqual(lines);
  },
);

test("prints nothing when the keychain replies quickly", async () => {
  const notes: string[] = [];
  const quick = await standIn("quick", `process.stdout.write('${ANSWER}');`);
  const ending = await runKeychainProcess(
    REQUEST,
    optionsFor(quick, {
      isAttended: true,
      clock: { now: () => 0, monotonicMs: () => 0, sleep: async (_, signal) => await untilAborted(signal) },
      notify: (line) => notes.push(line),
    }),
  );
  expect(ending).toEqual({ outcome: "answered", secret: "found", existed: true, library: "keytar" });
  expect(notes).toEqual([]);
});

test("stops immediately on Ctrl-C, together with the keychain helper", async () => {
  const pidFile = join(directory, "pid");
  const interruption = new AbortController();
  const hanging = await standIn(
    "interrupted",
    `writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); process.stdout.write(" ");
     await new Promise(() => setInterval(() => {}, 1_000));`,
  );
  const clock = {
    now: () => 0,
    monotonicMs: () => 0,
    // Time stands still. The helper has started once it has written its file.
    sleep: async (_: number, signal?: AbortSignal) => {
      await untilWritten(pidFile);
      interruption.abort();
      await untilAborted(signal);
    },
  };
  await expect(
    runKeychainProcess(REQUEST, optionsFor(hanging, { clock, signal: interruption.signal })),
  ).rejects.toMatchObject({ code: "interrupted", exit: "interrupted" });
  const pid = Number(await readFile(pidFile, "utf8"));
  await untilGone(pid);
});

test("starts no keychain helper after an interruption", async () => {
  const absent = pathToFileURL(join(directory, "never-started.mjs"));
  await expect(
    runKeychainProcess(REQUEST, optionsFor(absent, { signal: AbortSignal.abort() })),
  ).rejects.toMatchObject({ code: "interrupted" });
});

async function untilAborted(signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((_, reject) => {
    if (signal?.aborted === true) reject(signal.reason);
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}

/** Waits until another process has written the file. Only the time limit of the test ends the wait. */
async function untilWritten(path: string): Promise<void> {
  while ((await readFile(path, "utf8").catch(() => "")) === "") await new Promise(setImmediate);
}

async function untilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise(setImmediate);
  }
}
