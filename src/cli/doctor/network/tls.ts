import { CA_HINT } from "../../../http/network-failure.ts";
import type { TlsHandshake, TlsTarget } from "../../../http/tls-handshake.ts";
import { type Finding, failed, failedBy, passed, skipped } from "../check.ts";
import type { DoctorPorts } from "../ports.ts";
import { type CertificateFacts, describeCertificate } from "./certificate-facts.ts";

/** The protocol that is spoken with a host, whose certificate it shows, and why that is not trusted if it is not. */
export async function checkTls(
  target: TlsTarget,
  { shakeHands, clock }: Pick<DoctorPorts, "shakeHands" | "clock">,
): Promise<Finding> {
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
  { protocol, distrust, certificate }: TlsHandshake,
  nowMs: number,
): Finding {
  const shown = certificate === null ? null : describeCertificate(certificate, nowMs);
  const facts = { protocol, verification: distrust, certificate: shown };
  if (distrust === null) {
    const from =
      shown === null ? "" : `, certificate by ${shown.issuer} until ${shown.expiresAt ?? "unknown"}`;
    return passed(`\`${host}\` ${protocol ?? "TLS"}${from}`, facts);
  }
  const { why, hint } = explainDistrust(distrust, shown);
  const summary = `the certificate of \`${host}\` is not trusted: ${why} (${distrust})`;
  return failed("network", summary, hint, facts);
}

const CLOCK_HINT = "if the clock of this machine is wrong, set it; else only who runs the host can renew it";

/** What a code of OpenSSL or Node means, and what to do. */
function explainDistrust(
  code: string,
  shown: CertificateFacts | null,
): { readonly why: string; readonly hint: string } {
  const issuer = shown?.issuer ?? "nobody";
  switch (code) {
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return {
        why: "it vouches for itself",
        hint: "if it is a gateway of your own, pass its certificate with `--ca-cert FILE` or `NODE_EXTRA_CA_CERTS=FILE`; else something in between answers in its place",
      };
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
      return { why: `its authority \`${issuer}\` is not known here`, hint: CA_HINT };
    case "CERT_HAS_EXPIRED":
      return { why: `it ended ${shown?.expiresAt ?? "at a time not known"}`, hint: CLOCK_HINT };
    case "CERT_NOT_YET_VALID":
      return { why: `it begins ${shown?.validFrom ?? "at a time not known"}`, hint: CLOCK_HINT };
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return {
        why: `it is made out for another host (\`${shown?.subject ?? "none"}\`)`,
        hint: "check the region (`--region`, `GENESYSCLOUD_REGION`); else something in between answers in its place",
      };
    default:
      return { why: `verification ended with ${code}`, hint: CA_HINT };
  }
}
