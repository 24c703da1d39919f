import { asBoolean, asRecord, asString, asStrings } from "../../core/json.ts";
import type { Api } from "../api/api.ts";
import { attemptRead, type Reading } from "../reading/reading.ts";
import { READS } from "../reading/reads.ts";
import { parseWhole } from "../reading/whole-list.ts";

/** The organization's requirements for subscribing to one topic. */
export interface AvailableTopic {
  /** Template with `{id}` in place of every id. */
  readonly topic: string;
  /** Permissions that the subscription requires; null when the response does not contain them. */
  readonly permissions: readonly string[] | null;
  /** Whether any one of the permissions suffices. */
  readonly isAny: boolean;
  /** Whether the permissions must be held in the division of the topic's object. */
  readonly isDivisional: boolean;
  /** Whether the id in the topic must be the id of the token's user. */
  readonly isOwnOnly: boolean;
  /** Whether the service certainly enforces `isOwnOnly`: nothing in the response makes an exception. */
  readonly isOwnEnforced: boolean;
  /** Whether no permission is needed for the user's own id. */
  readonly isOwnFree: boolean;
  /**
   * Whether the decision also depends on a fact that neither permissions nor ids show, such as whether the user takes
   * part in the conversation.
   */
  readonly isOpen: boolean;
  readonly isEnforced: boolean;
}

const EXPAND = ["enforced", "visibility", "transports", "requiresPermissions", "permissionDetails"];
const KNOWN_TYPES: ReadonlySet<string> = new Set([
  "requiresCurrentUser",
  "requiresPermissions",
  "requiresDivisionPermissions",
  "requiresAnyDivisionPermissions",
]);

/** Reads the topics that the organization offers, with their requirements. Returns all of them or fails. */
export function readTopics(api: Api): Promise<Reading<readonly AvailableTopic[]>> {
  return attemptRead(api, READS.topics, {
    query: { expand: EXPAND.join(","), includePreview: true },
    parse: (body) => parseWhole(asRecord(body)["entities"], parseTopic),
  });
}

/**
 * Parses a topic; null without a name. Anything that the response omits counts as unknown or as the stricter
 * requirement.
 */
function parseTopic(value: unknown): AvailableTopic | null {
  const fields = asRecord(value);
  const topic = asString(fields["id"]);
  if (topic === null) return null;
  const names = parseWhole(fields["requiresPermissions"], asString);
  const details = parseWhole(fields["permissionDetails"], (detail) => asRecord(detail)) ?? [];
  const types = details.map((detail) => asString(detail["type"]) ?? "");
  const ofDetails = details.flatMap((detail) => asStrings(detail["permissions"]));
  const isSaid = names !== null || details.length > 0;
  return {
    topic: topic.replace(/\{[^}]*\}/g, "{id}"),
    permissions: isSaid ? [...new Set([...(names ?? []), ...ofDetails])] : null,
    isAny:
      asBoolean(fields["requiresAnyValidator"]) === true || types.includes("requiresAnyDivisionPermissions"),
    isDivisional:
      asBoolean(fields["requiresDivisionPermissions"]) === true ||
      types.some((type) => type.includes("DivisionPermissions")),
    isOwnOnly: asBoolean(fields["requiresCurrentUser"]) === true || types.includes("requiresCurrentUser"),
    isOwnEnforced: !details.some(
      (detail) => detail["type"] === "requiresCurrentUser" && asBoolean(detail["enforced"]) === false,
    ),
    isOwnFree:
      asBoolean(fields["requiresCurrentUserOrPermission"]) === true ||
      details.some((detail) => detail["allowsCurrentUser"] === true),
    isOpen: types.some((type) => !KNOWN_TYPES.has(type)),
    isEnforced: asBoolean(fields["enforced"]) !== false,
  };
}
