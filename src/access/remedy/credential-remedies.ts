import type { Remedy } from "../verdict/verdict.ts";
import { clientMenu } from "./menu-path.ts";

/** Returns what helps when the token endpoint rejects the client's credentials. */
export function usualCredentialRemedies(): readonly Remedy[] {
  return [
    {
      kind: "use-host",
      summary:
        "compare the region with the address of the product's user interface (`apps.<domain>`): other regions do not know this client id",
    },
    {
      kind: "fix-credentials",
      summary: "then check client id, secret and grant type of the OAuth client",
      menuPath: clientMenu(null),
    },
  ];
}
