import { expect, test } from "vitest";
import { chooseNamedQuery } from "../../src/analytics/choose-query.ts";
import { namedQueries } from "../../src/analytics/query-list.ts";
import { loadCatalogue } from "../../src/catalogue/facts/load-catalogue.ts";
import { impactOf } from "../../src/catalogue/facts/read-only.ts";

const catalogue = loadCatalogue();

test.each([
  [["conversations", "details"], "POST", "/api/v2/analytics/conversations/details/query"],
  [["conversations aggregates"], "POST", "/api/v2/analytics/conversations/aggregates/query"],
  [["Users", "Details"], "POST", "/api/v2/analytics/users/details/query"],
  [["queues", "observations"], "POST", "/api/v2/analytics/queues/observations/query"],
  [["flows", "activity"], "POST", "/api/v2/analytics/flows/activity/query"],
  [["conversations", "get", "c/1"], "GET", "/api/v2/analytics/conversations/c%2F1/details"],
])("chooses the query that the words %j name", (words, method, path) => {
  const chosen = chooseNamedQuery(words, false);
  expect([chosen.query.method, chosen.path]).toEqual([method, path]);
});

test.each(namedQueries().map(({ name, method, path }) => [name, method, path]))(
  "`%s` is a read-only operation of the platform",
  (_name, method, path) => {
    const operation = catalogue.find(method, path);
    expect(operation?.path).toBe(path);
    expect(operation !== null && impactOf(operation)).toBe("reads");
  },
);

test("no two queries have the same name", () => {
  const names = namedQueries().map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test.each([
  [["conversation", "details"], "usage.unknown_query", "`conversations details`"],
  [["conversations", "agregates"], "usage.unknown_query", "`conversations aggregates`"],
  [["queues"], "usage.unknown_query", "`queues observations`"],
  [["weather"], "usage.unknown_query", "genscope query --help"],
  [["conversations", "get"], "usage.unknown_query", "genscope query conversations get CONVERSATIONID"],
  [["conversations", "details", "more"], "usage.unknown_query", "`conversations details`"],
  [["copilots", "aggregates"], "usage.preview", "--preview"],
])("refuses the query %j and suggests the closest names", (words, code, hint) => {
  expect(() => chooseNamedQuery(words, false)).toThrow(
    expect.objectContaining({ code, exit: "usage", hint: expect.stringContaining(hint) }),
  );
});

test("accepts a preview operation with --preview", () => {
  expect(chooseNamedQuery(["copilots", "aggregates"], true).query.isPreview).toBe(true);
});

test.each([
  ["POST", "/api/v2/audits/query", "reads"],
  ["POST", "/api/v2/users/search", "reads"],
  ["POST", "/api/v2/analytics/conversations/details/jobs", "reads"],
  ["GET", "/api/v2/routing/queues", "reads"],
  ["POST", "/api/v2/routing/queues", "changes"],
  ["DELETE", "/api/v2/routing/queues/{queueId}", "changes"],
  // These send, create or stop something, although a read-only scope suffices.
  ["POST", "/api/v2/chats/users/{userId}/messages", "changes"],
  ["PUT", "/api/v2/recordings/deletionprotection", "changes"],
  ["POST", "/api/v2/casemanagement/cases/{caseId}/terminate/jobs", "changes"],
  // These read data, but they leave behind the files that they prepare.
  ["POST", "/api/v2/outbound/contactlists/{contactListId}/export", "starts-work"],
  ["POST", "/api/v2/recording/batchrequests", "starts-work"],
  ["GET", "/api/v2/conversations/{conversationId}/recordings", "starts-work"],
  // Of these two, only the first has a name that shows that it only reads.
  ["POST", "/api/v2/taskmanagement/workitems/query/jobs", "reads"],
  ["POST", "/api/v2/chats/rooms", "changes"],
  // Even a GET can change something.
  ["GET", "/api/v2/conversations/messaging/oauth/apple/callback", "changes"],
  ["GET", "/api/v2/flows/instances/{instanceId}", "changes"],
  ["GET", "/api/v2/journey/deployments/{deploymentId}/customers/{customerCookieId}/ping", "changes"],
])("judges whether an operation changes something: %s %s %s", (method, path, expected) => {
  const operation = catalogue.find(method, path);
  expect(operation === null ? null : impactOf(operation)).toBe(expected);
});

test("226 POST operations only read and 43 start work; every other POST changes something", () => {
  const posts = [...catalogue.operations()].filter(({ method }) => method === "POST");
  const count = (impact: string) => posts.filter((operation) => impactOf(operation) === impact).length;
  expect({ reads: count("reads"), startsWork: count("starts-work") }).toEqual({ reads: 226, startsWork: 43 });
});
