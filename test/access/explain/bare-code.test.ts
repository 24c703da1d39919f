import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

function codesIn(text: string): readonly string[] {
  return explainText(text).map(({ layer, status, code }) => `${layer} ${status} ${code}`);
}

describe("an error code alone, without a status or body", () => {
  test.each([
    ["missing.permissions", "permission 403 missing.permissions"],
    ["missing.any.permissions", "permission 403 missing.any.permissions"],
    ["missing.division.permissions", "division 403 missing.division.permissions"],
    ["general.missing.division.permission", "division 403 general.missing.division.permission"],
    ["architect.missing.permission", "permission 403 architect.missing.permission"],
    ["app.not.authorized.for.scope", "scope 403 app.not.authorized.for.scope"],
    ["authz.policy.denied", "policy 403 authz.policy.denied"],
    ["feature.forbidden", "product 403 feature.forbidden"],
    ["not.a.user", "context 400 not.a.user"],
    ["invalid.value", "request 400 invalid.value"],
    ["authentication.required", "token 401 authentication.required"],
    ["bad.credentials", "token 401 bad.credentials"],
    ["too.many.requests", "rate-limit 429 too.many.requests"],
    ["internal.server.error", "service 500 internal.server.error"],
    ['"authz.policy.denied",', "policy 403 authz.policy.denied"],
    ["What does not.a.user mean?", "context 400 not.a.user"],
    ["We only get `credentials.expired`.", "token 401 credentials.expired"],
  ])("is explained with its layer: %s", (text, expected) => {
    expect(codesIn(text)).toEqual([expected]);
  });

  test("is explained once each when a paste has several", () => {
    expect(codesIn("missing.permissions\nauthz.policy.denied\nmissing.permissions")).toEqual([
      "permission 403 missing.permissions",
      "policy 403 authz.policy.denied",
    ]);
  });

  test.each([
    "com.acme.not.found.Handler started",
    "see https://example.com/docs/bad.request/index",
    "user.name and queue.id are set",
    "fix: renew the token on bad.credentials",
    "The operation answers missing.permissions unless the role holds the permission.",
    'const codes = ["missing.permissions"];\nimport x from "y";\nexport function f() {\n  return codes;\n}\n',
  ])("is not recognized in unrelated text: %s", (text) => {
    expect(codesIn(text).filter((finding) => !finding.startsWith("none"))).toEqual([]);
  });
});

test("reports two errors with the same code but different correlation ids separately", () => {
  const errors = ["1a", "2b"].map(
    (end) =>
      `Error: failed to read it: API Error: 403 - missing.permissions (7b1f0a52-44c3-4d0a-8a3e-9f2d6c1e5b${end})`,
  );
  expect(explainText(errors.join("\n\n")).map(({ correlationId }) => correlationId)).toEqual([
    "7b1f0a52-44c3-4d0a-8a3e-9f2d6c1e5b1a",
    "7b1f0a52-44c3-4d0a-8a3e-9f2d6c1e5b2b",
  ]);
});
