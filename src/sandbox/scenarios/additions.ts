import { createClient, emptyOrganization, policiesOf } from "../state/build.ts";
import { ALL_DIVISIONS, type Role } from "../state/organization.ts";
import { createSequence, namedId } from "../state/sequence.ts";
import { type Cast, grantRole } from "./cast.ts";

/** Permissions that a client needs to diagnose its own refusals. */
export const DIAGNOSIS_PERMISSIONS = [
  "authorization:grant:view",
  "authorization:policy:view",
  "authorization:role:view",
];

/** Creates a role for one scenario. */
export function addRole(cast: Cast, name: string, permissions: readonly string[]): Role {
  const role = {
    id: namedId(cast.world.seed, `role ${name}`),
    name,
    permissionPolicies: policiesOf(permissions),
  };
  cast.organization.authority.roles.set(role.id, role);
  return role;
}

/** Creates a client-credentials client whose only role is `role`. */
export function addService(
  cast: Cast,
  name: string,
  role: Role,
  divisionId: string = ALL_DIVISIONS,
): Cast["reporting"] {
  const client = createClient({
    id: namedId(cast.world.seed, `client ${name}`),
    secret: createSequence(cast.world.seed, `secret ${name}`).text(43),
    name,
    authorizedGrantType: "CLIENT-CREDENTIALS",
  });
  cast.organization.clients.set(client.id, client);
  grantRole(cast, client.id, role, divisionId);
  return client;
}

/** Adds the home organization that the guest and the guest's app share. */
export function addHomeOrganization(cast: Cast): {
  readonly organizationId: string;
  readonly client: Cast["reporting"];
} {
  const idOf = (name: string) => namedId(cast.world.seed, `partner ${name}`);
  const partner = emptyOrganization(
    {
      id: idOf("organization"),
      name: "Partner Consulting",
      domain: "partner-consulting",
      homeDivisionId: idOf("Home"),
    },
    new Map(cast.organization.permissions),
    cast.organization.products,
  );
  const client = createClient({
    id: idOf("client"),
    secret: createSequence(cast.world.seed, "partner secret").text(43),
    name: "Consulting toolbox",
    authorizedGrantType: "CODE",
    scope: ["analytics", "authorization", "user-basic-info", "users", "organization"],
  });
  partner.clients.set(client.id, client);
  cast.world.organizations.set(partner.id, partner);
  return { organizationId: partner.id, client };
}
