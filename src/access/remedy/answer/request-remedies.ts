import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import type { RefusalFacts } from "../../verdict/refusal-facts.ts";
import type { Remedy } from "../../verdict/verdict.ts";
import { conflictText, lastRemedies, saysConflict } from "./last-remedies.ts";
import { readNamedFields } from "./named-fields.ts";
import { limitRemedies, meaningOfLimit } from "./request-limits.ts";
import { meaningOfTokenError, tokenErrorRemedies } from "./token-refusals.ts";

/** Matches messages about an object that has changed since the caller last read it. */
const CHANGED_BETWEEN =
  /\bversions?\b(?!:? v?\d)|\b(?:modified|changed|updated) (?:by another|in the meantime|in between|since|concurrently)|\bconcurrent|\betag\b|\bif-match\b|\bstale\b/i;

/** Matches a conflict with an object that exists or an operation that is running, which no version resolves. */
const DUPLICATE = /\bduplicate|\balready (?:exists?|in (?:a|use|progress|place)|published|running)\b/i;

/** Matches a message that the version in the request is not the current one. */
const OTHER_VERSION = /\bversion\b[^.\n]{0,60}\b(?:does(?: not|n['’]t)|must) match\b/i;

const ALLOWED_VALUES =
  /\b(?:allow(?:able|ed)|valid|permitted|accepted|possible|supported) values\b|\bmust be one of\b/i;

/**
 * Explains why the path is probably wrong. A path that the catalog does not list may also be newer than the
 * catalog.
 */
export function meaningOfPath({
  unlistedOn,
  status,
  methods,
  named,
  operation,
}: Pick<RefusalFacts, "unlistedOn" | "status" | "methods" | "named" | "operation">): string {
  if (status === 405) {
    if (methods.length > 0) {
      return `the service accepts ${methods.join(", ")} at this path, and the request used another method; permissions and scopes do not matter here`;
    }
    if (operation !== null) {
      return "the service did not accept the method, although the catalog lists it for this path; permissions and scopes do not matter here";
    }
    return unlistedOn === null
      ? "the service does not accept this method at this path; permissions and scopes do not matter here"
      : `the service does not accept this method at this path, and the catalog of ${unlistedOn} does not list it; permissions and scopes do not matter here`;
  }
  if (status !== 403 || named.permissions.length === 0) {
    return unlistedOn === null
      ? status === 404 || status === 403
        ? "the path does not name the intended operation"
        : "the current definition does not list the path"
      : `the catalog of ${unlistedOn} does not list the path`;
  }
  return unlistedOn === null
    ? "the path does not name the intended operation; the permission in the message belongs to another operation"
    : `the catalog of ${unlistedOn} does not list the path; if the platform has no such path, the permission in the message belongs to another operation`;
}

/**
 * Returns the remedies for a method that the path does not support, and for a conflict at a path that the
 * catalog does not list. Empty for other responses.
 */
export function usualPathRemedies(refusal: RefusalFacts): readonly Remedy[] {
  const [method] = refusal.methods;
  if (refusal.status === 405 && method !== undefined) {
    return [
      {
        kind: "use-operation",
        summary: `send the request as ${refusal.methods.join(" or ")}; many programs send GET unless they are given a method or a body`,
      },
    ];
  }
  if (refusal.status === 405 && refusal.operation !== null) {
    return [
      {
        kind: "none",
        summary:
          "compare the method and the path that the program really sends with the catalog, which lists this method: a redirect or a typo can change them",
        command: `genscope catalog show "${nameOf(refusal.operation)}"`,
      },
    ];
  }
  if (refusal.status !== 409) return [];
  const remedies = versionRemedies(refusal);
  // The path may not exist. The cause of a conflict there is known only if the message names it.
  return remedies.length > 0 || !saysConflict(refusal.message ?? "") ? remedies : lastRemedies(refusal);
}

/** Matches messages about one particular object that does not exist: `The user with id ... could not be found`. */
const OBJECT_GONE =
  /(?:\bwith (?:the )?(?:id|key|name)\b|[0-9a-f]{8}-[0-9a-f]{4})[^\n]{0,120}\b(?:not (?:be )?found|n['’]t (?:be )?found|not exist|n[o'’]t exist|no longer exists?)\b|\b(?:unable to|can(?:not|['’]t)|could(?: not|n['’]t)|failed to) (?:find|locate) (?:an? |the |any )?(?!(?:resource|page|path|endpoint|url|route)\b)\w[\w ]{1,40}[^\n]{0,40}[0-9a-f]{8}-[0-9a-f]{4}|\bno \w[\w ]{1,40} (?:found )?with (?:the )?id\b|^(?!.*\b(?:resources?|page|path|endpoint|url|route|HTTP|\d{3}|object|entity)\b)(?:the )?\w[\w ]{2,40}? (?:(?:(?:was|were|is|could) )?not (?:be )?found|does not exist)\b/i;

const NOTHING_THERE =
  "the operation exists and has no id in its path, so no object can be missing: another host, a gateway in between or a missing feature may respond like this";

/** Describes a mistake in the request that no permission would fix, as one sentence without a final period. */
export function meaningOfRequest(refusal: RefusalFacts): string {
  const known = meaningOfTokenError(refusal) ?? meaningOfLimit(refusal);
  if (known !== null) return known;
  if (refusal.status !== 404) {
    return "the request is invalid for the object or the operation; permissions and scopes do not matter here";
  }
  if (refusal.methods.length > 0) {
    return `the path exists (${refusal.methods.join(", ")}), but the object does not, or its id belongs to another organization`;
  }
  if (refusal.operation === null && OBJECT_GONE.test(refusal.message ?? "")) {
    return "the object that the message names does not exist, or its id belongs to another organization";
  }
  if (refusal.operation !== null && !refusal.operation.path.includes("{")) return NOTHING_THERE;
  // Only an operation in the catalog proves that the path exists.
  return refusal.operation === null
    ? "this response does not show what is missing: a nonexistent path, a nonexistent object and another organization's id all get the same response"
    : "the operation exists, but the object does not, or its id belongs to another organization";
}

/** Returns the usual remedies when the request itself is refused. */
export function usualRequestRemedies(refusal: RefusalFacts): readonly Remedy[] {
  const remedies = [
    ...tokenErrorRemedies(refusal),
    ...limitRemedies(refusal),
    ...objectRemedies(refusal),
    ...valueRemedies(refusal),
    ...versionRemedies(refusal),
  ];
  return remedies.length === 0 ? lastRemedies(refusal) : remedies;
}

/** Returns the remedies when the message lists the valid values of a field. */
function valueRemedies({ status, message }: RefusalFacts): readonly Remedy[] {
  if ((status !== 400 && status !== 422) || !ALLOWED_VALUES.test(message ?? "")) return [];
  return [
    {
      kind: "none",
      summary: "set the field that the message names to one of the values that it lists",
    },
  ];
}

/** Returns what to check when the service finds nothing at a path. */
function objectRemedies({
  status,
  operation,
  methods,
  path,
}: Pick<RefusalFacts, "status" | "operation" | "methods" | "path">): readonly Remedy[] {
  if (status !== 404) return [];
  if (path !== null && /[^/]\/$/.test(path)) {
    return [
      {
        kind: "use-operation",
        summary: "remove the slash at the end of the path: many servers treat it as a different path",
      },
    ];
  }
  if (operation !== null && !operation.path.includes("{")) {
    return [
      {
        kind: "use-host",
        summary:
          "compare the host with `https://api.<domain>` of the region, and the path with the operation, exactly; the response body may show which server sent it",
        command: "genscope whoami",
      },
    ];
  }
  return operation === null && methods.length === 0
    ? [
        {
          kind: "use-operation",
          summary: "check the path first, then its ids",
          command: "genscope catalog search WORDS",
        },
      ]
    : [
        {
          kind: "use-operation",
          summary: "check the ids in the path, and that the token belongs to the object's organization",
          command: "genscope whoami",
        },
      ];
}

/** Returns the remedies when another writer changed the object in the meantime. */
function versionRemedies({ status, code, message, words }: RefusalFacts): readonly Remedy[] {
  const conflict = conflictText({ message, words });
  const isChanged =
    status === 409
      ? (CHANGED_BETWEEN.test(`${code ?? ""} ${conflict}`) && !DUPLICATE.test(conflict)) ||
        readNamedFields(words).includes("version")
      : status === 400 && OTHER_VERSION.test(message ?? "");
  if (!isChanged) return [];
  return [
    {
      kind: "none",
      summary: "read the object again, apply the change to it, and send it with its current `version`",
    },
  ];
}
