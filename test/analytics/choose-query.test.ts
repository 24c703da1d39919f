import { expect, test } from "vitest";
import { chooseNamedQuery } from "../../src/analytics/choose-query.ts";
import { namedQueries } from "../../src/analytics/query-list.ts";
import { loadCatalogue } from "../../src/catalogue/facts/load-catalogue.ts";
import { isReadOnly } from "../../src/catalogue/facts/read-only.ts";

const catalogue = loadCatalogue();

test.each([
  [["conversations", "details"], "POST", "/api/v2/analytics/conversations/details/query"],
  [["conversations aggregates"], "POST", "/api/v2/analytics/conversations/aggregates/query"],
  [["Users", "Details"], "POST", "/api/v2/analytics/users/details/query"],
  [["queues", "observations"], "POST", "/api/v2/analytics/queues/observations/query"],
  [["flows", "activity"], "POST", "/api/v2/analytics/flows/activity/query"],
  [["conversations", "get", "c/1"], "GET", "/api/v2/analytics/conversations/c%2F1/details"],
])("chooses the query of %j", (words, method, path) => {
  const chosen = chooseNamedQuery(words, false);
  expect([chosen.query.method, chosen.path]).toEqual([method, path]);
});

test.each(namedQueries().map(({ name, method, path }) => [name, method, path]))(
  "`%s` is a read-only operation of the platform",
  (_name, method, path) => {
    const operation = catalogue.find(method, path);
    expect(operation?.path).toBe(path);
    expect(operation !== null && isReadOnly(operation)).toBe(true);
  },
);

test("distinguishes similar names", () => {
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
])("refuses %j and suggests the closest names", (words, code, hint) => {
  expect(() => chooseNamedQuery(words, false)).toThrow(
    expect.objectContaining({ code, exit: "usage", hint: expect.stringContaining(hint) }),
  );
});

test("accepts a preview with --preview", () => {
  expect(chooseNamedQuery(["copilots", "aggregates"], true).query.isPreview).toBe(true);
});

test.each([
  ["POST", "/api/v2/audits/query", true],
  ["POST", "/api/v2/users/search", true],
  ["POST", "/api/v2/analytics/conversations/details/jobs", true],
  ["GET", "/api/v2/routing/queues", true],
  ["POST", "/api/v2/routing/queues", false],
  ["DELETE", "/api/v2/routing/queues/{queueId}", false],
  // A read-only scope suffices for these although they send, create or stop something.
  ["POST", "/api/v2/chats/users/{userId}/messages", false],
  ["POST", "/api/v2/recordings/deletionprotection", false],
  ["POST", "/api/v2/casemanagement/cases/{caseId}/terminate/jobs", false],
  // These read data, but the objects that they create remain.
  ["POST", "/api/v2/outbound/contactlists/{contactListId}/export", false],
  ["POST", "/api/v2/recording/batchrequests", false],
  ["POST", "/api/v2/taskmanagement/workitems/query/jobs", false],
])("%s %s is read-only: %s", (method, path, expected) => {
  const operation = catalogue.find(method, path);
  expect(operation === null ? null : isReadOnly(operation)).toBe(expected);
});
