import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import type { Operation } from "../../../src/catalogue/facts/operation.ts";
import { lookUpOperation } from "../../../src/catalogue/lookup/look-up-operation.ts";
import { nameOf } from "../../../src/catalogue/lookup/operation-lookup.ts";

const catalogue = loadCatalogue();
const operations = Array.from(catalogue.operations());
const UUID = "6f1c7b0e-7a47-4b0e-9f57-0e1b1b7a2f10";

/** Pairs of operation ids that differ only in case. Every other spelling of such an id must list both. */
const CASE_PAIRS = new Set([
  "getpresencedefinitions",
  "postpresencedefinitions",
  "deletepresencedefinition",
  "getpresencedefinition",
  "putpresencedefinition",
]);

/** Returns the results of the lookups that did not return the operation. */
function misses(nameFor: (operation: Operation) => string): readonly string[] {
  return operations.flatMap((operation) => {
    const name = nameFor(operation);
    const lookup = lookUpOperation(catalogue, name);
    const got = lookup.kind === "found" ? nameOf(lookup.operation) : lookup.kind;
    return got === nameOf(operation) ? [] : [`${name} gave ${got}`];
  });
}

function withIds(path: string, id: string): string {
  return path.replace(/\{[^}]*\}/g, id);
}

function snakeCase(operationId: string): string {
  return operationId.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

describe("finds each of the 3,315 operations", () => {
  test.each<[string, (operation: Operation) => string]>([
    ["by method and template", nameOf],
    ["by method in lower case", ({ method, path }) => `${method.toLowerCase()} ${path}`],
    ["by path with UUIDs", ({ method, path }) => `${method} ${withIds(path, UUID)}`],
    ["by path with numbers", ({ method, path }) => `${method} ${withIds(path, "12345")}`],
    [
      "by path with Express parameters",
      ({ method, path }) => `${method} ${path.replace(/\{([^}]*)\}/g, ":$1")}`,
    ],
    [
      "by URL with query, fragment and slash",
      ({ method, path }) =>
        `${method} https://api.euw2.pure.cloud${withIds(path, UUID)}/?pageSize=25&expand=a/b#top`,
    ],
    [
      "by URL with a gateway's path prefix",
      ({ method, path }) => `${method} http://127.0.0.1:8787/platform/eu${withIds(path, UUID)}`,
    ],
    ["by operation id", ({ operationId }) => operationId],
    [
      "by method of the Go SDK",
      ({ operationId }) => operationId.slice(0, 1).toUpperCase() + operationId.slice(1),
    ],
    ["by method of the Python SDK", ({ operationId }) => snakeCase(operationId)],
    ["by call", ({ operationId }) => `api.${operationId}(body)`],
  ])("%s", (_naming, nameFor) => {
    expect(misses(nameFor)).toEqual([]);
  });

  test.each<[string, (text: string) => string]>([
    ["lower", (text) => text.toLowerCase()],
    ["upper", (text) => text.toUpperCase()],
  ])("by operation id in %s case, where five pairs are ambiguous", (_case, change) => {
    const unexpected = operations.flatMap((operation) => {
      const lookup = lookUpOperation(catalogue, change(operation.operationId));
      if (CASE_PAIRS.has(operation.operationId.toLowerCase())) {
        const names = lookup.kind === "ambiguous" ? lookup.candidates.map(nameOf) : [];
        return names.length === 2 && names.includes(nameOf(operation)) ? [] : [operation.operationId];
      }
      return lookup.kind === "found" && lookup.operation.operationId === operation.operationId
        ? []
        : [operation.operationId];
    });
    expect(unexpected).toEqual([]);
  });

  test.each(["", "https://api.mypurecloud.ie", "//api.mypurecloud.ie", "api.mypurecloud.ie"])(
    "by path without a method (host '%s'), with the path's methods as candidates",
    (before) => {
      const countsByPath = new Map<string, number>();
      for (const { path } of operations) {
        countsByPath.set(withIds(path, UUID), (countsByPath.get(withIds(path, UUID)) ?? 0) + 1);
      }
      const unexpected = operations.flatMap((operation) => {
        const lookup = lookUpOperation(catalogue, before + withIds(operation.path, UUID));
        const methods = countsByPath.get(withIds(operation.path, UUID));
        const isRight =
          methods === 1
            ? lookup.kind === "found" && lookup.operation.operationId === operation.operationId
            : lookup.kind === "ambiguous" &&
              lookup.candidates.length === methods &&
              lookup.candidates.some(({ operationId }) => operationId === operation.operationId);
        return isRight ? [] : [nameOf(operation)];
      });
      expect(unexpected).toEqual([]);
    },
  );
});

describe("the words of the official CLI", () => {
  const wordsOf = ({ path }: Operation) =>
    path
      .split("/")
      .slice(3)
      .filter((segment) => !segment.startsWith("{"))
      .join(" ");
  const wordsWithPut = new Set(operations.filter(({ method }) => method === "PUT").map(wordsOf));

  function verbOf(operation: Operation): string {
    const own = catalogue.commandVerbs().get(nameOf(operation));
    if (own !== undefined) return own;
    switch (operation.method) {
      case "POST":
        return "create";
      case "PUT":
        return "update";
      case "PATCH":
        return wordsWithPut.has(wordsOf(operation)) ? "patch" : "update";
      case "GET":
        return operation.path.endsWith("}") ? "get" : "list";
      default:
        return operation.method.toLowerCase();
    }
  }

  // The official CLI has no command for this new operation. The derived words are its collection's.
  const WITHOUT_WORDS = ["users me verifiers totp create gave POST /api/v2/users/me/verifiers/totp"];

  test.each(["", "gc "])("lead to each operation (prefix '%s')", (prefix) => {
    expect(misses((operation) => `${prefix}${wordsOf(operation)} ${verbOf(operation)}`)).toEqual(
      WITHOUT_WORDS.map((words) => `${prefix}${words}`),
    );
  });

  test.each([
    ["voicemail messages put", "PUT /api/v2/voicemail/messages/{messageId}"],
    ["users queues joinset", "PATCH /api/v2/users/{userId}/queues"],
    ["users queues join", "PATCH /api/v2/users/{userId}/queues/{queueId}"],
    ["routing queues members move", "POST /api/v2/routing/queues/{queueId}/members"],
    ["externalcontacts contacts search", "GET /api/v2/externalcontacts/contacts"],
    ["orgauthorization trustees bulkdelete", "DELETE /api/v2/orgauthorization/trustees"],
    ["scim v2 groups modify", "PATCH /api/v2/scim/v2/groups/{groupId}"],
    ["analytics conversations details get", "GET /api/v2/analytics/conversations/{conversationId}/details"],
    ["analytics conversations details list", "GET /api/v2/analytics/conversations/details"],
    ["routing queues get", "GET /api/v2/routing/queues/{queueId}"],
    ["routing queues list", "GET /api/v2/routing/queues"],
    ["gc users get 6f1c7b0e-7a47-4b0e-9f57-0e1b1b7a2f10 --pretty", "GET /api/v2/users/{userId}"],
  ])("lead to the right operation: %s", (words, name) => {
    expect(lookUpOperation(catalogue, words)).toMatchObject({
      kind: "found",
      operation: { method: name.split(" ")[0], path: name.split(" ")[1] },
    });
  });
});

describe("a method of the first Java SDK", () => {
  test.each([
    [
      "patchCallsCallIdParticipantsParticipantId",
      "PATCH /api/v2/conversations/calls/{conversationId}/participants/{participantId}",
    ],
    ["getUsersUserIdRoutingskills", "GET /api/v2/users/{userId}/routingskills"],
    ["deleteQueuesQueueId", "DELETE /api/v2/routing/queues/{queueId}"],
  ])("%s is found by the path in its name", (name, operation) => {
    const lookup = lookUpOperation(catalogue, name);
    expect(lookup.kind === "found" ? nameOf(lookup.operation) : lookup.kind).toBe(operation);
  });

  test.each(["getUsersById", "getQueuesCustomerId", "putUsersUserIdThing"])("%s is not guessed", (name) => {
    expect(lookUpOperation(catalogue, name).kind).toBe("unknown");
  });
});
