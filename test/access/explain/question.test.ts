import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

describe("a question that reports no failure", () => {
  test.each([
    ["Which permission does our client need for GET /api/v2/routing/queues?", "routing:queue:view"],
    ["¿Qué permisos hacen falta para POST /api/v2/audits/query?", "audits:audit:view"],
    ["GET /api/v2/routing/wrapupcodes に必要な権限を教えてください", "routing:wrapupCode:view"],
  ])("is answered with what the operation needs: %s", (text, permission) => {
    const [finding, ...others] = explainText(text);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ layer: "none", status: null });
    expect(finding?.summary).toContain(`\`${permission}\``);
  });

  test("is answered with a request for details when it names nothing in the catalog", () => {
    const [finding, ...others] = explainText("Which permission do we need to see the weather?");
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ layer: "none", status: null, operation: null });
    expect(finding?.summary).toContain("the question names no operation of the catalog");
  });

  test("is not recognized in a statement that asks nothing", () => {
    expect(explainText("We call GET /api/v2/routing/queues every hour, and all is well.")).toEqual([]);
  });
});

test("claims about the API are attached to the only failed call, even when another call is mentioned", () => {
  const findings = explainText(
    "GET /api/v2/routing/queues fails with 403 missing.any.permissions.\n\nCall GET /api/v2/oauth/tokeninfo, or look at the token with jwt.io.",
  );
  expect(findings.map(({ layer, status }) => [layer, status])).toEqual([["permission", 403]]);
  expect(findings[0]?.claims.map(({ text }) => text)).toContain(
    "the access token can be decoded to see its scopes",
  );
});
