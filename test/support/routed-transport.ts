import type { Transport } from "../../src/http/transport/transport.ts";
import { respond } from "./scripted-transport.ts";

/** Response of a route (a status with a JSON body), or a failure. */
export type Route = readonly [status: number, body: unknown] | Error;

export interface RoutedTransport {
  readonly transport: Transport;
  /** `METHOD /path?query` of every request in order. */
  readonly seen: string[];
}

/**
 * Creates a service from a few routes. The key of a route is `/path` with or without its query; the longer key wins.
 * Any other path gets a 404 in the platform's format.
 */
export function routeRequests(routes: Readonly<Record<string, Route>>): RoutedTransport {
  const seen: string[] = [];
  return {
    seen,
    transport: async ({ method, url }) => {
      seen.push(`${method} ${url.pathname}${url.search}`);
      const route = routes[`${url.pathname}${url.search}`] ?? routes[url.pathname];
      if (route instanceof Error) throw route;
      const [status, body] = route ?? [404, { code: "not.found", message: "No such thing", status: 404 }];
      return respond({
        status,
        headers: { "inin-correlation-id": `corr-${seen.length}` },
        body: JSON.stringify(body),
      });
    },
  };
}
