import type { LayerResult } from "../verdict/layer-result.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { anyOf } from "../verdict/wording.ts";

/** Returns the permissions with which genscope could read the facts that decide the verdict. */
export function readingRemedies(objection: LayerResult): readonly Remedy[] {
  const unreadable = objection.evidence.filter(({ kind }) => kind === "unreadable");
  const permissions = new Set(
    unreadable.flatMap((item) =>
      Array.isArray(item["permissions"]) ? (item["permissions"] as string[]) : [],
    ),
  );
  if (permissions.size === 0) return [];
  return [
    {
      kind: "grant-reading",
      summary: `give genscope's login read access with ${anyOf([...permissions])}, so that genscope can decide; this changes nothing else`,
      permissions: [...permissions],
    },
  ];
}
