import { expect, test } from "vitest";
import { readOAuthScopes } from "../../src/platform/oauth-scopes.ts";
import { apiOfSteps } from "../support/api-of.ts";

test("scopes with and without a description; what has no name is left out", async () => {
  const entities = [
    { id: "routing", description: "Routing" },
    { id: "analytics:readonly" },
    { description: "?" },
  ];
  const { api } = apiOfSteps({ status: 200, body: JSON.stringify({ entities }) });

  expect(await readOAuthScopes(api)).toMatchObject({
    isRead: true,
    value: [
      { name: "routing", description: "Routing" },
      { name: "analytics:readonly", description: null },
    ],
  });
});
