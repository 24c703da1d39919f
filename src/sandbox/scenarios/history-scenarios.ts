import { recordAudit } from "../state/audit-trail.ts";
import { type AuditedAt, clientAudit, grantAudit, groupAudits, roleAudit } from "../state/audited-changes.ts";
import { addGrant, changeAuthority } from "../state/authority.ts";
import { policiesOf } from "../state/build.ts";
import { ALL_DIVISIONS, type Role, type User, type UserGroup } from "../state/organization.ts";
import { namedId } from "../state/sequence.ts";
import { addRole } from "./additions.ts";
import { type Cast, grantRole } from "./cast.ts";
import { DETAIL_QUERY, type Scenario } from "./scenario.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Scenarios in which a change made calls fail. The audits show when each change was made. */
export const HISTORY_SCENARIOS: readonly Scenario[] = [
  {
    name: "stopped",
    description:
      "Calls stopped working: three days ago a role lost a permission, a grant lost a division, an app lost a scope and a user left a group. The audits show when each change was made.",
    arrange: (cast) => {
      const administrator = addAdministrator(cast);
      const past = (agoMs: number): AuditedAt => ({
        organization: cast.organization,
        atMs: cast.world.startedAtMs - agoMs,
        actor: { kind: "user", id: administrator.id },
      });
      grantRole(cast, cast.reporting.id, addRole(cast, "Audit Reader", ["audits:audit:view"]));
      createQueueKeeper(cast, past(9 * DAY_MS));
      leaveGroup(cast, past(6 * DAY_MS));
      cutScopes(cast, past(5 * DAY_MS));
      removePermission(cast, past(3 * DAY_MS));
      narrowQueueKeeper(cast, past(20 * HOUR_MS));
      return { client: cast.reporting, operation: DETAIL_QUERY };
    },
  },
];

function addAdministrator({ world, organization }: Cast): User {
  const user: User = {
    id: namedId(world.seed, "user Platform administrator"),
    name: "Platform administrator",
    email: "administrator@example.com",
    divisionId: organization.homeDivisionId,
    home: null,
  };
  organization.users.set(user.id, user);
  return user;
}

/** Removes the permission for conversation details from a role that stays assigned. */
function removePermission(cast: Cast, at: AuditedAt): void {
  const kept = ["routing:wrapupCode:view"];
  const before = addRole(cast, "Reporting Details", ["analytics:conversationDetail:view", ...kept]);
  grantRole(cast, cast.reporting.id, before);
  const after: Role = { ...before, permissionPolicies: policiesOf(kept) };
  cast.organization.authority.roles.set(after.id, after);
  record(cast, roleAudit(at, before, after));
}

const QUEUE_KEEPER = "Queue Keeper";

function createQueueKeeper(cast: Cast, at: AuditedAt): void {
  const role = addRole(cast, QUEUE_KEEPER, ["routing:queue:edit"]);
  record(cast, roleAudit(at, null, role));
  grantAt(cast, at, role, ALL_DIVISIONS);
}

/** Replaces the grant in every division with a grant in Sales. */
function narrowQueueKeeper(cast: Cast, at: AuditedAt): void {
  const { organization, reporting, divisions } = cast;
  const role = [...organization.authority.roles.values()].find(({ name }) => name === QUEUE_KEEPER);
  if (role === undefined) return;
  const ids = { subjectId: reporting.id, roleId: role.id, divisionId: ALL_DIVISIONS };
  const others = (organization.authority.grants.get(reporting.id) ?? []).filter(
    ({ roleId }) => roleId !== role.id,
  );
  organization.authority.grants.set(reporting.id, others);
  record(cast, grantAudit(at, "MemberRemove", ids));
  grantAt(cast, { ...at, atMs: at.atMs + 1_000 }, role, divisions.sales.id);
}

function grantAt(cast: Cast, at: AuditedAt, { id: roleId }: Role, divisionId: string): void {
  const subjectId = cast.reporting.id;
  changeAuthority(cast.organization, at.atMs, 0, (authority) =>
    addGrant(authority, subjectId, { roleId, divisionId, grantedAtMs: at.atMs }),
  );
  record(cast, grantAudit(at, "MemberAdd", { subjectId, roleId, divisionId }));
}

/** Removes the analyst from a group, so that the analyst loses the role that the group holds. */
function leaveGroup(cast: Cast, at: AuditedAt): void {
  const { world, organization, analyst } = cast;
  const role = addRole(cast, "Survey Reader", ["quality:survey:view"]);
  const group: UserGroup = {
    id: namedId(world.seed, "group Quality team"),
    name: "Quality team",
    memberIds: [],
  };
  organization.authority.groups.set(group.id, group);
  grantRole(cast, group.id, role);
  for (const audit of groupAudits(at, { ...group, memberIds: [analyst.id] }, group)) record(cast, audit);
}

/** Adds an audit in which the workbench app loses the scope to read analytics for its users. */
function cutScopes(cast: Cast, at: AuditedAt): void {
  const { workbench } = cast;
  record(
    cast,
    clientAudit(at, { ...workbench, scope: [...workbench.scope, "analytics:readonly"] }, workbench),
  );
}

function record({ world }: Cast, audit: Parameters<typeof recordAudit>[2] | null): void {
  if (audit !== null) recordAudit(world.audits, world.seed, audit);
}
