import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { BIN, type Ending, type GenscopeProcess, startGenscope } from "./genscope-process.ts";

/** One of several runs of an export into one directory. */
export interface Racer {
  /** Offset of its clock, in seconds. */
  readonly clockOffset: number;
  /** Offset that its clock is set to in the middle of the run; null when it stays. */
  readonly steppedTo: number | null;
  readonly startsAfterMs: number;
  /** When SIGKILL comes, after its start; null when it is left alone. */
  readonly killedAfterMs: number | null;
  /** Name of a host of its own, with processes of its own; null for this machine. */
  readonly host: string | null;
  readonly flags: readonly string[];
}

const LIBRARIES = "/usr/lib";
const STEP_AFTER_MS = 700;

/** The library that gives a process a clock of its own; null where it is absent or has no effect. */
export function findFakeTime(): string | null {
  if (!existsSync(LIBRARIES)) return null;
  const library = readdirSync(LIBRARIES)
    .map((architecture) => join(LIBRARIES, architecture, "faketime/libfaketime.so.1"))
    .find((path) => existsSync(path));
  if (library === undefined) return null;
  const env = { LD_PRELOAD: library, FAKETIME: "+30d" };
  const { stdout } = spawnSync(process.execPath, ["-p", "Date.now()"], { env, encoding: "utf8" });
  return Number(stdout) > Date.now() + 86_400_000 ? library : null;
}

/** Whether this account may make hosts of its own. */
export function canMakeHosts(): boolean {
  const { status } = spawnSync("unshare", ["--uts", "--pid", "--fork", "--mount-proc", "true"]);
  return status === 0;
}

/** Starts a racer in `directory`. */
export function startRacer(
  racer: Racer,
  args: readonly string[],
  { env, directory, library }: RaceOptions,
): GenscopeProcess {
  const clock = join(directory, `clock-${Math.random().toString(36).slice(2)}`);
  writeFileSync(clock, textOf(racer.clockOffset));
  const clocked = {
    ...env,
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_CACHE_DURATION: "1",
    // Only the date is wrong on such a machine. Both names are read, by different versions of the library.
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
    DONT_FAKE_MONOTONIC: "1",
    NO_FAKE_STAT: "1",
  };
  const words = [...args, ...racer.flags];
  const started =
    racer.host === null
      ? startGenscope(words, clocked, { directory, input: "" })
      : startGenscope(
          [
            ...["--uts", "--pid", "--fork", "--mount-proc", "--kill-child", "sh", "-c"],
            `echo ${racer.host} > /proc/sys/kernel/hostname; exec "$@"`,
            ...["sh", process.execPath, BIN, ...words],
          ],
          clocked,
          { directory, input: "", command: "unshare" },
        );
  const { steppedTo } = racer;
  if (steppedTo !== null) {
    const over = delay(STEP_AFTER_MS).then(() => writeFileSync(clock, textOf(steppedTo)));
    over.catch(() => undefined);
  }
  return started;
}

export interface RaceOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly directory: string;
  readonly library: string;
}

/** Runs racers against each other. @returns how they ended, `null` in place of the exit code of one that was killed */
export async function race(
  racers: readonly Racer[],
  args: readonly string[],
  options: RaceOptions,
): Promise<readonly Ending[]> {
  return await Promise.all(
    racers.map(async (racer) => {
      await delay(racer.startsAfterMs);
      const child = startRacer(racer, args, options);
      if (racer.killedAfterMs === null) return await child.ended;
      const over = new AbortController();
      const killer = delay(racer.killedAfterMs, undefined, { signal: over.signal }).then(
        () => child.interrupt("SIGKILL"),
        () => undefined,
      );
      const ending = await child.ended;
      over.abort();
      await killer;
      return ending;
    }),
  );
}

/** The program itself, inside of a host of its own. */
export function processOf(child: GenscopeProcess): number {
  const [inner] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").split(" ");
  return inner === undefined || inner === "" ? child.pid : Number(inner);
}

function textOf(seconds: number): string {
  return `${seconds < 0 ? "-" : "+"}${Math.abs(seconds)}\n`;
}
