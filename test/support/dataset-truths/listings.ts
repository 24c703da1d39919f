import type { JsonRecord } from "../../../src/core/json.ts";
import { ACTIVE, CONFIGURED, OBJECTS } from "../../../src/sandbox/answers/configured-objects.ts";
import { contactsOf } from "../../../src/sandbox/answers/contacts.ts";
import { presencesOf } from "../../../src/sandbox/answers/listings.ts";
import { groupsOf } from "../../../src/sandbox/answers/quality/forms.ts";
import { membersOf } from "../../../src/sandbox/state/memberships.ts";
import type { ConfiguredKind, Member, Roster } from "../../../src/sandbox/state/roster.ts";
import type { TableTruth } from "./measure.ts";
import { type DatasetTruth, SEED } from "./sandbox-truth.ts";

type Fields = TableTruth["fields"];
const NAMED: Fields = { id: "id", name: "text" };
const PLACED: Fields = { ...NAMED, "division.id": "id" };
/** Parameters with which the listings of lists contain sizes. */
const SIZED = new URLSearchParams({ includeSize: "true", includeImportStatus: "true" });

/** Datasets that list the current state of objects. */
export const LISTING_TRUTHS = {
  users: listing("users", { ...PLACED, email: "text" }, ({ users, roster }) => [
    ...users.map(({ id, name, email, divisionId }) => ({ id, name, email, division: { id: divisionId } })),
    ...roster.agents
      .filter(({ isDeleted }) => isDeleted === true)
      .map((agent) => ({ ...placed(agent), email: `${agent.id}@deleted.example.com` })),
  ]),
  queues: listing("queues", { ...PLACED, memberCount: "number", autoAnswerOnly: "flag" }, ({ objects }) =>
    objects
      .filter(({ type }) => type === "queue")
      .map((queue) => ({ ...placed(queue), memberCount: 12, autoAnswerOnly: true })),
  ),
  "wrap-up codes": ofRoster("wrapup_codes", "wrapUpCodes"),
  skills: ofRoster("skills", "skills"),
  divisions: listing("divisions", NAMED, ({ divisions }) => divisions),
  flows: listing("flows", { ...PLACED, deleted: "flag" }, ({ roster }) => [
    ...roster.flows.map((flow) => ({ ...placed(flow), deleted: false })),
    ...roster.deletedFlows.map((flow) => ({ ...placed(flow), deleted: true })),
  ]),
  "presence definitions": listing(
    "presence_definitions",
    { id: "id", systemPresence: "text", deactivated: "flag" },
    ({ roster }) => [...presencesOf(roster, false), ...presencesOf(roster, true)],
  ),
  roles: listing("roles", { ...NAMED, permissionPolicies: "items" }, ({ roles }) => roles.map(asJson)),
  "role permissions": {
    records: ({ roles }) => roles.map(asJson),
    tables: {
      role_permissions: {
        lists: ["permissionPolicies", "actionSet"],
        fields: {
          ".": ["text", "action"],
          "../domain": ["text", "domain"],
          "../entityName": ["text", "entity"],
        },
      },
    },
  },
  grants: {
    records: ({ roles, grants }) =>
      roles.flatMap((role) =>
        Object.entries(grants).map(([id, held]) => ({
          id,
          roleId: role.id,
          divisions: held
            .filter(({ roleId }) => roleId === role.id)
            .map(({ divisionId }) => ({ id: divisionId })),
        })),
      ),
    tables: {
      grants: {
        lists: ["divisions"],
        fields: { id: ["text", "divisionId"], "../id": ["id", "subjectId"], "../roleId": ["id", "roleId"] },
      },
    },
  },
  "oauth clients": listing(
    "oauth_clients",
    { ...NAMED, authorizedGrantType: "text", accessTokenValiditySeconds: "number" },
    ({ clients }) => clients.map(asJson),
  ),
  groups: configured("groups", "group", { memberCount: "number", rulesVisible: "flag" }, NAMED),
  teams: ofRoster("teams", "teams"),
  stations: configured("stations", "station", { webRtcUserId: "id", webRtcCallAppearances: "number" }, NAMED),
  locations: configured("locations", "location", { version: "number", notes: "text" }, NAMED),
  schedules: configured("schedules", "schedule", { rrule: "text", dateModified: "instant" }),
  "schedule groups": configured("schedule_groups", "schedule group", {
    openSchedules: "items",
  }),
  "flow outcomes": configured("flow_outcome_definitions", "flow outcome", {
    description: "text",
  }),
  "flow milestones": configured("flow_milestones", "flow milestone", { description: "text" }),
  campaigns: configured("campaigns", "campaign", { abandonRate: "number", "contactList.id": "id" }),
  "contact lists": configured("contact_lists", "contact list", {
    size: "number",
    trimWhitespace: "flag",
  }),
  "dnc lists": configured("dnc_lists", "DNC list", { size: "number", dncSourceType: "text" }),
  contacts: listing(
    "contacts",
    { id: "id", contactListId: "id", callable: "flag", dateCreated: "instant" },
    ({ roster }) => roster.configured["contact list"].flatMap(({ id }) => contactsOf(roster, id)),
  ),
  languages: listing("languages", { ...NAMED, state: "text", dateModified: "instant" }, ({ roster }) =>
    roster.languages.map((each) => ({ ...each, ...ACTIVE(each, { roster, query: SIZED }) })),
  ),
  sites: configured("sites", "site", { "location.id": "id", managed: "flag" }, NAMED),
  trunks: configured("trunks", "trunk", { inService: "flag", version: "number" }, NAMED),
  "skill groups": ofRoster("skill_groups", "skillGroups"),
  "management units": listing("management_units", { ...PLACED, version: "number" }, ({ roster }) =>
    roster.configured["management unit"].map((unit) => ({ ...placed(unit), version: 2 })),
  ),
  "queue members": members("queue_members", "queueId", ({ queues }) => queues),
  "group members": members("group_members", "groupId", (roster) => roster.configured.group),
  "team members": members("team_members", "teamId", ({ teams }) => teams),
  "skill group members": members("skill_group_members", "skillGroupId", ({ skillGroups }) => skillGroups),
  "external contacts": listing(
    "external_contacts",
    { id: "id", lastName: "text", "division.id": "id" },
    ({ roster }) => roster.contacts.map((each) => ({ ...placed(each), lastName: each.name })),
  ),
  "external organizations": listing(
    "external_organizations",
    { ...PLACED, employeeCount: "number" },
    ({ roster }) =>
      roster.contacts.map((each) => ({
        ...placed(each),
        name: `Company of ${each.name}`,
        employeeCount: 12,
      })),
  ),
  "evaluation forms": forms("evaluation_forms"),
  "survey forms": forms("survey_forms"),
  topics: listing("topics", { ...NAMED, published: "flag", phrasesCount: "number" }, ({ roster }) =>
    roster.skills.map(({ id, name }) => ({
      id,
      name: `Topic of ${name}`,
      published: true,
      phrasesCount: 12,
    })),
  ),
} satisfies Readonly<Record<string, DatasetTruth>>;

