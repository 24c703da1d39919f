import { X509Certificate } from "node:crypto";
import { UsageError } from "../../core/errors.ts";
import { shellWord } from "../../core/shell-word.ts";
import { CA_FLAG, type CertificateFile } from "./trusted-authorities.ts";

const PEM_BLOCK =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** Returns the certificates in a PEM file, in its order, with null for each that cannot be parsed. */
export function readPemCertificates(text: string): readonly (X509Certificate | null)[] {
  return (text.match(PEM_BLOCK) ?? []).map(parseCertificate);
}

function parseCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

/** Parses only as far as the first certificate, because parsing a system's whole bundle takes 50 ms. */
function hasCertificate(text: string): boolean {
  for (const [pem] of text.matchAll(PEM_BLOCK)) {
    if (parseCertificate(pem) !== null) return true;
  }
  return false;
}

/**
 * Returns the hint for a file without a PEM certificate, which is usually a certificate in DER, the other common
 * encoding.
 */
export function conversionHint(path: string): string {
  return `convert a DER certificate with \`openssl x509 -inform der -in ${shellWord(path)} -out authority.pem\``;
}

/**
 * Reads a file with certificates to trust. A file without certificates is an error only if the flag names it. A
 * variable may be meant for other programs, and Node ignores such a file too.
 * @throws UsageError `usage.file` when the file is unreadable, or when `--ca-cert` names a file without certificates
 */
export async function readCertificateFile(
  { path, source }: CertificateFile,
  readTextFile: (path: string) => Promise<string>,
): Promise<string> {
  const text = await readTextFile(path);
  if (source !== CA_FLAG || hasCertificate(text)) return text;
  throw new UsageError("usage.file", `the certificate file \`${path}\` contains no PEM certificate`, {
    hint: conversionHint(path),
  });
}
