import { expect, test } from "vitest";
import { describeNetworkFailure } from "../../../src/http/connection/network-failure.ts";

test.each([
  ["SELF_SIGNED_CERT_IN_CHAIN", "--ca-cert FILE"],
  ["CERT_HAS_EXPIRED", "genscope doctor"],
  ["CERT_NOT_YET_VALID", "genscope doctor"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "--region"],
])("the hint about a certificate that fails with %s contains %s", (code, advice) => {
  const error = Object.assign(new Error("failed"), { code });
  const failure = describeNetworkFailure(error, { host: "api.example.com", proxy: null });
  expect([failure.code, failure.message]).toEqual([
    "network.tls",
    `cannot establish a trusted TLS connection to \`api.example.com\` (${code})`,
  ]);
  expect(failure.hint).toContain(advice);
});
