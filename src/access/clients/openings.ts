import { plural } from "../../core/text.ts";
import type { Principal } from "../../platform/reading/principal.ts";
import type { OperationUse } from "./operation-use.ts";

/** Reasons why a client may have made calls that API usage does not show. */
export type OpeningKind =
  | "usage-unreadable"
  | "delay"
  | "missing-days"
  | "cut-short"
  | "unmatched-calls"
  | "interface-traffic"
  | "unpublished-permissions";

/**
 * A reason why the calls of a client are not fully known. If there is one, a call or permission without observed use is
 * reported as *not seen*, not as unused.
 */
export interface Opening {
  readonly kind: OpeningKind;
  readonly summary: string;
}

/** The period that API usage covers. First and last day are inclusive and in UTC. */
export interface UsageWindow {
  readonly firstDay: string;
  readonly lastDay: string;
  /** Days without a request from any client of the organization; null when unknown. */
  readonly missingDays: readonly string[] | null;
  /** Whether the service truncated the result. */
  readonly isCut: boolean;
}

/** The facts about a client that determine whether its calls are fully known. */
export interface WatchedClient {
  readonly grantType: string | null;
  readonly state: string | null;
  /** Time of the last change to the client, RFC 3339; null when unknown. */
  readonly dateModified: string | null;
}

/**
 * Lists the reasons why the calls of a client are not fully known. Empty only for a client that was disabled before
 * the period and therefore made no calls.
 * @param uses null when API usage could not be read
 */
export function openingsOf(
  client: WatchedClient,
  uses: readonly OperationUse[] | null,
  window: UsageWindow,
  kind: Principal["kind"],
): readonly Opening[] {
  if (uses === null) return [{ kind: "usage-unreadable", summary: "API usage could not be read" }];
  const unmatched = uses.filter(({ operation }) => operation === null);
  const unpublished = uses.filter(({ operation }) => operation?.permissionMode === "UNKNOWN");
  const { missingDays, lastDay } = window;
  const opening = (isOpen: boolean, of: OpeningKind, summary: string): readonly Opening[] =>
    isOpen ? [{ kind: of, summary }] : [];
  return [
    ...opening(
      !wasDisabledBefore(client, window),
      "delay",
      `calls after ${lastDay} are not reported yet: API usage omits the current day`,
    ),
    ...opening(
      missingDays === null || missingDays.length > 0,
      "missing-days",
      missingDays === null
        ? "it is unknown whether days are missing from API usage"
        : `API usage contains no request from any client on ${daysIn(missingDays)}`,
    ),
    ...opening(
      window.isCut,
      "cut-short",
      "the service truncated an API usage result, and the query can't be split further",
    ),
    ...opening(
      unmatched.length > 0,
      "unmatched-calls",
      `no operation in the catalog matches ${plural(unmatched.length, "path")} in API usage: ${namesOf(unmatched)}`,
    ),
    ...opening(
      kind !== "client",
      "interface-traffic",
      "API usage omits the platform's own apps and embedded apps, which act for users",
    ),
    ...opening(
      unpublished.length > 0,
      "unpublished-permissions",
      `the permissions of ${namesOf(unpublished)} are not published yet`,
    ),
  ];
}

/** Whether the client was disabled before the period, so that none of its tokens worked during it. */
function wasDisabledBefore({ state, dateModified }: WatchedClient, { firstDay }: UsageWindow): boolean {
  return state?.toLowerCase() === "disabled" && dateModified !== null && dateModified < firstDay;
}

const MOST_NAMED = 3;

function namesOf(uses: readonly OperationUse[]): string {
  return shortened(uses.map(({ method, path }) => `${method} ${path}`));
}

function daysIn(days: readonly string[]): string {
  return shortened(days);
}

function shortened(names: readonly string[]): string {
  const named = names.slice(0, MOST_NAMED).join(", ");
  return names.length > MOST_NAMED ? `${named} and ${names.length - MOST_NAMED} more` : named;
}
