import { REINSTALL } from "../../core/errors.ts";
import { type CheckResult, failed, passed, warned } from "./check.ts";
import type { Machine } from "./ports.ts";

/** Days on which support for each major version of Node ends, according to the project's published schedule. */
const END_OF_SUPPORT: Readonly<Record<string, string>> = {
  20: "2026-04-30",
  21: "2024-06-01",
  22: "2027-04-30",
  23: "2025-06-01",
  24: "2028-04-30",
  25: "2026-06-01",
};

/** Checks that genscope supports this version of Node, and that the Node project still does. */
export function checkNode(
  { node, requiredNode, platform, architecture }: NodeMachine,
  nowMs: number,
): CheckResult {
  const supportedUntil = END_OF_SUPPORT[node.split(".", 1)[0] ?? ""] ?? null;
  const facts = { version: node, required: requiredNode, platform, architecture, supportedUntil };
  const least = /^>=\s*(\d+(?:\.\d+){0,2})$/.exec(requiredNode ?? "")?.[1];
  if (least === undefined) {
    return warned(`Node ${node}; the required version cannot be read from the package`, REINSTALL, facts);
  }
  if (!isAtLeast(node, least)) {
    return failed(
      "error",
      `Node ${node} is too old: genscope requires ${least} or newer`,
      `install the current LTS release of Node, then ${REINSTALL}`,
      facts,
    );
  }
  const named = `Node ${node} on ${platform} ${architecture}`;
  // The version is supported until that day has ended in every time zone.
  return supportedUntil !== null && nowMs > Date.parse(supportedUntil) + 36 * HOUR_MS
    ? warned(
        `${named} has had no security fixes since ${supportedUntil}; genscope still runs on it`,
        "install the current LTS release of Node",
        facts,
      )
    : passed(`${named} (requires ${least} or newer)`, facts);
}

type NodeMachine = Pick<Machine, "node" | "requiredNode" | "platform" | "architecture">;

const HOUR_MS = 3_600_000;

/** Returns whether a version is at least `least`. Compares numbers, and ignores a suffix such as `-nightly`. */
function isAtLeast(version: string, least: string): boolean {
  const numbers = (text: string) => text.split(".").map((part) => Number.parseInt(part, 10) || 0);
  const [has, needs] = [numbers(version), numbers(least)];
  const decisive = [0, 1, 2].find((place) => (has[place] ?? 0) !== (needs[place] ?? 0)) ?? 0;
  return (has[decisive] ?? 0) >= (needs[decisive] ?? 0);
}