function listing(table: string, fields: Fields, records: DatasetTruth["records"]): DatasetTruth {
  return { records, tables: { [table]: { fields } } };
}

/** Objects that conversations refer to, in divisions. */
function ofRoster(table: string, group: "wrapUpCodes" | "skills" | "teams" | "skillGroups"): DatasetTruth {
  return listing(table, PLACED, ({ roster }) => roster[group].map(placed));
}

/** Objects that administrators configure, as the sandbox describes them. */
function configured(
  table: string,
  kind: ConfiguredKind,
  fields: Fields,
  common: Fields = PLACED,
): DatasetTruth {
  const describe = OBJECTS[kind] ?? CONFIGURED;
  return listing(table, { ...common, ...fields }, ({ roster }) =>
    roster.configured[kind].map((each) => ({ ...placed(each), ...describe(each, { roster, query: SIZED }) })),
  );
}

function members(
  table: string,
  field: string,
  objectsOf: (roster: Roster) => readonly Member[],
): DatasetTruth {
  return listing(table, { ...NAMED, [field]: "id" }, ({ roster }) =>
    objectsOf(roster).flatMap(({ id }) =>
      membersOf(roster, id).map((member) => ({ ...member, [field]: id })),
    ),
  );
}

function forms(table: string): DatasetTruth {
  return listing(table, { ...NAMED, questionGroups: "items" }, ({ roster }) =>
    roster.forms.map((form) => ({ ...form, questionGroups: groupsOf(SEED, form) })),
  );
}

function placed({ id, name, divisionId }: Pick<Member, "id" | "name" | "divisionId">): JsonRecord {
  return { id, name, division: { id: divisionId } };
}

function asJson(value: object): JsonRecord {
  return { ...value };
}
