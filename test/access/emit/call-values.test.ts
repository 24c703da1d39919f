import { expect, test } from "vitest";
import { permissionsOfCall } from "../../../src/access/decide/call-permissions.ts";
import { planEmission } from "../../../src/access/emit/emission.ts";
import { describeRole } from "../../../src/access/emit/role.ts";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { requireFound } from "../../../src/catalogue/lookup/require-name.ts";

const catalogue = loadCatalogue();
const MOVE = "POST /api/v2/authorization/divisions/3f2504e0-4f89-41d3-9a0c-0305e82c3301/objects";
const ADHERENCE = "POST /api/v2/workforcemanagement/agents/me/adherence/historical/jobs";

function emit(name: string) {
  const { operation } = requireFound(catalogue, name);
  const callPermissions = permissionsOfCall(operation, name);
  const { roles, notes } = planEmission(
    [{ kind: "operation", operation, callPermissions, division: null, location: null }],
    { name: "Role", division: null },
  );
  const [role] = roles;
  return {
    permissions: role?.least.permissions.map(({ permission }) => permission),
    description: role === undefined ? null : describeRole(role.least),
    notes,
  };
}

test.each([
  [`${MOVE}/USER`, ["directory:user:edit"]],
  [`${MOVE}/user`, ["directory:user:edit"]],
  [`${MOVE}/FLOW`, ["architect:flow:edit"]],
  [`${MOVE}/CONTACTLIST`, ["outbound:contactList:edit"]],
  [`${MOVE}/MESSAGINGCAMPAIGN`, ["outbound:messagingCampaign:edit"]],
  [`${ADHERENCE}?expand=conformance`, ["wfm:agentHistoricalAdherenceConformance:view"]],
  [
    `${ADHERENCE}?expand=scheduledActivities`,
    ["wfm:agentHistoricalAdherence:view", "wfm:agentSchedule:view"],
  ],
  [`${ADHERENCE}?limit=5`, ["wfm:agentHistoricalAdherence:view"]],
])("the role for %s grants exactly what the values in the call require", (name, permissions) => {
  const { permissions: granted, description, notes } = emit(name);
  expect(granted?.toSorted()).toEqual(permissions);
  expect(description).toMatch(/^Least privilege for /);
  expect(notes.filter((note) => /^left out|object type|in both divisions|expand=/.test(note))).toEqual([]);
});

test.each([`${MOVE}/{objectType}`, `${MOVE}/QUEUE`, `${MOVE}/TEAM`, "postAuthorizationDivisionObject"])(
  "an empty role for %s does not claim that no permission is needed",
  (name) => {
    const { permissions, description, notes } = emit(name);
    expect(permissions).toEqual([]);
    expect(description).toBe("Empty role: what the operations need is unknown or cannot be granted");
    expect(notes).toContain("the role is empty: what these operations need could not be determined");
    expect(notes.join("\n")).toContain("undecided: ");
  },
);

test.each(["GET /api/v2/users/me", "GET /api/v2/routing/queues", `${ADHERENCE}`])(
  "the role for %s follows the operation alone, because no value in the call matters",
  (name) => {
    expect(permissionsOfCall(requireFound(catalogue, name).operation, name)).toBeNull();
  },
);
