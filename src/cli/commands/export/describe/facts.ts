import type { DescribedRequest, ExportDescriptionDocument } from "./document.ts";

/** Returns all facts about a dataset except its requests and columns, as pairs of title and text. */
export function factsOf(document: ExportDescriptionDocument): readonly (readonly [string, string])[] {
  const { identity, withheld, unknowns } = document;
  return [
    ["interval", document.needsInterval ? "required: --interval" : "none: the current state"],
    ["pages", document.paging],
    ["changes", document.changes],
    ["identity", identity.length === 0 ? "the whole record" : identity.join(", ")],
    ...withheld.map((field): readonly [string, string] => ["never written", `\`${field}\``]),
    ...unknowns.map((text): readonly [string, string] => ["unknown", text]),
  ];
}

/** Returns the permissions of a request in words. */
export function permissionsOf({ permissionMode, permissions }: DescribedRequest): string {
  if (permissionMode === "UNKNOWN") return "unknown";
  if (permissionMode === "NONE") return "none";
  return permissions.join(permissionMode === "ALL" ? " and " : " or ");
}

/** Returns the scopes of a request in words. */
export function scopesOf({ scopes }: DescribedRequest): string {
  return scopes === null ? "unknown" : scopes.join(" or ") || "none";
}
