import { addGrant, changeAuthority } from "../state/authority.ts";
import { policiesOf } from "../state/build.ts";
import { ALL_DIVISIONS, type Role, type User } from "../state/organization.ts";
import { namedId } from "../state/sequence.ts";
import { issueToken } from "../tokens.ts";
import { addHomeOrganization, addRole, addService, DIAGNOSIS_PERMISSIONS } from "./additions.ts";
import { grantRole } from "./cast.ts";
import { DETAIL_QUERY, type Scenario } from "./scenario.ts";

/** Scenarios in which a granted permission is limited: by divisions, conditions, policies, time or organizations. */
export const BOUNDARY_SCENARIOS: readonly Scenario[] = [
  {
    name: "access-policy",
    description: "The service has the permission, but an access policy that applies to clients denies it.",
    arrange: (cast) => {
      grantRole(cast, cast.reporting.id, cast.roles.conversationReader);
      const id = namedId(cast.world.seed, "policy");
      cast.organization.policies.set(id, {
        id,
        name: "No conversation details for services",
        effect: "DENY",
        subject: { type: "ALL", id: null },
        targetResource: "analytics:conversationDetail:view",
        applyToClients: true,
        enabled: true,
        condition: null,
      });
      return { client: cast.reporting, operation: DETAIL_QUERY };
    },
  },
  {
    name: "role-condition",
    description:
      "A condition limits the service's role to its own queues, and this queue is not one of them.",
    arrange: (cast) => {
      const [own, other] = cast.queues;
      const condition = {
        variableName: "queueId",
        operator: "EQ" as const,
        operands: [{ type: "QUEUE", value: own?.id ?? "" }],
      };
      const role = addRole(cast, "Own Queue Editor", []);
      const conditional: Role = {
        ...role,
        permissionPolicies: [
          ...policiesOf(DIAGNOSIS_PERMISSIONS),
          ...policiesOf(["routing:queue:view"], condition),
        ],
      };
      cast.organization.authority.roles.set(role.id, conditional);
      const client = addService(cast, "Queue service", conditional);
      return { client, operation: `GET /api/v2/routing/queues/${other?.id}` };
    },
  },
  {
    name: "propagation",
    description: "The right role has just been granted, but the grant takes effect only after 30 seconds.",
    arrange: (cast) => {
      const delayMs = 30_000;
      cast.world.settings = { ...cast.world.settings, propagationDelayMs: delayMs };
      const grantedAtMs = cast.world.clock.now();
      changeAuthority(cast.organization, grantedAtMs, delayMs, (authority) =>
        addGrant(authority, cast.reporting.id, {
          roleId: cast.roles.conversationReader.id,
          divisionId: ALL_DIVISIONS,
          grantedAtMs,
        }),
      );
      return { client: cast.reporting, operation: DETAIL_QUERY };
    },
  },
  {
    name: "trusting-org",
    description:
      "A user of a trusted organization works in this organization, but none of the user's roles here allows the operation.",
    arrange: (cast) => {
      const home = addHomeOrganization(cast);
      const guest: User = {
        id: namedId(cast.world.seed, "guest"),
        name: "Partner consultant",
        email: "partner.consultant@example.net",
        divisionId: cast.divisions.home.id,
        home: { organizationId: home.organizationId, userId: namedId(cast.world.seed, "guest at home") },
      };
      cast.organization.users.set(guest.id, guest);
      grantRole(cast, guest.id, cast.roles.agent);
      const token = issueToken(cast.world, {
        organization: cast.organization,
        client: home.client,
        user: guest,
      });
      return { client: home.client, token, operation: DETAIL_QUERY };
    },
  },
  {
    name: "division",
    description:
      "The service may view queues only in the Sales division, but it requests a queue in the Support division.",
    arrange: (cast) => {
      const reader = addRole(cast, "Queue Reader", ["routing:queue:view", ...DIAGNOSIS_PERMISSIONS]);
      const client = addService(cast, "Queue service", reader, cast.divisions.sales.id);
      const queue = cast.queues.find((each) => each.divisionId === cast.divisions.support.id);
      return { client, operation: `GET /api/v2/routing/queues/${queue?.id}` };
    },
  },
];
