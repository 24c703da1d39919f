import type { RefusalFacts } from "../../verdict/refusal-facts.ts";
import type { Remedy } from "../../verdict/verdict.ts";
import { foreignRemedies, meaningOfForeign } from "./foreign-remedies.ts";

type NetworkFacts = Pick<RefusalFacts, "status" | "foreign" | "isPage">;

/** The status of a proxy that requires its own login (RFC 9110 section 15.5.8). */
const PROXY_LOGIN = 407;

/** Describes the intermediary between the caller and the platform, as one sentence without a final period. */
export function meaningOfNetwork({ status, foreign, isPage }: NetworkFacts): string {
  if (foreign !== null) return meaningOfForeign(foreign);
  if (status === null && !isPage) {
    return "name resolution, TLS, a proxy, a firewall or a timeout stopped the request";
  }
  return status === PROXY_LOGIN
    ? "the proxy requires a separate login; the platform never saw the call"
    : "a proxy, firewall or gateway between the caller and the platform sent this response";
}

/** Returns the remedies for problems in the network between the caller and the platform. */
export function usualNetworkRemedies({
  status,
  foreign,
  isPage,
  proxyLogin,
}: NetworkFacts & Pick<RefusalFacts, "proxyLogin">): readonly Remedy[] {
  if (foreign !== null) return foreignRemedies(foreign);
  // A call without a response gets different remedies, based on the error text of the failed connection.
  if (status === null && !isPage) return [];
  return [
    status === PROXY_LOGIN
      ? {
          kind: "none",
          summary: `log in to the proxy: ${proxyLogin}; or ask its owner to allow the api and login hosts of the region`,
        }
      : {
          kind: "none",
          summary:
            "ask the owner of the proxy, firewall or gateway to allow `api.<domain>` and `login.<domain>` of the region, or make the same call from another network to compare",
          command: "genscope doctor",
        },
  ];
}
