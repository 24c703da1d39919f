import type { LayerResult } from "../verdict/layer-result.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { anyOf } from "../verdict/wording.ts";

/** How to make a doubt go away: the permission that lets us read what decides. */
export function remediesForReading(objection: LayerResult): readonly Remedy[] {
  const unreadable = objection.evidence.filter(({ kind }) => kind === "unreadable");
  if (unreadable.length === 0) return [];
  const permissions = new Set(
    unreadable.flatMap((item) =>
      Array.isArray(item["permissions"]) ? (item["permissions"] as string[]) : [],
    ),
  );
  if (permissions.size === 0) return [];
  return [
    {
      kind: "grant-reading",
      summary: `to decide this, let the token read it with ${anyOf([...permissions])}, which changes nothing`,
      permissions: [...permissions],
    },
  ];
}
