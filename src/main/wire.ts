import type { GlobalOptions, Patience } from "../cli/context.ts";
import { parseDuration } from "../core/duration.ts";
import { NetworkError } from "../core/errors.ts";
import type { Transport } from "../http/transport/transport.ts";
import type { Wait } from "../http/transport/wait.ts";
import { readTextFile } from "./read-text-file.ts";
import type { Surroundings } from "./surroundings.ts";

const DEFAULT_TIMEOUT = "60s";
/** Shorter for a person at a terminal; a scheduler can simply run again. */
export const DEFAULT_PATIENCE: Patience = { maxWaitMs: 30_000 };

/**
 * Wraps the wire in pacing and retries of one token: every attempt is counted and paced, including repeated
 * ones.
 */
export async function patientTransport(
  { clock, random, io }: Surroundings,
  wire: Transport,
  { maxWaitMs }: Patience = DEFAULT_PATIENCE,
): Promise<Transport> {
  const [{ retryRequests }, { paceRequests }, { showWait }] = await Promise.all([
    import("../http/retry/retry.ts"),
    import("../http/retry/pacing.ts"),
    import("../output/progress/progress.ts"),
  ]);
  const onWait = (wait: Wait) => showWait(io, wait);
  return retryRequests(paceRequests(wire, { clock, onWait }), { clock, random, maxWaitMs, onWait });
}

/**
 * Returns the wire with tracing, and with the proxies, certificates and timeouts of flags and environment.
 * @throws NetworkError `network.verification_off` when the environment turns off certificate verification
 */
export async function bareTransport(
  { env, io, signal, clock, cleanUps, version }: Surroundings,
  options: GlobalOptions,
): Promise<Transport> {
  const [authorities, { readProxySettings }] = await Promise.all([
    import("../http/connection/trusted-authorities.ts"),
    import("../http/connection/proxy-choice.ts"),
  ]);
  if (authorities.turnsVerificationOff(env)) {
    const { message, hint } = authorities.VERIFICATION_OFF;
    throw new NetworkError("network.verification_off", message, { hint });
  }
  const timeoutMs = parseDuration(options.timeout ?? DEFAULT_TIMEOUT, "--timeout");
  const certificates = await Promise.all(
    authorities
      .listCertificateFiles(options.caCert, env)
      .map(async ({ path }) => await readTextFile(path, "certificate", { signal })),
  );
  const [{ undiciTransport }, { hideEchoes }, { traceRequests }, { describeEvent }] = await Promise.all([
    import("../http/transport/undici-transport.ts"),
    import("../http/transport/echoed-secrets.ts"),
    import("../http/transport/tracing.ts"),
    import("../output/http-events.ts"),
  ]);
  const wire = undiciTransport({
    caCertificates: certificates,
    ...readProxySettings(env),
    userAgent: `genscope/${version}`,
    defaultTimeoutMs: timeoutMs,
    clock,
  });
  cleanUps.push(wire.close);
  return traceRequests(hideEchoes(wire.transport), {
    clock,
    traceparent: env["TRACEPARENT"],
    ...(options.verbose === true
      ? { listener: (event) => void io.stderr.write(describeEvent(event)).catch(() => {}) }
      : {}),
  });
}
