import type { Operation } from "../../../catalogue/facts/operation.ts";
import { API_ROOT } from "../../../catalogue/facts/operation-line.ts";
import { isReadOnly } from "../../../catalogue/facts/read-only.ts";
import { describeAbsence, UPDATE_MAY_KNOW } from "../../../catalogue/lookup/absence.ts";
import { findMeant } from "../../../catalogue/lookup/meant-operation.ts";
import { nameOf, type OperationLookup } from "../../../catalogue/lookup/operation-lookup.ts";
import { oneLine, withoutTrailingSlashes } from "../../../core/text.ts";
import type { Remedy } from "../../verdict/verdict.ts";
import { anyOf } from "../../verdict/wording.ts";
import type { ExplainKnowledge } from "../knowledge.ts";
import type { RequestSeen } from "../paste/failure.ts";
import { hasEffectOf, isCloseTo, lacksAtMostOne } from "./close-operation.ts";
import { findRequestClaims } from "./request-claims.ts";
import { SOURCES } from "./source.ts";
import type { RequestClaim } from "./wrong-claim.ts";

/** Maximum number of characters to search for the purpose of a call, which people mention near the failure. */
const LONGEST_STORY = 40_000;
/** Maximum number of operations to suggest. A longer list would be a search result rather than a fix. */
const MOST_NAMED = 3;

/** Finds mistakes in the request itself, such as a wrong host, path or token URL. */
export function findMistakes(
  request: RequestSeen | null,
  lookup: OperationLookup | null,
  { domains, catalogueDate }: Pick<ExplainKnowledge, "domains" | "catalogueDate">,
  story = "",
): readonly RequestClaim[] {
  if (request === null) return [];
  const start = Math.max(0, request.path?.lastIndexOf("/api/v2/") ?? 0);
  // An SDK method can identify a removed operation even when the text does not contain a path.
  const removed = lookup?.kind === "unknown" ? lookup.removed : null;
  const path = request.path == null ? removed?.path : withoutTrailingSlashes(request.path.slice(start));
  const method = request.path == null ? (removed?.method ?? null) : request.method;
  return [
    ...findRequestClaims(request, domains),
    ...(lookup === null || path === undefined
      ? []
      : findPathClaims(method, oneLine(path, 200), lookup, {
          catalogueDate,
          isChange: saysChange(story.slice(0, LONGEST_STORY)),
          isServed: request.isServed || WORKS_OTHERWISE.test(story.slice(0, LONGEST_STORY)),
        })),
  ];
}

/** Matches a report that the same call succeeds with another body: `without the weight it works`. */
const WORKS_OTHERWISE =
  /\b(?:without|(?:when|if|once|after) (?:I|we) (?:omit|drop|remove|leave out|left out|removed|dropped|omitted)|(?:omitting|leaving out|removing|dropping))\b[^.\n]{0,60}\b(?:it|the (?:same )?(?:call|request)) (?:works|worked|succeeds|succeeded|returns 20[0-4]|goes through|is accepted)\b|\bsending (?:just|only) [^.\n]{0,80}\bworks\b/i;
/** Matches words for a change. A path without its method does not show whether the call changes anything. */
const CHANGE =
  /\b(?:(?:bulk |batch )?(?:post|upload|updat|creat|submi|publish|assign|initiat|delet|remov|import|insert|push|send|trigger)(?:e|es|ed|ing|t|ts|ting|s)?|posting) (?:\w{1,20} ){0,4}(?:requests?|calls?|via|through|using|to|with|on|updates?|uploads?)\b|\b(?:updates?|uploads?|submissions?|writes?) (?:requests?|calls?|fails?|failed)\b/i;

function saysChange(story: string): boolean {
  return CHANGE.test(story);
}

/** The evidence about a path, from the catalog and the text. */
interface PathCircumstances {
  readonly catalogueDate: string;
  /** Whether the text says that the call changes something. */
  readonly isChange: boolean;
  /** Whether the text reports that the same method and path also succeeded. */
  readonly isServed: boolean;
}

