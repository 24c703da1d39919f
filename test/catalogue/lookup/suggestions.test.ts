import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { impactOf } from "../../../src/catalogue/facts/read-only.ts";
import { lookUpOperation } from "../../../src/catalogue/lookup/look-up-operation.ts";
import { nameOf } from "../../../src/catalogue/lookup/operation-lookup.ts";

const catalogue = loadCatalogue();

function suggestionsFor(name: string) {
  const lookup = lookUpOperation(catalogue, name);
  if (lookup.kind !== "unknown") throw new Error(`\`${name}\` is ${lookup.kind}`);
  return lookup.closest;
}

/** Names that do not exist, each with the operation that a person most likely means by it. */
const MEANT: readonly (readonly [string, string])[] = [
  ["GET /api/v2/dataactions", "GET /api/v2/integrations/actions"],
  ["GET /api/v2/data-actions/{id}", "GET /api/v2/integrations/actions/{actionId}"],
  ["POST /api/v2/data/actions/{id}/execute", "POST /api/v2/integrations/actions/{actionId}/execute"],
  ["GET /api/v2/recordings", "GET /api/v2/conversations/{conversationId}/recordings"],
  ["GET /api/v2/recordings/{id}/download", "GET /api/v2/conversations/{conversationId}/recordings"],
  ["GET /api/v2/recordings/screen/{id}", "GET /api/v2/conversations/{conversationId}/recordings"],
  ["POST /api/v2/recordings/{id}/control", "PATCH /api/v2/conversations/{conversationId}/recordingstate"],
  ["GET /api/v2/wfm/schedulegroups/{id}/adherences", "GET /api/v2/workforcemanagement/adherence"],
  ["GET /api/v2/contacts/{id}", "GET /api/v2/externalcontacts/contacts/{contactId}"],
  ["GET /api/v2/users/{id}/presence", "GET /api/v2/users/{userId}/presences/{sourceId}"],
  ["GET /api/v2/oauth/clients/{id}/roles", "GET /api/v2/authorization/subjects/{subjectId}"],
  ["GET /api/v2/knowledge/articles", "GET /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents"],
  ["POST /api/v2/webhooks", "POST /api/v2/notifications/channels"],
  ["GET /api/v2/agents", "GET /api/v2/users"],
  ["GET /api/v2/agents/{id}/queues", "GET /api/v2/users/{userId}/queues"],
  ["GET /api/v2/token", "GET /api/v2/tokens/me"],
  ["GET /api/v2/audits", "POST /api/v2/audits/query"],
  ["GET /api/v2/evaluations", "GET /api/v2/quality/evaluations/query"],
  ["GET /api/v2/evaluations/forms", "GET /api/v2/quality/forms/evaluations"],
  ["GET /api/v2/queues", "GET /api/v2/routing/queues"],
  ["DELETE /api/v2/queue/{id}", "DELETE /api/v2/routing/queues/{queueId}"],
  ["/api/v2/skills", "GET /api/v2/routing/skills"],
  ["/api/v2/billing/invoices", "GET /api/v2/billing/contracts/invoices"],
  ["GET /api/v2/callbacks", "GET /api/v2/conversations/callbacks"],
  ["/api/v2/wrapupcodes", "GET /api/v2/routing/wrapupcodes"],
  ["GET /api/v2/dispositions", "GET /api/v2/routing/wrapupcodes"],
  [
    "POST /api/v2/workforcemanagement/adherence/historical",
    "POST /api/v2/workforcemanagement/adherence/historical/bulk",
  ],
  ["GET /api/v2/wfm/adherence", "GET /api/v2/workforcemanagement/adherence"],
  ["GET /api/v2/datatables", "GET /api/v2/flows/datatables"],
  ["GET /api/v2/datatables/{id}/rows", "GET /api/v2/flows/datatables/{datatableId}/rows"],
  ["GET /api/v2/contactlists", "GET /api/v2/outbound/contactlists"],
  ["GET /api/v2/dialer/campaigns", "GET /api/v2/outbound/campaigns"],
  ["GET /api/v2/divisions", "GET /api/v2/authorization/divisions"],
  ["GET /api/v2/roles", "GET /api/v2/authorization/roles"],
  ["GET /api/v2/prompts", "GET /api/v2/architect/prompts"],
  ["GET /api/v2/schedulegroups", "GET /api/v2/architect/schedulegroups"],
  ["GET /api/v2/phones", "GET /api/v2/telephony/providers/edges/phones"],
  ["GET /api/v2/clients", "GET /api/v2/oauth/clients"],
  ["GET /api/v2/users/{id}/skills", "GET /api/v2/users/{userId}/routingskills"],
  ["POST /api/v2/users/{id}/skills", "POST /api/v2/users/{userId}/routingskills"],
  ["GET /api/v2/interactions/{id}", "GET /api/v2/conversations/{conversationId}"],
  ["GET /api/v2/calls", "GET /api/v2/conversations/calls"],
  ["GET /api/v2/knowledgebases", "GET /api/v2/knowledge/knowledgebases"],
  ["GET /api/v2/organisation/me", "GET /api/v2/organizations/me"],
  [
    "GET /api/v2/analytics/conversations/{id}/detail",
    "GET /api/v2/analytics/conversations/{conversationId}/details",
  ],
  ["getDataActions", "GET /api/v2/integrations/actions"],
  ["get_agents", "GET /api/v2/users"],
  ["listQueues", "GET /api/v2/routing/queues"],
  ["data actions", "GET /api/v2/integrations/actions"],
];

