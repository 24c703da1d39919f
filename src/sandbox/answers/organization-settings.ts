import { type Answer, ok } from "../answer.ts";
import { type Exchange, type Handler, refuse } from "../exchange.ts";
import { NOT_FOUND } from "../refusal.ts";
import type { SandboxSettings } from "../state/settings.ts";

/** Operations on the organization's settings and limits. */
export const ORGANIZATION_ANSWERS: Readonly<Record<string, Handler>> = {
  "GET /api/v2/organizations/ipaddressauthentication": ({ world }) =>
    ok({ networkWhitelist: world.settings.ipAllowlist }),
  "GET /api/v2/organizations/limits/namespaces": ({ world }) => ok(Object.keys(limitsOf(world.settings))),
  "GET /api/v2/organizations/limits/namespaces/{namespaceName}": limits,
  "GET /api/v2/organizations/limits/namespaces/{namespaceName}/defaults": limits,
};

function limits(exchange: Exchange): Answer {
  const [namespace = ""] = exchange.match.parameters;
  const namespaces = limitsOf(exchange.world.settings);
  const entries = Object.hasOwn(namespaces, namespace) ? namespaces[namespace] : undefined;
  if (entries === undefined) return refuse(exchange, NOT_FOUND);
  return ok({ entities: Object.entries(entries).map(([key, value]) => ({ key, namespace, value })) });
}

/** Returns the limits that affect requests, by namespace. */
function limitsOf(settings: SandboxSettings): Readonly<Record<string, Readonly<Record<string, number>>>> {
  return {
    "client.credentials": { "client.credentials.token.rate.per.minute": settings.requestsPerMinute },
    token: { "token.rate.per.minute": settings.requestsPerMinute },
    org: { "org.app.user.rate.per.minute": 300, "org.user.rate.per.minute": 3000 },
  };
}