/** Checks the method and path of a request against the catalog; empty when they clearly identify an operation. */
function findPathClaims(
  method: string | null,
  path: string,
  lookup: OperationLookup,
  { catalogueDate, isChange, isServed }: PathCircumstances,
): readonly RequestClaim[] {
  // A bare `/api/v2` is a base path in the settings of a gateway or program, not a call.
  if (`${path}/` === API_ROOT) return [];
  const shown = `${method === null ? "" : `${method} `}${path}`;
  switch (lookup.kind) {
    case "ambiguous":
      return lookup.caution == null
        ? []
        : [cautionClaim(method, shown, lookup.candidates.map(nameOf), lookup.caution)];
    case "found":
      return lookup.caution === null
        ? []
        : [cautionClaim(method, shown, [nameOf(lookup.operation)], lookup.caution)];
    case "unknown": {
      if (isServed && !lookup.isCertain) return [];
      if (!lookup.isCertain && OF_CLIENTS.test(path)) return [internalClaim(shown)];
      const found = findMeant(method, path, lookup);
      // If the text says that the call changes something, a similar read operation was not meant.
      const likely =
        method === null && isChange
          ? found.filter((one) => (lookup.isCertain ? one.method !== "GET" : !isReadOnly(one)))
          : found;
      const fitting = (one: Operation): boolean => canReplace(one, lookup.removed);
      const meantOnes = likely.filter(
        (one) =>
          fitting(one) &&
          (method === "POST" || hasEffectOf(one, method)) &&
          (lookup.isCertain || lacksAtMostOne(one, path)),
      );
      const near = lookup.isCertain
        ? []
        : lookup.closest.filter(
            (one) => isCloseTo(one, method, path) && lacksAtMostOne(one, path) && !takesWord(one, path),
          );
      const closest = [...new Set([...meantOnes, ...near.filter(fitting)].map(nameOf))].slice(0, MOST_NAMED);
      const meant =
        closest.length === 0 ? "" : `${lookup.correction === null ? "" : "; "}closest: ${anyOf(closest)}`;
      return [
        {
          layer: "path",
          claim: {
            text: `\`${shown}\` is an operation`,
            verdict: lookup.isCertain ? "false" : "unknown",
            truth: lookup.isCertain
              ? `${lookup.correction ?? ""}${meant}`
              : `${describeAbsence({ date: catalogueDate })}; ${UPDATE_MAY_KNOW}${lookup.correction === null ? "" : `; ${lookup.correction}`}${closest.length === 0 ? "" : `; closest: ${anyOf(closest)}`}`,
            source: SOURCES.definition,
          },
          remedy: remedyFor(meantOnes, path, closest),
        },
      ];
    }
  }
}

/**
 * Whether an operation can replace a removed one: both read or both write, and none of its path parameters matches a
 * fixed word of the removed path. Always true when none was removed.
 */
function canReplace(operation: Operation, removed: Operation | null): boolean {
  if (removed === null) return true;
  const words = removed.path.split("/");
  const isTaken = operation.path
    .split("/")
    .some((segment, index) => segment.startsWith("{") && words[index]?.startsWith("{") === false);
  return !isTaken && isReadOnly(operation) === isReadOnly(removed);
}

/** Whether an operation differs from a path only by a parameter in place of the path's last word. */
function takesWord({ path: template }: Operation, path: string): boolean {
  const [start, last] = [template.lastIndexOf("/"), path.lastIndexOf("/")];
  return (
    template.slice(start + 1).startsWith("{") &&
    template.slice(0, start) === path.slice(0, last) &&
    /^[a-z]{3,40}$/.test(path.slice(last + 1))
  );
}

/**
 * Matches paths that Genesys' streaming client uses and the published definition omits. There, `stream/jwt` is the path
 * of a socket.
 */
const OF_CLIENTS =
  /^\/api\/v2\/(?:stream\/jwt|apps\/users\/[^/]+\/connections|users\/alertingleader|diagnostics\/newrelic)(?:\/|$)/;

function internalClaim(shown: string): RequestClaim {
  return {
    layer: "none",
    claim: {
      text: `\`${shown}\` is a wrong path`,
      verdict: "misleading",
      truth:
        "Genesys' streaming client uses this path, but the published definition omits the path and its requirements",
      source: SOURCES.sdks,
    },
    remedy: null,
  };
}

/** Warns about a path that contains a word where the platform expects an id. */
function cautionClaim(
  method: string | null,
  shown: string,
  operations: readonly string[],
  caution: string,
): RequestClaim {
  // Without a method, the request may have had another one, with which the platform has no such path.
  const reading =
    method === null
      ? `the text shows no method; the catalog has this path only as ${anyOf(operations)}`
      : `the platform read it as ${anyOf(operations)}`;
  return {
    layer: "path",
    claim: {
      text: `the refusal is about \`${shown}\``,
      verdict: "misleading",
      truth: `${reading}: ${caution}; check the path before the permission`,
      source: SOURCES.reports,
    },
    remedy: {
      kind: "use-operation",
      summary: "check the path first: a refusal can name the permission of a similar operation",
    },
  };
}

/** Suggests the operations that the path was probably meant to name. If there are none, suggests a catalog search. */
function remedyFor(meant: readonly Operation[], path: string, closest: readonly string[]): Remedy {
  const [first, ...others] = [...new Set(meant.map(nameOf))].slice(0, MOST_NAMED);
  if (first !== undefined) {
    return {
      kind: "use-operation",
      summary:
        others.length === 0
          ? `call \`${first}\` if you meant that operation`
          : `call ${anyOf([first, ...others])}, depending on which you need`,
      command: `genscope check-scopes "${first}"`,
    };
  }
  // Tokens come from the login host, so no API operation is suggested for a token path.
  if (/\/token\/?$/.test(path)) {
    return { kind: "use-host", summary: "request tokens from `https://login.<domain>/oauth/token`" };
  }
  const own = path
    .replace(API_ROOT, "")
    .split("/")
    .filter((word, index, all) => /^[a-z]{3,}$/i.test(word) && all.indexOf(word) === index);
  const shared = own.filter((word) => closest.some((name) => name.includes(word.toLowerCase())));
  const words = shared.length === 0 ? own : shared;
  return {
    kind: "use-operation",
    summary: "look up the operation",
    command: `genscope catalog search ${words.length === 0 ? "WORDS" : words.join(" ")}`,
  };
}
