import type { GlobalOptions } from "../cli/context.ts";
import { parseDuration } from "../core/duration.ts";
import { NetworkError } from "../core/errors.ts";
import { readCertificateFile } from "../http/connection/pem-certificates.ts";
import { readProxySettings } from "../http/connection/proxy-choice.ts";
import {
  CA_FLAG,
  type CertificateFile,
  listCertificateFiles,
  turnsVerificationOff,
  VERIFICATION_OFF,
} from "../http/connection/trusted-authorities.ts";
import { type ClosableTransport, undiciTransport } from "../http/transport/undici-transport.ts";
import { readTextFile } from "./read-text-file.ts";
import type { Surroundings } from "./surroundings.ts";

const DEFAULT_TIMEOUT = "60s";

/**
 * Opens the network transport with the proxies, certificates and timeouts from flags and environment. It
 * closes when the program ends.
 * @throws NetworkError `network.verification_off` when the environment turns off certificate verification
 */
export async function openWire(
  { env, signal, clock, cleanUps, version }: Surroundings,
  options: GlobalOptions,
): Promise<ClosableTransport> {
  if (turnsVerificationOff(env)) {
    const { message, hint } = VERIFICATION_OFF;
    throw new NetworkError("network.verification_off", message, { hint });
  }
  const timeoutMs = parseDuration(options.timeout ?? DEFAULT_TIMEOUT, "--timeout");
  const certificates = await Promise.all(
    listCertificateFiles(options.caCert, env).map((file) =>
      readCertificateFile(file, async (path) => await readTextFile(path, nounFor(file), { signal })),
    ),
  );
  const wire = undiciTransport({
    caCertificates: certificates,
    ...readProxySettings(env),
    userAgent: `genscope/${version}`,
    defaultTimeoutMs: timeoutMs,
    clock,
  });
  cleanUps.push(wire.close);
  return wire;
}

/** Returns the noun for a certificate file in an error, with the variable that names it. */
function nounFor({ source }: CertificateFile): string {
  return source === CA_FLAG ? "certificate" : `\`${source}\` certificate`;
}
