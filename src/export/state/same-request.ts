import { UsageError } from "../../core/errors.ts";
import type { RequestIdentity } from "../options/export-question.ts";

/**
 * Sees to it that what is asked for is what was asked for before, word by word.
 * @param except names that may differ
 * @throws UsageError `usage.other_export` that names each difference
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
  const differences = different.map(
    (name) => `${name} was \`${textOf(there, name)}\` and is \`${textOf(asked, name)}\``,
  );
  throw new UsageError(
    "usage.other_export",
    `the export in \`${place}\` is another: ${differences.join("; ")}`,
    {
      hint: "an export goes on with the same words it began with; for another one: --out PATH",
    },
  );
}
