import { createHash } from "node:crypto";
import type { Processes } from "../processes.ts";

/** Pattern source for a tag that `processTag` returns, as part of a file name. */
export const PROCESS_TAG = "[0-9a-f]{8}-\\d{1,10}";

/**
 * Returns a tag for file names that identifies this process, such as `9f86d081-4242`. The first half is a hash of host,
 * boot and namespace: hosts or containers that share a directory can have processes with equal ids.
 */
export function processTag(processes: Processes): string {
  return `${realmOf(processes)}-${processes.self().pid}`;
}

/**
 * Whether the process that a tag identifies is known to have ended. False for a tag from another host. A tag with the
 * id of this process counts as ended, because an earlier process can have had the same id, for example before a
 * container restart. Therefore, call this function before this process creates files with its own tag.
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
