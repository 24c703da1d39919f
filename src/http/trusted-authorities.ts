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

/** Options of a TLS connection that trusts these certificates (PEM) besides the authorities that Node ships. */
export function trustOptions(certificates: readonly string[]): { readonly ca?: string[] } {
  // Node's own option would replace its authorities.
  return certificates.length === 0 ? {} : { ca: [...rootCertificates, ...certificates] };
}
