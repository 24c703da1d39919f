import { type MethodEvidence, supposed } from "./method-evidence.ts";

/**
 * Matches the verb at the beginning of a constant's name. Verbs for updates are left out, because they can mean PUT or
 * PATCH.
 */
const VERBS: readonly (readonly [RegExp, string])[] = [
  [/^(?:get|list|read|fetch|find)(?![a-z])/i, "GET"],
  [/^(?:create|add|post)(?![a-z])/i, "POST"],
  [/^(?:delete|remove)(?![a-z])/i, "DELETE"],
];

/** Returns the HTTP method that the name of a constant suggests: `GET_MEMBERS`, `createQueue`. */
export function methodOfListed(name: string): MethodEvidence | null {
  const method = VERBS.find(([verb]) => verb.test(name.replace(/(?<=[a-z])(?=[A-Z])/g, "_")))?.[1];
  return method === undefined ? null : supposed(method, name);
}
