import { rootCertificates } from "node:tls";
import type { Environment } from "../../../../core/child-environment.ts";
import { UsageError } from "../../../../core/errors.ts";
import { readCertificateFile } from "../../../../http/connection/pem-certificates.ts";
import { listCertificateFiles, systemAuthorities } from "../../../../http/connection/trusted-authorities.ts";

/** Certificate files in which systems keep the authorities that OpenSSL trusts. */
const SYSTEM_FILES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
];
/** Variables with which other programs replace their certificates. */
const OTHER_VARIABLES = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"];

/**
 * Returns the certificates (PEM) to trust for the hosts behind the proxy, and those that the recorded program
 * needs for unrecorded hosts, because a certificate file replaces the program's own certificates.
 * @throws UsageError like {@link readCertificateFile}
 */
export async function readTrust(
  env: Environment,
  caCert: string | undefined,
  readTextFile: (path: string) => Promise<string>,
): Promise<{ readonly upstream: readonly string[]; readonly program: readonly string[] }> {
  const named = await Promise.all(
    listCertificateFiles(caCert, env).map((file) => readCertificateFile(file, readTextFile)),
  );
  const upstream = [...named, ...systemAuthorities()];
  const others = OTHER_VARIABLES.flatMap((name) => env[name] || []);
  // A variable may name a directory, which genscope leaves to the program that the variable is for.
  const files = await Promise.all(
    [...SYSTEM_FILES, ...others].map((path) => readTextFile(path).catch(ignoreUsage)),
  );
  return { upstream, program: [...rootCertificates, ...upstream, ...files.filter((text) => text !== "")] };
}

function ignoreUsage(error: unknown): string {
  if (error instanceof UsageError) return "";
  throw error;
}
