import { expect, test } from "vitest";
import { openDiagnosis } from "../../../../src/access/diagnose.ts";
import { clientPrincipal, operation, role, SALES } from "../../../support/principals.ts";

const VIEW = "analytics:conversationDetail:view";
const QUEUE = "routing:queue:view";
const withoutGrants = clientPrincipal({ grants: [], roles: [role("Viewer", VIEW), role("Queues", QUEUE)] });

test("one diagnosis caches remedies by permissions and division", () => {
  const diagnose = openDiagnosis(withoutGrants);
  const firstRemedy = (permissions: readonly string[], divisionId: string | null) =>
    diagnose(
      { kind: "operation", operation: operation({ permissionMode: "ALL", permissions }) },
      { divisionId },
    ).remedies[0]?.summary;
  expect(firstRemedy([VIEW], null)).toMatch(/^assign role "Viewer" .* in the divisions of the objects/);
  expect(firstRemedy([VIEW], SALES.id)).toMatch(/^assign role "Viewer" .* in division "Sales"/);
  expect(firstRemedy([QUEUE], null)).toMatch(/^assign role "Queues" .* in the divisions of the objects/);
  expect(firstRemedy([VIEW], null)).toMatch(/^assign role "Viewer" .* in the divisions of the objects/);
});
