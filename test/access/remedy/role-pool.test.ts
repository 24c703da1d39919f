import { expect, test } from "vitest";
import { decideOperation } from "../../../src/access/decide/decide.ts";
import type { Question } from "../../../src/access/remedy/question.ts";
import { remediesFor } from "../../../src/access/remedy/remedies.ts";
import { openRoleBook } from "../../../src/access/remedy/role-pool.ts";
import { clientPrincipal, operation, role, SALES } from "../../support/principals.ts";

const VIEW = "analytics:conversationDetail:view";
const QUEUE = "routing:queue:view";
const withoutGrants = clientPrincipal({ grants: [], roles: [role("Viewer", VIEW), role("Queues", QUEUE)] });

test("with one book, what helps is told for each list of permissions and each division", () => {
  const roles = openRoleBook(withoutGrants);
  const summaries = (permissions: readonly string[], divisionId: string | null) => {
    const asked = operation({ permissionMode: "ALL", permissions });
    const question: Question = {
      operation: asked,
      mode: "ALL",
      permissions,
      divisionId,
      isLivePossible: false,
      roles,
    };
    const [first] = remediesFor(withoutGrants, decideOperation(withoutGrants, asked, divisionId), question);
    return first?.summary;
  };
  expect(summaries([VIEW], null)).toMatch(/^assign role "Viewer" .* in the divisions of the objects/);
  expect(summaries([VIEW], SALES.id)).toMatch(/^assign role "Viewer" .* in division "Sales"/);
  expect(summaries([QUEUE], null)).toMatch(/^assign role "Queues" .* in the divisions of the objects/);
  expect(summaries([VIEW], null)).toMatch(/^assign role "Viewer" .* in the divisions of the objects/);
});
