import { decideOperation } from "../../../src/access/decide/decide.ts";
import { createApi } from "../../../src/platform/api/api-client.ts";
import { DIAGNOSIS_FACTS, readPrincipal } from "../../../src/platform/identity/identity.ts";
import type { Fact } from "../../../src/platform/reading/principal.ts";
import { parseRegion } from "../../../src/platform/region/region-parser.ts";
import { operation } from "../../support/principals.ts";
import { type Route, routeRequests } from "../../support/routed-transport.ts";

export const ORGANIZATION = { id: "org-1", name: "Example" };
export const CLIENT_TOKEN = {
  organization: ORGANIZATION,
  homeOrganization: ORGANIZATION,
  OAuthClient: {
    id: "client-1",
    name: "Reporting service",
    authorizedGrantType: "CLIENT-CREDENTIALS",
    state: "active",
    roleDivisions: [{ roleId: "role-1", divisionId: "div-1" }],
  },
};
export const USER_TOKEN = {
  organization: ORGANIZATION,
  homeOrganization: ORGANIZATION,
  authorizedScope: ["user-basic-info", "authorization:readonly"],
  OAuthClient: { id: "app-1", name: "App", authorizedGrantType: "CODE", scope: ["authorization:readonly"] },
};
export const GRANT = {
  division: { id: "div-1", name: "Home", homeDivision: true },
  role: {
    id: "role-1",
    name: "Reporting",
    policies: [{ domain: "analytics", entityName: "conversationDetail", actions: ["view"] }],
  },
};
export const ROLE = {
  id: "role-1",
  name: "Reporting",
  permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: ["view", "edit"] }],
};

export const TOKEN = "/api/v2/tokens/me";
export const OWN_SUBJECT = "/api/v2/authorization/subjects/me";
export const forbidden = (code = "missing.any.permissions"): Route => [
  403,
  { code, message: "No", status: 403 },
];
export const SCOPE_REFUSED = forbidden("app.not.authorized.for.scope");
export const NOT_A_USER: Route = [400, { code: "not.a.user", message: "No user", status: 400 }];

export type Routes = Readonly<Record<string, Route>>;

/** Reads the facts from a service with these routes. Returns them with the requests that the service received. */
export async function read(routes: Routes, ...facts: readonly Fact[]) {
  const { transport, seen } = routeRequests(routes);
  const api = createApi({ region: parseRegion("us-east-1").region, transport });
  return { principal: await readPrincipal(api, new Set(facts)), seen };
}

export const PERMISSIONS = "/api/v2/authorization/permissions";
export const DIVISIONS = "/api/v2/authorization/divisions";
export const ROLES = "/api/v2/authorization/roles";
export const POLICIES = "/api/v2/authorization/policies/subject/client-1";
export const OWNED = { action: "view", divisionAware: true, allowsConditions: true };
/** A service whose client can be read completely. The client may view conversation details in its home division. */
const CLIENT_SERVICE: Routes = {
  [TOKEN]: [200, CLIENT_TOKEN],
  [OWN_SUBJECT]: [200, { id: "client-1", grants: [GRANT] }],
  [PERMISSIONS]: [
    200,
    {
      entities: [
        {
          domain: "analytics",
          permissionMap: { conversationDetail: [OWNED], agentConversationDetail: [OWNED] },
        },
      ],
      total: 1,
      pageCount: 1,
    },
  ],
  [DIVISIONS]: [200, { entities: [GRANT.division], total: 1, pageCount: 1 }],
  [ROLES]: [200, { entities: [ROLE], total: 1, pageCount: 1 }],
  [POLICIES]: [200, { entities: [] }],
};

/** Diagnoses the conversation detail query for that client. `differences` replace routes of the service. */
export async function judge(differences: Routes = {}) {
  const { principal } = await read({ ...CLIENT_SERVICE, ...differences }, ...DIAGNOSIS_FACTS);
  const { verdict, layer } = decideOperation(principal, operation(), {});
  return { principal, verdict, layer };
}
