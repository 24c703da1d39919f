import type { GlobalOptions, Patience } from "../cli/context.ts";
import type { Transport } from "../http/transport/transport.ts";
import type { Wait } from "../http/transport/wait.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * Default maximum wait for one request. It is short because a person may be waiting at a terminal; a scheduler can
 * simply run the command again.
 */
export const DEFAULT_PATIENCE: Patience = { maxWaitMs: 30_000 };

/**
 * Wraps the network transport with the pacing and retries of one token. Every attempt is counted and paced, including
 * retries.
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

/** Returns the network transport with tracing. @throws like `openWire` */
export async function bareTransport(surroundings: Surroundings, options: GlobalOptions): Promise<Transport> {
  const { env, io, clock } = surroundings;
  const [{ openWire }, { hideEchoes }, { traceRequests }, { describeEvent }] = await Promise.all([
    import("./open-wire.ts"),
    import("../http/transport/echoed-secrets.ts"),
    import("../http/transport/tracing.ts"),
    import("../output/http-events.ts"),
  ]);
  const wire = await openWire(surroundings, options);
  return traceRequests(hideEchoes(wire.transport), {
    clock,
    traceparent: env["TRACEPARENT"],
    ...(options.verbose === true
      ? { listener: (event) => void io.stderr.write(describeEvent(event)).catch(() => {}) }
      : {}),
  });
}
