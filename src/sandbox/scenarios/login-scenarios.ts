import type { SandboxSettings } from "../state/settings.ts";
import type { Cast } from "./cast.ts";
import type { Scenario, ScenarioResult } from "./scenario.ts";

/** Scenarios whose cause lies in a user's browser login or its tokens. */
export const LOGIN_SCENARIOS: readonly Scenario[] = [
  {
    name: "redirect-not-registered",
    description:
      "The app has no registered loopback address, so the login host shows an error page and never redirects back.",
    arrange: (cast) => {
      const client = { ...cast.workbench, registeredRedirectUri: ["https://workbench.example.com/callback"] };
      cast.organization.clients.set(client.id, client);
      return { ...arrangeLogin(cast, {}), client };
    },
  },
  {
    name: "consent-denied",
    description: "The user logs in, but the app is denied access.",
    arrange: (cast) => arrangeLogin(cast, { consent: "deny" }),
  },
  {
    name: "refresh-rotating",
    description: "Every refresh rotates the refresh token; a token that is used twice ends the whole login.",
    arrange: (cast) => arrangeLogin(cast, { refreshTokens: "rotating" }),
  },
  {
    name: "refresh-off",
    description: "A login returns no refresh token, so an expired token requires the browser again.",
    arrange: (cast) => arrangeLogin(cast, { refreshTokens: "off" }),
  },
];

/** Sets up the app that users log in to, and a permission for the analyst. */
function arrangeLogin(cast: Cast, settings: Partial<SandboxSettings>): ScenarioResult {
  cast.world.settings = { ...cast.world.settings, ...settings };
  return { client: cast.workbench, operation: "GET /api/v2/routing/queues" };
}
