import { createHash } from "node:crypto";
import type { Processes } from "./lock-file.ts";

/** A tag as `processTag` writes it, for the pattern of a file name. */
export const PROCESS_TAG = "[0-9a-f]{8}-\\d{1,10}";

/**
 * Names this process in the name of a file that a kill would leave behind: `9f86d081-4242`. The host is part of it,
 * because the id of a process means nothing on another machine that shares the directory.
 */
export function processTag({ host, pid }: Processes): string {
  return `${hashOf(host)}-${pid}`;
}

/**
 * Returns whether the process of a tag has ended for certain. False for a tag of another host. A tag with the id of
 * this process belongs to an earlier one, as after the restart of a container: ask before this process makes a file.
 */
export function hasProcessEnded(tag: string, processes: Processes): boolean {
  const [host, pid = ""] = tag.split("-");
  return (
    host === hashOf(processes.host) && (Number(pid) === processes.pid || !processes.isRunning(Number(pid)))
  );
}

function hashOf(host: string): string {
  return createHash("sha256").update(host).digest("hex").slice(0, 8);
}
