import type { X509Certificate } from "node:crypto";
import { oneLine } from "../../../core/text.ts";
import type { Facts } from "../check.ts";

/** The facts of a certificate: subject, issuer and validity. */
export interface CertificateFacts extends Facts {
  readonly subject: string;
  readonly issuer: string;
  /** Beginning of the validity, RFC 3339; null when it can't be read. */
  readonly validFrom: string | null;
  readonly expiresAt: string | null;
  readonly expiresAtEpochSeconds: number | null;
  /** Whether the certificate is valid at the current time. */
  readonly isCurrent: boolean;
}

export function describeCertificate(
  {
    subject,
    issuer,
    validFrom,
    validTo,
  }: Pick<X509Certificate, "subject" | "issuer" | "validFrom" | "validTo">,
  nowMs: number,
): CertificateFacts {
  const [fromMs, toMs] = [Date.parse(validFrom), Date.parse(validTo)];
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    validFrom: toInstant(fromMs),
    expiresAt: toInstant(toMs),
    expiresAtEpochSeconds: Number.isNaN(toMs) ? null : toMs / 1_000,
    isCurrent: fromMs <= nowMs && nowMs <= toMs,
  };
}

/**
 * Returns the common name of a distinguished name in Node's notation, one part per line; without a common name, returns
 * the whole text.
 */
function nameOf(distinguishedName: string): string {
  const commonName = /^CN=(.+)$/m.exec(distinguishedName)?.[1];
  return oneLine(commonName ?? distinguishedName.replaceAll("\n", ", "), 200);
}

function toInstant(ms: number): string | null {
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
