import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { judgeHandshake } from "../../../../src/cli/doctor/network/tls.ts";
import { makeSelfSigned } from "../../../support/self-signed.ts";

const NOW = Date.UTC(2026, 9, 1);
const certificate = new X509Certificate(makeSelfSigned("api.example").certificate);
const CLOCK =
  "set the clock of this machine if it is wrong; otherwise, only the operator of the host can renew the certificate";
const INSPECTION =
  "a proxy that inspects TLS presents its own certificate: trust the proxy's certificate authority with `--ca-cert FILE` or `NODE_EXTRA_CA_CERTS=FILE`";

test("reports the certificate, with its expiry as text and as a number", () => {
  expect(
    judgeHandshake(
      "api.example",
      { protocol: "TLSv1.3", distrust: null, isBySystem: false, certificate },
      NOW,
    ),
  ).toEqual({
    status: "ok",
    summary:
      "`api.example` TLSv1.3, certificate issued by genscope test, valid until 2049-12-31T23:59:59.000Z",
    hint: null,
    exit: "ok",
    facts: {
      protocol: "TLSv1.3",
      verification: null,
      isBySystem: false,
      certificate: {
        subject: "genscope test",
        issuer: "genscope test",
        validFrom: "2020-01-01T00:00:00.000Z",
        expiresAt: "2049-12-31T23:59:59.000Z",
        expiresAtEpochSeconds: 2_524_607_999,
        isCurrent: true,
      },
    },
  });
});

test("reports that the operating system trusts the certificate", () => {
  const shown = { protocol: "TLSv1.3", distrust: null, isBySystem: true, certificate };
  expect(judgeHandshake("api.example", shown, NOW)).toMatchObject({
    status: "ok",
    summary:
      "`api.example` TLSv1.3, certificate issued by genscope test, valid until 2049-12-31T23:59:59.000Z, trusted by the operating system",
    facts: { isBySystem: true },
  });
});

test.each([
  [
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "it is self-signed",
    "for a gateway of your own, pass its certificate with `--ca-cert FILE` or `NODE_EXTRA_CA_CERTS=FILE`; otherwise, the connection is intercepted",
  ],
  [
    "SELF_SIGNED_CERT_IN_CHAIN",
    "its issuing authority `genscope test` is unknown on this machine",
    INSPECTION,
  ],
  [
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "its issuing authority `genscope test` is unknown on this machine",
    INSPECTION,
  ],
  ["CERT_HAS_EXPIRED", "it expired 2049-12-31T23:59:59.000Z", CLOCK],
  ["CERT_NOT_YET_VALID", "it becomes valid 2020-01-01T00:00:00.000Z", CLOCK],
  [
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "it was issued for another host (`genscope test`)",
    "check the region (`--region`, `GENESYSCLOUD_REGION`); if it is right, the connection is intercepted",
  ],
  ["CERT_REVOKED", "verification failed with CERT_REVOKED", INSPECTION],
])("explains the TLS failure %s: %s", (distrust, why, hint) => {
  expect(
    judgeHandshake("api.example", { protocol: "TLSv1.2", distrust, isBySystem: false, certificate }, NOW),
  ).toMatchObject({
    status: "failed",
    exit: "network",
    summary: `the certificate of \`api.example\` is not trusted: ${why} (${distrust})`,
    hint,
    facts: { protocol: "TLSv1.2", verification: distrust },
  });
});
