import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** The command lines of processes while they run, which every account of this machine can read. */
export interface ProcessWatch {
  /** Every command line seen, with arguments separated by spaces. */
  readonly commandLines: ReadonlySet<string>;
}

const POLL_INTERVAL_MS = 5;

/** Watches the processes below this one until the test ends. Linux only. */
export function watchProcesses(): ProcessWatch {
  return watch((commandLines) => recordChildren(process.pid, commandLines));
}

/** Watches every process of the machine until the test ends. Linux only. */
export function watchAllProcesses(): ProcessWatch {
  return watch((commandLines) => {
    for (const name of readdirSync("/proc")) {
      if (/^\d+$/.test(name)) recordProcess(Number(name), commandLines);
    }
  });
}

function watch(check: (commandLines: Set<string>) => void): ProcessWatch {
  const commandLines = new Set<string>();
  const over = new AbortController();
  onTestFinished(() => over.abort());
  void (async () => {
    while (!over.signal.aborted) {
      check(commandLines);
      await delay(POLL_INTERVAL_MS);
    }
  })();
  return { commandLines };
}

function recordChildren(parent: number, commandLines: Set<string>): void {
  for (const child of childrenOf(parent)) {
    recordProcess(child, commandLines);
    recordChildren(child, commandLines);
  }
}

function recordProcess(pid: number, commandLines: Set<string>): void {
  const line = read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();
  if (line !== "") commandLines.add(line);
}

function childrenOf(parent: number): readonly number[] {
  let threads: readonly string[];
  try {
    threads = readdirSync(`/proc/${parent}/task`);
  } catch {
    return [];
  }
  return threads.flatMap((thread) =>
    read(`/proc/${parent}/task/${thread}/children`)
      .split(" ")
      .filter((text) => text !== "")
      .map(Number),
  );
}

/** Reads a file of `/proc`. Returns an empty text for a process that has ended. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
