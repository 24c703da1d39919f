import { createHash } from "node:crypto";
import type { Processes } from "../processes.ts";

/** A tag as `processTag` writes it, for the pattern of a file name. */
export const PROCESS_TAG = "[0-9a-f]{8}-\\d{1,10}";

/**
 * Names this process in the name of a file that a kill would leave behind: `9f86d081-4242`. Host, boot, and namespace
 * are part of it, because the id of a process means nothing in another one that shares the directory.
 */
export function processTag(processes: Processes): string {
  return `${realmOf(processes)}-${processes.self().pid}`;
}

/**
 * Returns whether the process of a tag has ended for certain. False for a tag of another host. A tag with the id of
 * this process belongs to an earlier one, as after the restart of a container: ask before this process makes a file.
 */
export function hasProcessEnded(tag: string, processes: Processes): boolean {
  const [realm, pid = ""] = tag.split("-");
  const isEarlier = Number(pid) === processes.self().pid;
  return realm === realmOf(processes) && (isEarlier || !processes.isRunning(Number(pid)));
}

function realmOf(processes: Processes): string {
  const { host, realm } = processes.self();
  return createHash("sha256")
    .update(`${host} ${realm ?? ""}`)
    .digest("hex")
    .slice(0, 8);
}
