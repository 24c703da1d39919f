import { describe, expect, test } from "vitest";
import { openDiagnosis } from "../../../../src/access/diagnose.ts";
import type { Grant } from "../../../../src/platform/reading/principal.ts";
import { clientPrincipal, grant, operation, role, SALES } from "../../../support/principals.ts";

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

describe("a legacy permission, which roles list apart from their policies", () => {
  const DOCUMENTS = "content_management_user";
  const listing = (name: string, legacyPermissions: readonly string[], ...policies: readonly string[]) => ({
    ...role(name, ...policies),
    legacyPermissions,
  });
  const remediesOf = (
    principal: Parameters<typeof openDiagnosis>[0],
    permissions: readonly string[],
    permissionMode: "ANY" | "ALL" = "ANY",
    divisionId: string | null = null,
  ) =>
    openDiagnosis(principal)(
      { kind: "operation", operation: operation({ permissionMode, permissions }) },
      { divisionId },
    ).remedies.map(({ kind, roles, extraPermissions, permissions: named }) => ({
      kind,
      ...(roles === undefined ? {} : { roles: roles.map(({ name }) => name) }),
      ...(extraPermissions === undefined ? {} : { extraPermissions }),
      ...(named === undefined ? {} : { permissions: named }),
    }));
  const roles = [
    listing("Everything old", [DOCUMENTS, "admin", "billing"]),
    listing("Documents", [DOCUMENTS]),
    listing("Documents and queues", [DOCUMENTS], QUEUE),
    listing("Queues", [], QUEUE),
  ];

  test("leads to the roles that list it, smallest first, and to no new role", () => {
    expect(remediesOf(clientPrincipal({ grants: [], roles }), [DOCUMENTS])).toEqual([
      { kind: "assign-role", roles: ["Documents"], extraPermissions: 0 },
      { kind: "assign-role", roles: ["Documents and queues"], extraPermissions: 1 },
      { kind: "assign-role", roles: ["Everything old"], extraPermissions: 2 },
    ]);
  });

  test("counts as an extra permission of a role unless the token holds it", () => {
    const queues = [listing("Old queues", ["admin", DOCUMENTS], QUEUE), listing("Queues", [], QUEUE)];
    const sizes = (grants: readonly Grant[]) =>
      remediesOf(clientPrincipal({ grants, roles: queues }), [QUEUE])
        .filter(({ kind }) => kind === "assign-role")
        .map((remedy) => [remedy.roles?.[0], remedy.extraPermissions]);
    expect(sizes([])).toEqual([
      ["Queues", 0],
      ["Old queues", 2],
    ]);
    expect(sizes([grant(listing("Administration", ["admin"]))])).toEqual([
      ["Queues", 0],
      ["Old queues", 1],
    ]);
  });

  test("leads to a new role when a modern permission suffices, but to an existing role when both are needed", () => {
    const principal = clientPrincipal({ grants: [], roles: [] });
    expect(remediesOf(principal, ["admin", QUEUE], "ANY")).toEqual([
      { kind: "create-role", extraPermissions: 0, permissions: [QUEUE] },
    ]);
    expect(
      remediesOf(clientPrincipal({ grants: [], roles }), ["admin", QUEUE], "ALL").map(({ kind }) => kind),
    ).toEqual(["assign-role"]);
  });

  test("that no role lists is reported as such", () => {
    const principal = clientPrincipal({ grants: [], roles: [listing("Queues", [], QUEUE)] });
    const [only, ...others] = openDiagnosis(principal)(
      { kind: "operation", operation: operation({ permissionMode: "ANY", permissions: [DOCUMENTS] }) },
      { divisionId: null },
    ).remedies;
    expect(only?.summary).toBe(
      "no role of this organization lists the legacy permission `content_management_user`: ask Genesys support how to obtain it",
    );
    expect(others).toEqual([]);
  });

  test("is named as missing when the roles cannot be read", () => {
    expect(
      remediesOf(clientPrincipal({ grants: [], roles: null }), [DOCUMENTS]).filter(
        ({ kind }) => kind === "assign-role" || kind === "create-role",
      ),
    ).toEqual([{ kind: "assign-role", permissions: [DOCUMENTS] }]);
  });
});
