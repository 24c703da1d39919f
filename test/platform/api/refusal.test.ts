import { describe, expect, test } from "vitest";
import { readRefusal } from "../../../src/platform/api/refusal.ts";

const EMPTY = {
  message: null,
  code: null,
  status: null,
  messageWithParams: null,
  messageParams: {},
  contextId: null,
  entityId: null,
  entityName: null,
  details: [],
  detailText: null,
  limit: null,
  errors: [],
};

describe("reading an error envelope of the platform", () => {
  test("reads every field of the usual envelope", () => {
    expect(
      readRefusal({
        message: "You are missing the following permission(s): [routing:queue:view]",
        code: "missing.permissions",
        status: 403,
        messageWithParams: "You are missing the following permission(s): {permissions}",
        messageParams: { permissions: "[routing:queue:view]", count: 1, odd: { deep: true } },
        contextId: "ctx-1",
        entityId: "queue-1",
        entityName: "Queue",
        details: [{ errorCode: "e1", fieldName: "name", entityId: "x", entityName: "y" }, "odd"],
        errors: [{ code: "inner.code", status: "400" }, 7],
        limit: { key: "token.rate.per.minute", namespace: "platform.api", value: 300 },
      }),
    ).toEqual({
      message: "You are missing the following permission(s): [routing:queue:view]",
      code: "missing.permissions",
      status: 403,
      messageWithParams: "You are missing the following permission(s): {permissions}",
      messageParams: { permissions: "[routing:queue:view]", count: "1" },
      contextId: "ctx-1",
      entityId: "queue-1",
      entityName: "Queue",
      details: [
        { errorCode: "e1", fieldName: "name", entityId: "x", entityName: "y" },
        { errorCode: null, fieldName: null, entityId: null, entityName: null },
      ],
      detailText: null,
      limit: { key: "token.rate.per.minute", namespace: "platform.api", value: "300" },
      errors: [{ ...EMPTY, code: "inner.code", status: 400 }],
    });
  });

  test("reads the envelope that newer services send", () => {
    expect(
      readRefusal({ code: "bad.request", details: "the name is taken", nested: [{ message: "why" }] }),
    ).toEqual({
      ...EMPTY,
      code: "bad.request",
      detailText: "the name is taken",
      errors: [{ ...EMPTY, message: "why" }],
    });
  });

  test("accepts an envelope with only a message", () => {
    expect(readRefusal({ message: "Not so" })).toEqual({ ...EMPTY, message: "Not so" });
  });

  test.each([
    ["nothing", null],
    ["a string", "Forbidden"],
    ["a list", [{ message: "x", code: "y" }]],
    ["an object without message and code", { status: 403, contextId: "ctx-1" }],
    ["an object with empty message and code", { message: "", code: "" }],
    ["an object with message and code of other types", { message: 7, code: {} }],
    ["the token endpoint's envelope", { error: "invalid_client", description: "client not found" }],
  ])("does not accept %s", (_name, body) => {
    expect(readRefusal(body)).toBeNull();
  });

  test("stops at a depth limit of nested envelopes", () => {
    let body: object = { message: "deepest" };
    for (let depth = 0; depth < 10_000; depth += 1) body = { message: "deep", errors: [body] };

    expect(JSON.stringify(readRefusal(body)).match(/"deep"/g)).toHaveLength(6);
  });
});
