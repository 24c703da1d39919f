import { createHash } from "node:crypto";
import type { Processes } from "../processes.ts";

/** A tag as `processTag` writes it, for the pattern of a file name. */
export const PROCESS_TAG = "[0-9a-f]{8}-\\d{1,10}";

/**
 * Returns a tag for file names that identifies this process, such as `9f86d081-4242`. It covers host, boot
 * and namespace, because a process id is ambiguous when several of them share a directory.
 */
export function processTag(processes: Processes): string {
  return `${realmOf(processes)}-${processes.self().pid}`;
}

/**
 * Returns whether the process behind a tag has certainly ended. False for a tag from another host. A tag with
 * the id of this process belongs to an earlier process, for example before a container restart, so call this
 * before creating a file.
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
