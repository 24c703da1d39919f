import type { Settings } from "../state/settings.ts";
import type { Cast } from "./cast.ts";
import type { Plight, Scenario } from "./scenario.ts";

/** Causes that lie in the login of a person through the browser, and in what a login leaves behind. */
export const LOGIN_SCENARIOS: readonly Scenario[] = [
  {
    name: "redirect-not-registered",
    description:
      "The app did not register a loopback address, so the login host shows an error page and never calls back.",
    arrange: (cast) => {
      const client = { ...cast.workbench, registeredRedirectUri: ["https://workbench.example.com/callback"] };
      cast.organization.clients.set(client.id, client);
      return { ...loginPlight(cast, {}), client };
    },
  },
  {
    name: "consent-denied",
    description: "The person logs in, but the app is denied access.",
    arrange: (cast) => loginPlight(cast, { consent: "deny" }),
  },
  {
    name: "refresh-rotating",
    description: "Every renewal replaces the refresh token, and one that is used twice ends the whole login.",
    arrange: (cast) => loginPlight(cast, { refreshTokens: "rotating" }),
  },
  {
    name: "refresh-off",
    description: "A login yields no refresh token, so an expired token leads back to the browser.",
    arrange: (cast) => loginPlight(cast, { refreshTokens: "off" }),
  },
];

/** The app that people log in to, and something it may do for the analyst. */
function loginPlight(cast: Cast, settings: Partial<Settings>): Plight {
  cast.world.settings = { ...cast.world.settings, ...settings };
  return { client: cast.workbench, operation: "GET /api/v2/routing/queues" };
}
