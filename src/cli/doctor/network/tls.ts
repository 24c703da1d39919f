import { CA_HINT } from "../../../http/connection/network-failure.ts";
import type { TlsHandshake, TlsTarget } from "../../../http/connection/tls-handshake.ts";
import { type CheckResult, failed, failedBy, passed, skipped } from "../check.ts";
import type { DoctorPorts } from "../ports.ts";
import { type CertificateFacts, describeCertificate } from "./certificate-facts.ts";

/** Checks the TLS protocol and the certificate of a host, and explains why a certificate is not trusted. */
export async function checkTls(
  target: TlsTarget,
  { shakeHands, clock }: Pick<DoctorPorts, "shakeHands" | "clock">,
): Promise<CheckResult> {
  const { host, protocol } = target.url;
  if (protocol !== "https:") return skipped(`\`${host}\` is plain http`);
  try {
    return judgeHandshake(host, await shakeHands(target), clock.now());
  } catch (error) {
    return failedBy(error);
  }
}

export function judgeHandshake(
  host: string,
  { protocol, distrust, isBySystem, certificate }: TlsHandshake,
  nowMs: number,
): CheckResult {
  const shown = certificate === null ? null : describeCertificate(certificate, nowMs);
  const facts = { protocol, verification: distrust, isBySystem, certificate: shown };
  if (distrust === null) {
    const from =
      shown === null
        ? ""
        : `, certificate issued by ${shown.issuer}, valid until ${shown.expiresAt ?? "unknown"}`;
    const by = isBySystem ? ", trusted by the operating system" : "";
    return passed(`\`${host}\` ${protocol ?? "TLS"}${from}${by}`, facts);
  }
  const { why, hint } = explainDistrust(distrust, shown);
  const summary = `the certificate of \`${host}\` is not trusted: ${why} (${distrust})`;
  return failed("network", summary, hint, facts);
}

const CLOCK_HINT =
  "set the clock of this machine if it is wrong; otherwise, only the operator of the host can renew the certificate";

/** Returns the meaning of an OpenSSL or Node error code, and the fix. */
function explainDistrust(
  code: string,
  shown: CertificateFacts | null,
): { readonly why: string; readonly hint: string } {
  const issuer = shown === null ? "" : ` \`${shown.issuer}\``;
  const subject = shown === null ? "" : ` (\`${shown.subject}\`)`;
  switch (code) {
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return {
        why: "it is self-signed",
        hint: "for a gateway of your own, pass its certificate with `--ca-cert FILE` or `NODE_EXTRA_CA_CERTS=FILE`; otherwise, the connection is intercepted",
      };
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
      return { why: `its issuing authority${issuer} is unknown on this machine`, hint: CA_HINT };
    case "CERT_HAS_EXPIRED":
      return { why: `it expired ${shown?.expiresAt ?? "at an unknown time"}`, hint: CLOCK_HINT };
    case "CERT_NOT_YET_VALID":
      return { why: `it becomes valid ${shown?.validFrom ?? "at an unknown time"}`, hint: CLOCK_HINT };
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return {
        why: `it was issued for another host${subject}`,
        hint: "check the region (`--region`, `GENESYSCLOUD_REGION`); if it is right, the connection is intercepted",
      };
    default:
      return { why: `verification failed with ${code}`, hint: CA_HINT };
  }
}
