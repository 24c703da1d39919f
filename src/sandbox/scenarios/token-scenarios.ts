import type { OAuthClient } from "../state/organization.ts";
import { createSequence, namedId } from "../state/sequence.ts";
import { issueToken } from "../tokens.ts";
import { type Cast, grantRole, userToken } from "./cast.ts";
import { DETAIL_QUERY, type Scenario } from "./scenario.ts";

/** Scenarios whose cause lies in credentials, tokens, scopes, addresses or limits. */
export const TOKEN_SCENARIOS: readonly Scenario[] = [
  {
    name: "wrong-secret",
    description: "The client id is right and the secret is wrong.",
    arrange: ({ reporting }) => ({ client: reporting, secret: "not-the-secret", operation: DETAIL_QUERY }),
  },
  {
    name: "unknown-client",
    description: "No client in this region has this id: it is mistyped or belongs to another region.",
    arrange: ({ reporting, world }) => ({
      client: { ...reporting, id: namedId(world.seed, "unknown client") },
      operation: DETAIL_QUERY,
    }),
  },
  {
    name: "wrong-region",
    description: "The token is valid, but in another region; this region does not know it.",
    arrange: ({ reporting, world }) => ({
      client: reporting,
      token: { value: createSequence(world.seed, "another region").text(86) },
      operation: DETAIL_QUERY,
    }),
  },
  {
    name: "idle-timeout",
    description:
      "The token is valid for hours, but was unused for longer than the organization's inactivity timeout.",
    arrange: (cast) => {
      cast.world.settings = { ...cast.world.settings, idleTimeout: { enabled: true, seconds: 1800 } };
      const token = issueToken(cast.world, {
        organization: cast.organization,
        client: cast.reporting,
        user: null,
      });
      token.lastUsedAtMs -= 3_600_000;
      return { client: cast.reporting, token, operation: DETAIL_QUERY };
    },
  },
  {
    name: "expired-token",
    description: "The token has expired.",
    arrange: (cast) => ({
      client: cast.workbench,
      token: userToken(cast, cast.analyst, 0),
      operation: DETAIL_QUERY,
    }),
  },
  {
    name: "client-disabled",
    description: "The client was disabled: it gets no new tokens, and its existing ones are refused.",
    arrange: (cast) => {
      const token = issueToken(cast.world, {
        organization: cast.organization,
        client: cast.reporting,
        user: null,
      });
      return { client: change(cast, cast.reporting, { state: "disabled" }), token, operation: DETAIL_QUERY };
    },
  },
  {
    name: "client-inactive",
    description:
      "The client is inactive and will be deleted: its existing tokens work, but it gets no new ones.",
    arrange: (cast) => ({
      client: change(cast, cast.reporting, { state: "inactive" }),
      operation: DETAIL_QUERY,
    }),
  },
  {
    name: "user-context",
    description: "The operation acts on the logged-in user, and client credentials have no user context.",
    arrange: ({ reporting }) => ({ client: reporting, operation: "GET /api/v2/users/me" }),
  },
  {
    name: "scope-missing",
    description:
      "The user has the permission, but the app's token lacks the scope and the organization enforces scopes.",
    arrange: (cast) => ({
      client: cast.workbench,
      token: userToken(cast, cast.analyst),
      operation: DETAIL_QUERY,
    }),
  },
  {
    name: "app-not-approved",
    description:
      "The organization enforces scopes and no administrator has approved the app, so its tokens have no scopes.",
    arrange: (cast) => ({
      client: change(cast, cast.workbench, {
        isApproved: false,
        scope: [...cast.workbench.scope, "analytics"],
      }),
      token: userToken(cast, cast.analyst),
      operation: DETAIL_QUERY,
    }),
  },
  {
    name: "identity-hidden",
    description: "The token lacks even the scope to look up its owner.",
    arrange: (cast) => ({
      client: change(cast, cast.workbench, { scope: ["routing:readonly"] }),
      token: userToken(cast, cast.analyst),
      operation: DETAIL_QUERY,
    }),
  },
  {
    name: "ip-allowlist",
    description: "The organization accepts requests only from its office network.",
    arrange: (cast) => {
      grantRole(cast, cast.reporting.id, cast.roles.conversationReader);
      cast.world.settings = { ...cast.world.settings, ipAllowlist: ["203.0.113.0/24"] };
      return { client: cast.reporting, operation: DETAIL_QUERY };
    },
  },
  {
    name: "client-ip-allowlist",
    description: "This client may call only from the data center.",
    arrange: (cast) => {
      grantRole(cast, cast.reporting.id, cast.roles.conversationReader);
      const client = change(cast, cast.reporting, { allowedIpRanges: ["198.51.100.0/28"] });
      return { client, operation: DETAIL_QUERY };
    },
  },
  {
    name: "throttled",
    description: "The token may make five requests per minute; additional requests get 429 with Retry-After.",
    arrange: (cast) => {
      grantRole(cast, cast.reporting.id, cast.roles.conversationReader);
      cast.world.settings = { ...cast.world.settings, requestsPerMinute: 5 };
      return { client: cast.reporting, operation: DETAIL_QUERY };
    },
  },
  {
    name: "token-throttled",
    description: "The token endpoint throttles every request, but with status 400 instead of 429.",
    arrange: (cast) => {
      cast.world.settings = { ...cast.world.settings, tokenRequestsPerMinute: 0 };
      return { client: cast.reporting, operation: DETAIL_QUERY };
    },
  },
  {
    name: "wrong-path",
    description:
      "The path does not exist. The platform takes its last segment for a queue id, and the refusal names the permission to view a queue.",
    arrange: (cast) => {
      cast.organization.authority.grants.set(cast.reporting.id, []);
      return { client: cast.reporting, operation: "GET /api/v2/routing/queues/summary" };
    },
  },
];

function change(cast: Cast, client: OAuthClient, changes: Partial<OAuthClient>): OAuthClient {
  const changed = { ...client, ...changes };
  cast.organization.clients.set(client.id, changed);
  return changed;
}
