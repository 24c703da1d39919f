import { asRecord, asString, parseJson } from "../../core/json.ts";
import type { Request } from "../answer.ts";
import { DAY_MS } from "../conversations/plan/instant.ts";
import { parseInterval } from "../conversations/search/interval.ts";
import { type Refusal, refusal } from "../refusal.ts";

/** A UTC day for which an administrator denied access to analytics. */
export interface DeniedDay {
  readonly dayMs: number;
  readonly code: "missing.division.permission" | "missing.any.permissions";
  /** Number of analytics requests left to refuse. */
  readonly times: number;
}

/** Refuses an analytics request whose interval overlaps a denied day. Returns null for any other request. */
export function checkDays(world: { deniedDays: readonly DeniedDay[] }, request: Request): Refusal | null {
  if (world.deniedDays.length === 0 || request.method !== "POST") return null;
  if (!request.path.startsWith("/api/v2/analytics/")) return null;
  const interval = parseInterval(asString(asRecord(parseJson(request.body))["interval"]) ?? "");
  if (interval === null) return null;
  const denied = world.deniedDays.find(
    ({ dayMs }) => interval.startMs < dayMs + DAY_MS && interval.endMs > dayMs,
  );
  if (denied === undefined) return null;
  world.deniedDays = world.deniedDays.flatMap((each) => {
    if (each !== denied) return [each];
    return each.times > 1 ? [{ ...each, times: each.times - 1 }] : [];
  });
  return denied.code === "missing.division.permission"
    ? refusal(403, denied.code, "You are not authorized to perform the requested action.")
    : refusal(
        403,
        denied.code,
        "Unable to perform the requested action. You must have at least one of the following permissions assigned: {permissions}",
        { permissions: "[analytics:conversationDetail:view]" },
      );
}
