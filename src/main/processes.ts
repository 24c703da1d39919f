import type { Processes, ProcessMark } from "../core/processes.ts";
import { systemCode } from "../core/system-error.ts";

/** Index of the start time in `/proc/PID/stat` after the program's name: field 22 (proc(5)). */
const START_FIELD = 19;
/** States of a process that has ended and that its parent has yet to reap (proc(5)). */
const ENDED = new Set(["Z", "X", "x"]);

/**
 * Reads processes from `/proc`, where a process's id and start tick identify it even if the clock changes. Other
 * systems report nothing comparable, so there every process is `unknown`.
 */
export function systemProcesses(process: NodeJS.Process): Processes {
  let mark: ProcessMark | null = null;
  const self = () => {
    mark ??= describeSelf(process);
    return mark;
  };
  return {
    self,
    stateOf: (other) => {
      const { host, realm } = self();
      if (realm === null || other.realm !== realm || other.host !== host || other.start === null) {
        return "unknown";
      }
      const stat = readStat(process, String(other.pid));
      // A process that exists but is hidden, for example by `hidepid`, is unknown.
      if (stat !== null) return stat.isEnded || stat.start !== other.start ? "gone" : "running";
      return isRunning(process, other.pid) ? "unknown" : "gone";
    },
    isRunning: (pid) => isRunning(process, pid),
  };
}

function describeSelf(process: NodeJS.Process): ProcessMark {
  // Loaded only when a lock is taken, because node:os would slow down every start-up.
  const host = process.getBuiltinModule("node:os").hostname();
  const stat = readStat(process, "self");
  // A `/proc` that was mounted for another namespace lists different process ids.
  const realm = stat?.pid === process.pid ? readRealm(process) : null;
  return { pid: process.pid, host, realm, start: stat?.start ?? null };
}

function readRealm(process: NodeJS.Process): string | null {
  const { readFileSync, readlinkSync } = process.getBuiltinModule("node:fs");
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    // Containers on one machine may have the same host name and the same process ids.
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return null;
  }
}

function readStat(
  process: NodeJS.Process,
  id: string,
): { readonly pid: number; readonly start: string; readonly isEnded: boolean } | null {
  const { readFileSync } = process.getBuiltinModule("node:fs");
  try {
    const text = readFileSync(`/proc/${id}/stat`, "utf8");
    // The program's name is in parentheses and may contain spaces and parentheses.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const start = fields[START_FIELD];
    if (start === undefined) return null;
    return { pid: Number.parseInt(text, 10), start, isEnded: ENDED.has(fields[0] ?? "") };
  } catch {
    return null;
  }
}

/**
 * Returns whether a process exists. Signal 0 only tests this. For a process of another account, it fails with EPERM.
 */
function isRunning(process: NodeJS.Process, pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}
