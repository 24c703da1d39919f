import { decideProxy, type ProxyDecision, readProxySettings } from "../../../http/connection/proxy-choice.ts";
import { type CheckResult, type Facts, failedBy, passed } from "../check.ts";
import type { DoctorPorts } from "../ports.ts";
import type { Endpoint } from "./endpoint.ts";

/** The route to each host. */
export interface Routes {
  readonly finding: CheckResult;
  /**
   * The proxy for each host, which is null for a direct connection. The whole map is null when the settings are
   * invalid.
   */
  readonly proxies: ReadonlyMap<string, URL | null> | null;
}

interface Route {
  readonly host: string;
  readonly decision: ProxyDecision;
}

/** Finds the proxy that applies to each host, and the reason. Never shows the user and password in the proxy's URL. */
export function findRoutes(endpoints: readonly Endpoint[], { env }: Pick<DoctorPorts, "env">): Routes {
  try {
    const settings = readProxySettings(env);
    const routes = endpoints.map(({ url }) => ({ host: url.host, decision: decideProxy(url, settings) }));
    return {
      finding: passed(routes.map(describeRoute).join("; "), { hosts: routes.map(factsOf) }),
      proxies: new Map(routes.map(({ host, decision }) => [host, decision.proxy])),
    };
  } catch (error) {
    return { finding: failedBy(error), proxies: null };
  }
}

function describeRoute({ host, decision: { proxy, reason, variable } }: Route): string {
  if (proxy !== null) {
    const login = hasCredentials(proxy) ? ", with user and password" : "";
    return `requests to \`${host}\` go through \`${proxy.protocol}//${proxy.host}\` (${variable}${login})`;
  }
  const why = {
    set: "",
    unset: "no proxy is set",
    loopback: "this machine",
    excepted: `NO_PROXY overrules ${variable}`,
  }[reason];
  return `requests to \`${host}\` go directly (${why})`;
}

function factsOf({ host, decision: { proxy, reason, variable } }: Route): Facts {
  return {
    host,
    proxy: proxy === null ? null : `${proxy.protocol}//${proxy.host}`,
    hasCredentials: proxy !== null && hasCredentials(proxy),
    variable,
    reason,
  };
}

function hasCredentials({ username, password }: URL): boolean {
  return username !== "" || password !== "";
}
