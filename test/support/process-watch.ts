import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** Command lines that every account of this machine can read while the processes run. */
export interface ProcessWatch {
  /** Every command line that was seen, arguments separated by blanks. */
  readonly commandLines: ReadonlySet<string>;
}

const BETWEEN_LOOKS_MS = 5;

/** Watches the processes below this one until the test is over; Linux only. */
export function watchProcesses(): ProcessWatch {
  return watch((commandLines) => lookBelow(process.pid, commandLines));
}

/** Watches every process of the machine until the test is over; Linux only. */
export function watchAllProcesses(): ProcessWatch {
  return watch((commandLines) => {
    for (const name of readdirSync("/proc")) {
      if (/^\d+$/.test(name)) lookAt(Number(name), commandLines);
    }
  });
}

function watch(look: (commandLines: Set<string>) => void): ProcessWatch {
  const commandLines = new Set<string>();
  const over = new AbortController();
  onTestFinished(() => over.abort());
  void (async () => {
    while (!over.signal.aborted) {
      look(commandLines);
      await delay(BETWEEN_LOOKS_MS);
    }
  })();
  return { commandLines };
}

function lookBelow(parent: number, commandLines: Set<string>): void {
  for (const child of childrenOf(parent)) {
    lookAt(child, commandLines);
    lookBelow(child, commandLines);
  }
}

function lookAt(pid: number, commandLines: Set<string>): void {
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

/** Empty for a process that has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
