import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** What everybody on this machine can see of the processes below this one, while they run. */
export interface ProcessWatch {
  /** Every command line that was seen, arguments separated by blanks. */
  readonly commandLines: ReadonlySet<string>;
}

const BETWEEN_LOOKS_MS = 5;

/** Looks at them until the test is over; Linux only. */
export function watchProcesses(): ProcessWatch {
  const commandLines = new Set<string>();
  const over = new AbortController();
  onTestFinished(() => over.abort());
  void (async () => {
    while (!over.signal.aborted) {
      lookBelow(process.pid, commandLines);
      await delay(BETWEEN_LOOKS_MS);
    }
  })();
  return { commandLines };
}

function lookBelow(parent: number, commandLines: Set<string>): void {
  for (const child of childrenOf(parent)) {
    const line = read(`/proc/${child}/cmdline`).replaceAll("\0", " ").trim();
    if (line !== "") commandLines.add(line);
    lookBelow(child, commandLines);
  }
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
