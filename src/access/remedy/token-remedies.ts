import type { Principal } from "../../platform/principal.ts";
import type { LayerResult } from "../verdict/layer-result.ts";
import type { Remedy } from "../verdict/verdict.ts";
import { describeClient } from "../verdict/wording.ts";
import { ALLOWED_ADDRESSES_MENU, clientMenu } from "./menu-path.ts";

/** What helps when the token itself, or the place it is used from, is refused. */
export function remediesForToken(principal: Principal, objection: LayerResult): readonly Remedy[] {
  if (objection.layer === "ip") {
    return [
      {
        kind: "allow-ip",
        summary:
          "add the address that the calls come from to the organization's allowed addresses, and to the client's own list if it has one; it may differ from the address of this machine",
        menuPath: ALLOWED_ADDRESSES_MENU,
      },
    ];
  }
  if (principal.client?.state?.toLowerCase() === "disabled") {
    return [
      {
        kind: "enable-client",
        summary: `set ${describeClient(principal)} to Active`,
        menuPath: clientMenu(principal),
      },
    ];
  }
  return [
    {
      kind: "log-in-again",
      summary:
        "get a new token: this one is expired, revoked, idle for too long, or of another region; a ready token in `GENESYSCLOUD_ACCESS_TOKEN` has to be replaced where it comes from",
      command: "genscope login",
    },
    {
      kind: "enable-client",
      summary:
        "if a new token is refused too: check that the OAuth client is Active and its secret was not renewed, and that the region is the organization's",
      menuPath: clientMenu(principal),
    },
  ];
}
