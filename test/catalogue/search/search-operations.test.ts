import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { searchOperations } from "../../../src/catalogue/search/search-operations.ts";

const catalogue = loadCatalogue();

/** Returns the first five operations that a search for these words finds. */
function find(words: string): readonly string[] {
  const { operations } = searchOperations(catalogue, { words: words.split(" ") });
  return operations.slice(0, 5).map(({ method, path }) => `${method} ${path}`);
}

describe("a search in everyday words finds the operation among the first five", () => {
  test.each([
    ["revoke token", "DELETE /api/v2/tokens/me"],
    ["delete token of a user", "DELETE /api/v2/tokens/{userId}"],
    ["create queue", "POST /api/v2/routing/queues"],
    ["add member to queue", "POST /api/v2/routing/queues/{queueId}/members"],
    ["remove agent from queue", "DELETE /api/v2/routing/queues/{queueId}/users/{memberId}"],
    [
      "get transcript url",
      "GET /api/v2/speechandtextanalytics/conversations/{conversationId}/communications/{communicationId}/transcripturl",
    ],
    ["bulk download recordings", "POST /api/v2/recording/batchrequests"],
    ["user presence", "GET /api/v2/users/{userId}/presences/{sourceId}"],
    ["oauth client usage", "POST /api/v2/oauth/clients/{clientId}/usage/query"],
    ["audit log", "POST /api/v2/audits/query"],
    ["data table rows", "GET /api/v2/flows/datatables/{datatableId}/rows"],
    ["update datatable row", "PUT /api/v2/flows/datatables/{datatableId}/rows/{rowId}"],
    ["execute data action", "POST /api/v2/integrations/actions/{actionId}/execute"],
    ["make a call", "POST /api/v2/conversations/calls"],
    ["send email", "POST /api/v2/conversations/emails"],
    ["upload contacts to contact list", "POST /api/v2/outbound/contactlists/{contactListId}/contacts"],
    ["export contact list", "POST /api/v2/outbound/contactlists/{contactListId}/export"],
    ["wrap up codes", "GET /api/v2/routing/wrapupcodes"],
    ["time off requests", "GET /api/v2/workforcemanagement/timeoffrequests"],
    ["assign role to user", "PUT /api/v2/users/{subjectId}/roles"],
    ["list divisions", "GET /api/v2/authorization/divisions"],
    ["estimated wait time", "GET /api/v2/routing/queues/{queueId}/estimatedwaittime"],
    ["how many calls are waiting in a queue", "POST /api/v2/analytics/queues/observations/query"],
    ["queue stats", "POST /api/v2/analytics/queues/observations/query"],
    ["agent performance", "POST /api/v2/analytics/users/aggregates/query"],
    ["ivr schedule group", "GET /api/v2/architect/schedulegroups"],
    ["knowledge articles", "GET /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents"],
    ["gdpr delete customer", "POST /api/v2/gdpr/requests"],
    ["predictive routing", "GET /api/v2/routing/predictors"],
    ["download voicemail audio", "GET /api/v2/voicemail/messages/{messageId}/media"],
    ["ip ranges", "GET /api/v2/ipranges"],
    ["evaluation forms", "GET /api/v2/quality/forms/evaluations"],
  ])("%s", (words, operation) => {
    expect(find(words)).toContain(operation);
  });
});

describe("a search for several words prefers the operations of the area that a word names", () => {
  test.each([
    ["revoke token", "/api/v2/tokens/", 1],
    ["routing skills", "/api/v2/routing/skills", 5],
    ["external contacts", "/api/v2/externalcontacts/", 5],
    ["recording jobs", "/api/v2/recording/jobs", 4],
  ])("%s", (words, area, count) => {
    const found = find(words).slice(0, count);
    expect(found.filter((operation) => !operation.includes(` ${area}`))).toEqual([]);
    expect(found).toHaveLength(count);
  });
});

test.each(["oauth token", "create session"])(
  "a search for `%s` lists operations for website visitors last",
  (words) => {
    expect(find(words).filter((found) => /\/(guest|webdeployments)\//.test(found))).toEqual([]);
  },
);

test("a search finds the operations for a website's visitors by their names", () => {
  expect(find("guest session")).toContain("POST /api/v2/knowledge/guest/sessions");
  expect(find("webdeployments token revoke")).toEqual(["DELETE /api/v2/webdeployments/token/revoke"]);
});

test("a search for a single word finds objects of that name, not every operation whose method means the word", () => {
  for (const word of ["export", "schedule", "download"]) {
    const { operations } = searchOperations(catalogue, { words: [word] });
    const named = operations.filter((operation) => JSON.stringify(operation).toLowerCase().includes(word));
    expect([word, operations.length]).toEqual([word, named.length]);
    expect(operations.length).toBeGreaterThan(0);
  }
});

test("a search for words without a subject finds nothing", () => {
  expect(find("how do i")).toEqual([]);
});
