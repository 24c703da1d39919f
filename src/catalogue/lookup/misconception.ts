import type { Catalogue } from "../facts/catalogue.ts";
import type { Operation } from "../facts/operation.ts";
import { API_ROOT } from "../facts/operation-line.ts";

/**
 * Returns the correction of a path that is known to be invented, with the operations to call instead; null for any
 * other path.
 */
export function correctMisconception(
  catalogue: Catalogue,
  path: string,
): { readonly correction: string; readonly instead: readonly Operation[] } | null {
  const bare = path.replace(/^\/api\/v2(?=\/)/i, "").toLowerCase();
  const known = catalogue.inventedPaths().find(({ pattern }) => pattern.test(bare));
  if (known === undefined) return null;
  const instead = known.instead.flatMap((name) => {
    const [method = "", rest = ""] = name.split(" ");
    const operation = catalogue.find(method, `${API_ROOT}${rest}`);
    return operation === null ? [] : [operation];
  });
  return { correction: `no published definition has this path: ${known.correction}`, instead };
}
