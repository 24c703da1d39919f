import type { JsonRecord } from "../../../src/core/json.ts";
import { contactsOf } from "../../../src/sandbox/answers/contacts.ts";
import { presencesOf } from "../../../src/sandbox/answers/listings.ts";
import { groupsOf } from "../../../src/sandbox/answers/quality/forms.ts";
import { ACTIVE } from "../../../src/sandbox/state/configured/configured-kind.ts";
import { membersOf } from "../../../src/sandbox/state/memberships.ts";
import type { Member, Roster } from "../../../src/sandbox/state/roster.ts";
import { listing, NAMED, PLACED, placed, SIZED } from "./listing-truth.ts";
import { type DatasetTruth, SEED } from "./sandbox-truth.ts";

/** Datasets that list the current state of all other objects. */
export const LISTING_TRUTHS = {
  users: listing("users", "User", { ...PLACED, email: "text" }, ({ users, roster }) => [
    ...users.map(({ id, name, email, divisionId }) => ({ id, name, email, division: { id: divisionId } })),
    ...roster.agents
      .filter(({ isDeleted }) => isDeleted === true)
      .map((agent) => ({ ...placed(agent), email: `${agent.id}@deleted.example.com` })),
  ]),
  queues: listing(
    "queues",
    "Queue",
    { ...PLACED, memberCount: "number", autoAnswerOnly: "flag" },
    ({ objects }) =>
      objects
        .filter(({ type }) => type === "queue")
        .map((queue) => ({ ...placed(queue), memberCount: 12, autoAnswerOnly: true })),
  ),
  "wrap-up codes": ofRoster("wrapup_codes", "WrapupCode", "wrapUpCodes"),
  skills: ofRoster("skills", "RoutingSkill", "skills"),
  divisions: listing("divisions", "AuthzDivision", NAMED, ({ divisions }) => divisions),
  flows: listing("flows", "Flow", { ...PLACED, deleted: "flag" }, ({ roster }) => [
    ...roster.flows.map((flow) => ({ ...placed(flow), deleted: false })),
    ...roster.deletedFlows.map((flow) => ({ ...placed(flow), deleted: true })),
  ]),
  "presence definitions": listing(
    "presence_definitions",
    null,
    { id: "id", systemPresence: "text", deactivated: "flag" },
    ({ roster }) => [...presencesOf(roster, false), ...presencesOf(roster, true)],
  ),
  roles: listing("roles", "DomainOrganizationRole", { ...NAMED, permissionPolicies: "items" }, ({ roles }) =>
    roles.map(asJson),
  ),
  "role permissions": {
    records: ({ roles }) => roles.map(asJson),
    model: null,
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
    model: null,
    tables: {
      grants: {
        lists: ["divisions"],
        fields: { id: ["text", "divisionId"], "../id": ["id", "subjectId"], "../roleId": ["id", "roleId"] },
      },
    },
  },
  "oauth clients": listing(
    "oauth_clients",
    "OAuthClient",
    { ...NAMED, authorizedGrantType: "text", accessTokenValiditySeconds: "number" },
    ({ clients }) => clients.map(asJson),
  ),
  teams: ofRoster("teams", "Team", "teams"),
  contacts: listing(
    "contacts",
    "DialerContact",
    { id: "id", contactListId: "id", callable: "flag", dateCreated: "instant" },
    ({ roster }) => roster.configured["contact list"].flatMap(({ id }) => contactsOf(roster, id)),
  ),
  languages: listing(
    "languages",
    "Language",
    { ...NAMED, state: "text", dateModified: "instant" },
    ({ roster }) => roster.languages.map((each) => ({ ...each, ...ACTIVE(each, { roster, query: SIZED }) })),
  ),
  "skill groups": ofRoster("skill_groups", "SkillGroup", "skillGroups"),
  "management units": listing(
    "management_units",
    "ManagementUnit",
    { ...PLACED, version: "number" },
    ({ roster }) => roster.configured["management unit"].map((unit) => ({ ...placed(unit), version: 2 })),
  ),
  "queue members": members("queue_members", "QueueMember", "queueId", ({ queues }) => queues),
  "group members": members("group_members", "User", "groupId", (roster) => roster.configured.group),
  "team members": members("team_members", "UserReferenceWithName", "teamId", ({ teams }) => teams),
  "skill group members": members(
    "skill_group_members",
    "UserReferenceWithName",
    "skillGroupId",
    ({ skillGroups }) => skillGroups,
  ),
  "external contacts": listing(
    "external_contacts",
    "ExternalContact",
    { id: "id", lastName: "text", "division.id": "id" },
    ({ roster }) => roster.contacts.map((each) => ({ ...placed(each), lastName: each.name })),
  ),
  "external organizations": listing(
    "external_organizations",
    "ExternalOrganization",
    { ...PLACED, employeeCount: "number" },
    ({ roster }) =>
      roster.contacts.map((each) => ({
        ...placed(each),
        name: `Company of ${each.name}`,
        employeeCount: 12,
      })),
  ),
  "evaluation forms": forms("evaluation_forms", "EvaluationFormResponse"),
  "survey forms": forms("survey_forms", "SurveyForm"),
  topics: listing(
    "topics",
    "ListedTopic",
    { ...NAMED, published: "flag", phrasesCount: "number" },
    ({ roster }) =>
      roster.skills.map(({ id, name }) => ({
        id,
        name: `Topic of ${name}`,
        published: true,
        phrasesCount: 12,
      })),
  ),
} satisfies Readonly<Record<string, DatasetTruth>>;

/** Returns the dataset of a kind of object that conversations refer to and that belongs to a division. */
function ofRoster(
  table: string,
  model: string,
  group: "wrapUpCodes" | "skills" | "teams" | "skillGroups",
): DatasetTruth {
  return listing(table, model, PLACED, ({ roster }) => roster[group].map(placed));
}

function members(
  table: string,
  model: string,
  field: string,
  objectsOf: (roster: Roster) => readonly Member[],
): DatasetTruth {
  return listing(table, model, { ...NAMED, [field]: "id" }, ({ roster }) =>
    objectsOf(roster).flatMap(({ id }) =>
      membersOf(roster, id).map((member) => ({ ...member, [field]: id })),
    ),
  );
}

function forms(table: string, model: string): DatasetTruth {
  return listing(table, model, { ...NAMED, questionGroups: "items" }, ({ roster }) =>
    roster.forms.map((form) => ({ ...form, questionGroups: groupsOf(SEED, form) })),
  );
}

function asJson(value: object): JsonRecord {
  return { ...value };
}
