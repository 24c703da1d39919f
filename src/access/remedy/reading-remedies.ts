import type { LayerResult } from "../verdict/layer-result.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { anyOf } from "../verdict/wording.ts";

/** Returns the scopes and permissions that would let genscope read the deciding facts. */
export function readingRemedies({ evidence }: LayerResult): readonly Remedy[] {
  const unreadable = evidence.filter(({ kind }) => kind === "unreadable");
  const named = (field: "permissions" | "missingScopes") => [
    ...new Set(
      unreadable.flatMap((item) => (Array.isArray(item[field]) ? (item[field] as readonly string[]) : [])),
    ),
  ];
  const [permissions, scopes] = [named("permissions"), named("missingScopes")];
  return [
    ...(scopes.length === 0
      ? []
      : [
          {
            kind: "grant-reading" as const,
            summary: `add scope ${anyOf(scopes)} to the OAuth client of genscope's login and log in again, so that genscope can decide; this changes nothing else`,
          },
        ]),
    ...(permissions.length === 0
      ? []
      : [
          {
            kind: "grant-reading" as const,
            summary: `give genscope's login a role that holds ${anyOf(permissions)}, so that genscope can decide; this changes nothing else`,
            permissions,
          },
        ]),
  ];
}
