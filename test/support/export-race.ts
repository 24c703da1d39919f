import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { BIN, type Ending, type GenscopeProcess, startGenscope } from "./genscope-process.ts";

/** One of several runs that export into the same directory. */
export interface Racer {
  /** Offset of the run's clock in seconds. */
  readonly clockOffset: number;
  /** Offset in seconds to which the clock is set during the run; null to leave it unchanged. */
  readonly steppedTo: number | null;
  readonly startsAfterMs: number;
  /** Milliseconds after its start at which the run gets SIGKILL; null to let it end. */
  readonly killedAfterMs: number | null;
  /** Name of a separate host with its own processes; null for this machine. */
  readonly host: string | null;
  readonly flags: readonly string[];
}

const LIBRARIES = "/usr/lib";
const STEP_AFTER_MS = 700;

/** Returns the library that gives a process its own clock; null when it is missing or has no effect. */
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

/** Returns whether this account may create separate hosts. */
export function canMakeHosts(): boolean {
  const { status } = spawnSync("unshare", ["--uts", "--pid", "--fork", "--mount-proc", "true"]);
  return status === 0;
}

/** Starts one of the runs. */
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
    // A machine with a wrong date still has a correct monotonic clock. Versions of the library read different
    // variables.
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

/** Runs all racers concurrently. @returns their endings; the exit code of a killed one is null */
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

/** Returns the process id of the program inside its separate host. */
export function processOf(child: GenscopeProcess): number {
  const [inner] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").split(" ");
  return inner === undefined || inner === "" ? child.pid : Number(inner);
}

function textOf(seconds: number): string {
  return `${seconds < 0 ? "-" : "+"}${Math.abs(seconds)}\n`;
}
