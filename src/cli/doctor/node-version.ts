import { REINSTALL } from "../../core/errors.ts";
import { type CheckResult, failed, passed, warned } from "./check.ts";
import type { Machine } from "./ports.ts";

/** Checks that genscope supports this version of Node. */
export function checkNode({
  node,
  requiredNode,
  platform,
  architecture,
}: Pick<Machine, "node" | "requiredNode" | "platform" | "architecture">): CheckResult {
  const facts = { version: node, required: requiredNode, platform, architecture };
  const least = /^>=\s*(\d+(?:\.\d+){0,2})$/.exec(requiredNode ?? "")?.[1];
  if (least === undefined) {
    return warned(`Node ${node}; the required version can't be read from the package`, REINSTALL, facts);
  }
  return isAtLeast(node, least)
    ? passed(`Node ${node} on ${platform} ${architecture} (requires ${least} or newer)`, facts)
    : failed(
        "error",
        `Node ${node} is too old: genscope requires ${least} or newer`,
        `install the current LTS release of Node, then ${REINSTALL}`,
        facts,
      );
}

/** Compares by numbers; a suffix such as `-nightly` does not count. */
function isAtLeast(version: string, least: string): boolean {
  const numbers = (text: string) => text.split(".").map((part) => Number.parseInt(part, 10) || 0);
  const [has, needs] = [numbers(version), numbers(least)];
  const decisive = [0, 1, 2].find((place) => (has[place] ?? 0) !== (needs[place] ?? 0)) ?? 0;
  return (has[decisive] ?? 0) >= (needs[decisive] ?? 0);
}
