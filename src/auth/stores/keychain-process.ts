import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { childEnvironment } from "../../core/child-environment.ts";
import type { Clock } from "../../core/clock.ts";
import { InterruptedError } from "../../core/errors.ts";
import { type KeychainReply, type KeychainRequest, readReply } from "./keychain-protocol.ts";

/** Settings of the helper process and its deadline. */
export interface KeychainProcessOptions {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Path of the Node executable that runs the helper. */
  readonly nodePath: string;
  readonly helper: URL;
  /** Whether a user can answer the keychain's dialog. */
  readonly isAttended: boolean;
  /** Milliseconds until the helper is killed; the contract's deadline by default. */
  readonly deadlineMs?: number | undefined;
  readonly notify: (line: string) => void;
}

export type KeychainEnding =
  | KeychainReply
  | { readonly outcome: "expired"; readonly deadlineMs: number }
  | { readonly outcome: "crashed"; readonly how: string };

const ATTENDED_DEADLINE_MS = 60_000;
const UNATTENDED_DEADLINE_MS = 5_000;
const NOTICE_AFTER_MS = 2_000;
const NOTICE = "waiting for the keychain to be unlocked (Ctrl-C stops)";

/**
 * Sends one request to a helper process and waits for its reply, its exit or the deadline, whichever comes
 * first. The helper never keeps running after that. A crash is an outcome, not an error.
 * @throws InterruptedError when the signal aborts
 */
export async function runKeychainProcess(
  request: KeychainRequest,
  options: KeychainProcessOptions,
): Promise<KeychainEnding> {
  const { signal } = options;
  throwIfAborted(signal);
  const [command, ...argv] = commandLine(options);
  const child = spawn(command, argv, {
    // Keeps messages untranslated, because failures are recognized only by their text.
    env: { ...childEnvironment(options.env), LC_ALL: "C" },
    stdio: ["pipe", "pipe", "ignore"],
    windowsHide: true,
  });
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, killedBy) => resolve(killedBy ?? `exit code ${code}`));
  });
  // A helper that exits before it has read everything is reported by its exit code.
  child.stdin.on("error", () => {});
  child.stdin.end(JSON.stringify(request));
  const replied = text(child.stdout).then(
    async (reply): Promise<KeychainEnding> => readReply(reply) ?? { outcome: "crashed", how: await ended },
    async (): Promise<KeychainEnding> => ({ outcome: "crashed", how: await ended }),
  );
  const settled = new AbortController();
  const stop = signal === undefined ? settled.signal : AbortSignal.any([settled.signal, signal]);
  try {
    return await Promise.race([replied, expire(options, stop)]);
  } catch (error) {
    throwIfAborted(signal);
    throw error;
  } finally {
    settled.abort();
    child.kill("SIGKILL");
    child.stdout.destroy();
  }
}

async function expire(
  { clock, isAttended, notify, deadlineMs: givenMs }: KeychainProcessOptions,
  stop: AbortSignal,
): Promise<KeychainEnding> {
  const deadlineMs = givenMs ?? (isAttended ? ATTENDED_DEADLINE_MS : UNATTENDED_DEADLINE_MS);
  if (isAttended && deadlineMs > NOTICE_AFTER_MS) {
    await clock.sleep(NOTICE_AFTER_MS, stop);
    notify(NOTICE);
    await clock.sleep(deadlineMs - NOTICE_AFTER_MS, stop);
  } else {
    await clock.sleep(deadlineMs, stop);
  }
  return { outcome: "expired", deadlineMs };
}

/**
 * Returns the command that starts the helper. Where a shell is available it disables core dumps first,
 * because a crash must not leave secrets on disk.
 */
function commandLine({ platform, nodePath, helper }: KeychainProcessOptions): [string, ...string[]] {
  const command: [string, string] = [nodePath, fileURLToPath(helper)];
  return platform === "win32" ? command : ["/bin/sh", "-c", 'ulimit -c 0; exec "$0" "$@"', ...command];
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) {
    throw new InterruptedError("interrupted", "interrupted", { cause: signal.reason });
  }
}
