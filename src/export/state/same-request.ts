import { UsageError } from "../../core/errors.ts";
import type { RequestIdentity } from "../options/export-question.ts";

/**
 * Throws unless both requests are identical.
 * @param except names of fields that may differ
 * @throws UsageError `usage.other_export`, which names each difference
 */
export function assertSameRequest(
  there: RequestIdentity,
  asked: RequestIdentity,
  { place, except = [] }: { readonly place: string; readonly except?: readonly string[] },
): void {
  const names = [...new Set([...Object.keys(there), ...Object.keys(asked)])].filter(
    (name) => !except.includes(name),
  );
  const textOf = (request: RequestIdentity, name: string) => JSON.stringify(request[name] ?? null);
  const different = names.filter((name) => textOf(there, name) !== textOf(asked, name));
  if (different.length === 0) return;
  const shown = (request: RequestIdentity, name: string) => {
    const value = request[name] ?? null;
    return value === null ? "not set" : `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
  };
  const differences = different.map(
    (name) => `${name} was ${shown(there, name)} and is now ${shown(asked, name)}`,
  );
  throw new UsageError(
    "usage.other_export",
    `the export in \`${place}\` has a different request: ${differences.join("; ")}`,
    {
      hint: "repeat the original request, or choose another path with --out PATH",
    },
  );
}
