import * as tls from "node:tls";

/** A file with certificate authorities to trust in addition to Node's own. */
export interface CertificateFile {
  readonly path: string;
  /** The flag or variable that names the file: `--ca-cert`, `SSL_CERT_FILE` or `NODE_EXTRA_CA_CERTS`. */
  readonly source: string;
}

/** The flag that names a file of certificate authorities. */
export const CA_FLAG = "--ca-cert";
const VARIABLES = ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"] as const;

/** Lists the files that the flag and the environment name. All of them are trusted; none replaces another. */
export function listCertificateFiles(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): readonly CertificateFile[] {
  const named = [
    { path: flag ?? "", source: CA_FLAG },
    ...VARIABLES.map((source) => ({ path: env[source] ?? "", source })),
  ];
  return named.filter(({ path }) => path !== "");
}

/**
 * Functions that Node has from version 22.15 on. `@types/node` describes the oldest supported version, which
 * lacks them.
 */
interface SystemTls {
  readonly getCACertificates?: (kind: "default" | "system") => readonly string[];
}

/**
 * Returns the certificate authorities (PEM) that the operating system trusts, such as the authority of a
 * company's proxy. Empty when Node cannot read them. Reading takes up to 100 ms, so do it only for a server that
 * is not trusted otherwise.
 */
export function systemAuthorities(node: SystemTls = tls as SystemTls): readonly string[] {
  return [...new Set(node.getCACertificates?.("system"))];
}

/**
 * Returns TLS options that verify the server and trust these certificates (PEM) in addition to Node's
 * authorities, which include those of the system with `--use-system-ca`. Verification is switched on explicitly,
 * because the environment can change Node's default.
 */
export function trustOptions(certificates: readonly string[]): {
  readonly rejectUnauthorized: true;
  readonly ca?: string[];
} {
  // The `ca` option replaces Node's own authorities, so the list includes them.
  return certificates.length === 0
    ? { rejectUnauthorized: true }
    : { rejectUnauthorized: true, ca: [...nodeAuthorities(), ...certificates] };
}

function nodeAuthorities({ getCACertificates }: SystemTls = tls as SystemTls): readonly string[] {
  return getCACertificates?.("default") ?? tls.rootCertificates;
}

const VERIFICATION_VARIABLE = "NODE_TLS_REJECT_UNAUTHORIZED";

/** Whether an environment variable makes Node accept every certificate. */
export function turnsVerificationOff(env: Readonly<Record<string, string | undefined>>): boolean {
  return env[VERIFICATION_VARIABLE] === "0";
}

/** Message and hint for certificate verification that the environment disabled. */
export const VERIFICATION_OFF = {
  message: `certificate verification is off (\`${VERIFICATION_VARIABLE}=0\`): any host on the network path could read the token`,
  hint: `run \`unset ${VERIFICATION_VARIABLE}\`, and name the authority to trust with \`--ca-cert FILE\``,
} as const;
