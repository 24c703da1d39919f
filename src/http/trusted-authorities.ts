import { rootCertificates } from "node:tls";

/** A file with certificate authorities to trust besides those that Node ships. */
export interface CertificateFile {
  readonly path: string;
  /** What named it: `--ca-cert`, `SSL_CERT_FILE`, `NODE_EXTRA_CA_CERTS`. */
  readonly source: string;
}

const VARIABLES = ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"] as const;

/** The files that flag and environment name; all of them are trusted, none replaces another. */
export function listCertificateFiles(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): readonly CertificateFile[] {
  const named = [
    { path: flag ?? "", source: "--ca-cert" },
    ...VARIABLES.map((source) => ({ path: env[source] ?? "", source })),
  ];
  return named.filter(({ path }) => path !== "");
}

/**
 * Options of a TLS connection that verifies the far end, and trusts these certificates (PEM) besides the authorities
 * that Node ships. Verification is on explicitly, because Node's default is the environment's to change.
 */
export function trustOptions(certificates: readonly string[]): {
  readonly rejectUnauthorized: true;
  readonly ca?: string[];
} {
  // Node's own option would replace its authorities.
  return certificates.length === 0
    ? { rejectUnauthorized: true }
    : { rejectUnauthorized: true, ca: [...rootCertificates, ...certificates] };
}

const VERIFICATION_VARIABLE = "NODE_TLS_REJECT_UNAUTHORIZED";

/** Whether the environment asks Node to connect to any host that answers, whatever certificate it shows. */
export function turnsVerificationOff(env: Readonly<Record<string, string | undefined>>): boolean {
  return env[VERIFICATION_VARIABLE] === "0";
}

/** What is wrong and what to do when certificates are not to be verified. */
export const VERIFICATION_OFF = {
  message: `certificate verification is off (\`${VERIFICATION_VARIABLE}=0\`): any host in between could read the token`,
  hint: `\`unset ${VERIFICATION_VARIABLE}\`, and name the authority to trust with \`--ca-cert FILE\``,
} as const;
