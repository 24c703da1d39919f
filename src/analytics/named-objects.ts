import { asArray, asRecord, asString } from "../core/json.ts";

/** A kind of object that records and filters reference by id, and the requests that return its names. */
export interface NamedObject {
  /** Plural noun for a note. */
  readonly noun: string;
  /** Dimensions whose values are ids of these objects. */
  readonly dimensions: readonly string[];
  /**
   * The field of a record that contains the id, and the field to which the name is added; null when records get no
   * name.
   */
  readonly record: { readonly idKey: string; readonly nameKey: string } | null;
  /** The listing that returns names by `id`, and ids by `name`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The query of the listing for deleted objects, which the search does not find. */
  readonly former?: Readonly<Record<string, string>>;
  /** The search by name, for a listing that has no parameter for it; null when the listing has one. */
  readonly searchPath: string | null;
  /** The permission needed to look up an object's id by the object's name; null when none is needed. */
  readonly permission: string | null;
}

/** An object in a response, reduced to its name. */
export interface NamedEntry {
  readonly id: string;
  readonly name: string;
  /** Email address of a user; null for any other object. */
  readonly email: string | null;
}

const QUEUES: NamedObject = {
  noun: "queues",
  dimensions: ["queueId"],
  record: { idKey: "queueId", nameKey: "queueName" },
  path: "/api/v2/routing/queues",
  query: {},
  searchPath: null,
  permission: "routing:queue:view",
};

const USERS: NamedObject = {
  noun: "users",
  dimensions: [
    "userId",
    "assigneeId",
    "evaluatorId",
    "proposedAgentId",
    "scoredAgentId",
    "screenMonitoredUserId",
    "selectedAgentId",
  ],
  record: { idKey: "userId", nameKey: "userName" },
  path: "/api/v2/users",
  // Records still refer to users who have left.
  query: { state: "any" },
  former: { state: "deleted" },
  searchPath: "/api/v2/users/search",
  permission: "directory:user:view",
};

const WRAP_UP_CODES: NamedObject = {
  noun: "wrap-up codes",
  dimensions: ["wrapUpCode"],
  record: { idKey: "wrapUpCode", nameKey: "wrapUpName" },
  path: "/api/v2/routing/wrapupcodes",
  query: {},
  searchPath: null,
  permission: "routing:wrapupCode:view",
};

/** Every kind of object that a filter can name, although the platform's filter needs the object's id. */
export const NAMED_OBJECTS: readonly NamedObject[] = [
  QUEUES,
  USERS,
  WRAP_UP_CODES,
  listed("skills", "requestedRoutingSkillId", "/api/v2/routing/skills", "routing:skill:view"),
  listed("languages", "requestedLanguageId", "/api/v2/routing/languages", null),
  listed("divisions", "divisionId", "/api/v2/authorization/divisions", null),
  listed("teams", "teamId", "/api/v2/teams", "groups:team:view"),
  listed("flows", "flowId", "/api/v2/flows", "architect:flow:view"),
  listed("campaigns", "outboundCampaignId", "/api/v2/outbound/campaigns", "outbound:campaign:view"),
  listed(
    "contact lists",
    "outboundContactListId",
    "/api/v2/outbound/contactlists",
    "outbound:contactList:view",
  ),
];

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** Matches the ids of wrap-up codes that are built into the platform. No listing contains them. */
const SYSTEM_CODE = /^ININ-[A-Z-]{1,80}$/;

/** Returns whether the string is an id, so that it needs no lookup. */
export function isObjectId(text: string): boolean {
  return UUID.test(text) || SYSTEM_CODE.test(text);
}

/** Returns the kind of object whose ids a dimension contains; null for any other dimension. */
export function namedObjectOf(dimension: string): NamedObject | null {
  return NAMED_OBJECTS.find(({ dimensions }) => dimensions.includes(dimension)) ?? null;
}

/** Returns the entries of a list that have an id and a name. */
export function entriesIn(value: unknown): readonly NamedEntry[] {
  return asArray(value).flatMap((each) => {
    const id = asString(asRecord(each)["id"]);
    const name = asString(asRecord(each)["name"]);
    return id === null || name === null ? [] : [{ id, name, email: asString(asRecord(each)["email"]) }];
  });
}

function listed(noun: string, dimension: string, path: string, permission: string | null): NamedObject {
  return { noun, dimensions: [dimension], record: null, path, query: {}, searchPath: null, permission };
}
