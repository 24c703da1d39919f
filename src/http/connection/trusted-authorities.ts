import * as tls from "node:tls";

/** A file with certificate authorities to trust in addition to those of Node. */
export interface CertificateFile {
  readonly path: string;
  /** Source of the name: `--ca-cert`, `SSL_CERT_FILE`, `NODE_EXTRA_CA_CERTS`. */
  readonly source: string;
}

const VARIABLES = ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"] as const;

/** Returns the files that flag and environment name. All of them are trusted; none replaces another. */
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

/** Node 22.15 and newer; `@types/node` describes the oldest Node that we support. */
interface SystemTls {
  readonly getCACertificates?: (kind: "default" | "system") => readonly string[];
}

/**
 * Returns the certificates (PEM) that the operating system trusts, such as the certificate of a company's
 * proxy; none when Node can't read them. Reading takes up to 100 ms, so do it only when a server is not
 * trusted otherwise.
 */
export function systemAuthorities(node: SystemTls = tls as SystemTls): readonly string[] {
  return [...new Set(node.getCACertificates?.("system"))];
}

/**
 * Returns options of a TLS connection that verifies the server and trusts these certificates (PEM) in
 * addition to the authorities of Node, which can include those of the system (\`--use-system-ca\`).
 * Verification is set explicitly, because the environment can change Node's default.
 */
export function trustOptions(certificates: readonly string[]): {
  readonly rejectUnauthorized: true;
  readonly ca?: string[];
} {
  // Node's own option for this purpose would replace its built-in authorities.
  return certificates.length === 0
    ? { rejectUnauthorized: true }
    : { rejectUnauthorized: true, ca: [...nodeAuthorities(), ...certificates] };
}

function nodeAuthorities({ getCACertificates }: SystemTls = tls as SystemTls): readonly string[] {
  return getCACertificates?.("default") ?? tls.rootCertificates;
}

const VERIFICATION_VARIABLE = "NODE_TLS_REJECT_UNAUTHORIZED";

/** Whether the environment makes Node accept every certificate. */
export function turnsVerificationOff(env: Readonly<Record<string, string | undefined>>): boolean {
  return env[VERIFICATION_VARIABLE] === "0";
}

/** Returns the message and hint for disabled certificate verification. */
export const VERIFICATION_OFF = {
  message: `certificate verification is off (\`${VERIFICATION_VARIABLE}=0\`): any host on the network path could read the token`,
  hint: `\`unset ${VERIFICATION_VARIABLE}\`, and name the authority to trust with \`--ca-cert FILE\``,
} as const;
