import { execFile, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const SCRIPT = join(import.meta.dirname, "with-keyring");
const PROGRAMS = ["dbus-daemon", "dbus-send", "gnome-keyring-daemon", "secret-tool"] as const;

/** Returns what a real Secret Service needs and this machine lacks, or null when nothing is missing. */
export function missingForKeyring(): string | null {
  if (process.platform !== "linux") return "the Secret Service exists on Linux only";
  const missing = PROGRAMS.filter((program) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0);
  return missing.length === 0
    ? null
    : `needs ${missing.join(", ")}: apt-get install dbus gnome-keyring libsecret-1-0 libsecret-tools`;
}

/** A Secret Service for one test, on its own bus. */
export interface Keyring {
  /** Environment variables with which a program finds the service. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * The same for a user at a desktop, where the program waits a minute for its helper. When no user can answer a
   * dialog, it waits five seconds, and a busy machine takes longer than that to start several helpers.
   */
  readonly desktop: Readonly<Record<string, string>>;
  /** Runs a program on the bus of the service. Resolves with its output. */
  run(program: string, argv: readonly string[], input?: string): Promise<string>;
  lock(): Promise<void>;
  /** Returns whether the service still runs. It is known to crash on rare occasions. */
  isRunning(): Promise<boolean>;
  /** Looks up an account of genscope with `secret-tool`. Returns null when there is none. */
  lookUp(account: string): Promise<string | null>;
  stop(): Promise<void>;
}

/** Removes the lines that the program prints at a desktop, one for each keychain request that takes two seconds. */
export function withoutWaiting(stderr: string): string {
  return stderr.replaceAll("waiting for the keychain to be unlocked (Ctrl-C stops)\n", "");
}

/** Starts a Secret Service with an empty, unlocked keyring. */
export async function startKeyring(): Promise<Keyring> {
  const session = spawn(SCRIPT, ["sh", "-c", 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat'], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => session.once("close", () => resolve()));
  const lines = createInterface({ input: session.stdout });
  const { value: address } = await lines[Symbol.asyncIterator]().next();
  if (typeof address !== "string") throw new Error("the keyring did not start");
  const env = { PATH: process.env["PATH"] ?? "", DBUS_SESSION_BUS_ADDRESS: address };

  const keyring: Keyring = {
    env,
    desktop: { ...env, DISPLAY: ":99" },
    run: async (program, argv, input) => {
      const running = run(program, [...argv], { env });
      // A program that ends without reading its input closes the pipe.
      running.child.stdin?.on("error", () => undefined).end(input ?? "");
      return (await running).stdout;
    },
    lock: async () => {
      await keyring.run("dbus-send", [
        "--session",
        "--print-reply",
        "--dest=org.freedesktop.secrets",
        "/org/freedesktop/secrets",
        "org.freedesktop.Secret.Service.Lock",
        "array:objpath:/org/freedesktop/secrets/collection/login",
      ]);
    },
    isRunning: async () => {
      const reply = await keyring.run("dbus-send", [
        "--session",
        "--print-reply=literal",
        "--dest=org.freedesktop.DBus",
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus.NameHasOwner",
        "string:org.freedesktop.secrets",
      ]);
      return reply.includes("true");
    },
    lookUp: async (account) => {
      const { status, stdout } = spawnSync(
        "secret-tool",
        ["lookup", "service", "genscope", "account", account],
        {
          env,
          encoding: "utf8",
        },
      );
      return status === 0 ? stdout : null;
    },
    stop: async () => {
      session.stdin.end();
      await ended;
    },
  };
  return keyring;
}