describe("suggestions for an unknown operation", () => {
  test.each(MEANT)("%s begin with %s", (name, meant) => {
    expect(suggestionsFor(name).map(nameOf)[0]).toBe(meant);
  });

  test.each([
    ["GET /api/v2/recordings", "GET /api/v2/conversations/{conversationId}/recordings"],
    ["GET /api/v2/agents/{id}/status", "GET /api/v2/analytics/agents/{userId}/status"],
    ["GET /api/v2/transcripts", "POST /api/v2/analytics/transcripts/aggregates/query"],
    [
      "GET /api/v2/wfm/schedules",
      "GET /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules",
    ],
    ["GET /api/v2/surveys", "GET /api/v2/quality/forms/surveys"],
    ["GET /api/v2/customers", "GET /api/v2/externalcontacts/contacts"],
  ])("%s include %s", (name, meant) => {
    expect(suggestionsFor(name).map(nameOf)).toContain(meant);
  });

  test("begin with a notification channel for a subscription path", () => {
    const lookup = lookUpOperation(catalogue, "/api/v2/notification/events");
    expect(lookup).toMatchObject({ kind: "unknown", correction: expect.stringContaining("`connectUri`") });
    expect(suggestionsFor("/api/v2/notification/events").map(nameOf)[0]).toBe(
      "POST /api/v2/notifications/channels",
    );
  });
});

describe("suggestions for an unknown operation never", () => {
  test.each([
    "GET /api/v2/frobnicate",
    "GET /api/v2/kubernetes/pods",
    "/api/v2/tickets/4711/macros",
    "GET /api/v2/xyzzy/query",
    "GET /api/v2/zzz/search/bulk",
    "POST /api/v2/lorem/ipsum",
    "frobnicateTheGizmo",
  ])("exist for %s, which shares no word with an operation", (name) => {
    expect(suggestionsFor(name)).toEqual([]);
  });

  test.each([
    ...MEANT.filter(([name]) => !/^(?:POST|PUT|PATCH|DELETE) /.test(name)).map(([name]) => name),
    "/api/v2/queues",
    "/api/v2/roles",
    "GET /api/v2/campaign/4711/delete",
    "HEAD /api/v2/campaigns",
    "GET /api/v2/outbound/campaigns/4711/start/now",
    "/api/v2/oauth/client",
    // Removed paths and widespread wrong names. Their replacements include writes.
    "GET /api/v2/conversations/chats",
    "/api/v2/conversations/chats",
    "GET /api/v2/routing/users/4711",
    "/api/v2/routing/users/4711",
    "GET /oauth/revoke",
    "HEAD /oauth/revoke",
  ])("include an operation that writes for %s", (name) => {
    expect(
      suggestionsFor(name)
        .filter((operation) => impactOf(operation) === "changes")
        .map(nameOf),
    ).toEqual([]);
  });

  test.each(["POST /api/v2/queues/4711", "PUT /api/v2/queues/4711", "PATCH /api/v2/roles/4711"])(
    "include a deletion for %s",
    (name) => {
      const methods = suggestionsFor(name).map(({ method }) => method);
      expect(methods).not.toEqual([]);
      expect(methods).not.toContain("DELETE");
    },
  );

  test("include the deletions of a path in place of its missing GET", () => {
    const lookup = lookUpOperation(catalogue, "GET /api/v2/tokens/4711");
    expect(lookup).toMatchObject({
      kind: "unknown",
      correction: "`/api/v2/tokens/{userId}` has no GET, only DELETE",
    });
    expect(suggestionsFor("GET /api/v2/tokens/4711").map(({ method }) => method)).not.toContain("DELETE");
  });
});

test("suggestions for long and strange paths take little time", () => {
  const before = process.cpuUsage();
  for (const path of [
    `/api/v2/${"queues/".repeat(2_000)}`,
    `/api/v2/${"a-".repeat(20_000)}`,
    `/api/v2/${"q".repeat(100_000)}`,
    `/api/v2/${"camelCase".repeat(5_000)}`,
  ]) {
    lookUpOperation(catalogue, path);
  }
  // Compares processor time, because a busy machine takes longer in real time.
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(3_000);
});

describe("a misspelled word in a path", () => {
  test.each([
    ["/api/v2/quues", "GET /api/v2/routing/queues"],
    ["/api/v2/uesrs", "GET /api/v2/users"],
    ["/api/v2/grops/{id}", "GET /api/v2/groups/{groupId}"],
    ["DELETE /api/v2/skils/{id}", "DELETE /api/v2/routing/skills/{skillId}"],
    ["GET /api/v2/routng/quueues", "GET /api/v2/routing/queues"],
  ])("%s is corrected to %s", (name, meant) => {
    expect(suggestionsFor(name).map(nameOf)).toContain(meant);
  });

  test.each(["/api/v2/frobs", "/api/v2/xueues", "/api/v2/wibble/wobble"])(
    "%s is not treated as misspelled",
    (name) => {
      expect(suggestionsFor(name)).toEqual([]);
    },
  );
});
