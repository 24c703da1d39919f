import type { Connection, Context, GlobalOptions } from "./cli/context.ts";
import { run } from "./cli/run.ts";
import { systemClock } from "./core/clock.ts";
import { parseDuration } from "./core/duration.ts";
import { UsageError } from "./core/errors.ts";
import type { Io } from "./core/io.ts";
import { systemRandom } from "./core/random.ts";
import type { Transport } from "./http/transport.ts";
import { nodeIo } from "./output/node-streams.ts";

/** Put in by the build from package.json; absent when run from source. */
declare const __GENSCOPE_VERSION__: string | undefined;
const VERSION = typeof __GENSCOPE_VERSION__ === "string" ? __GENSCOPE_VERSION__ : "0.0.0-source";

const DEFAULT_TIMEOUT = "60s";
/** A person waits at a terminal; a scheduler tries again by itself. */
const MAX_WAIT_MS = 30_000;

/** The process as a run of the program may touch it. */
export interface Surroundings {
  readonly env: Context["env"];
  readonly io: Io;
  readonly signal: AbortSignal;
  /** Called at the end: what would keep the process alive. */
  readonly cleanUps: (() => Promise<void>)[];
}

/**
 * The composition root: the only place that reads `process` and picks implementations.
 * @returns the exit code
 */
export async function main(argv: readonly string[]): Promise<number> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  const cleanUps: Surroundings["cleanUps"] = [];
  const io = nodeIo(process, process.env);
  try {
    return await run(
      argv,
      createContext({ env: process.env, io, signal: interruption.signal, cleanUps }),
      VERSION,
    );
  } finally {
    for (const cleanUp of cleanUps) await cleanUp();
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
}

/** The context of one run; nothing is imported or connected before a command asks. */
export function createContext(surroundings: Surroundings): Context {
  const { env, io, signal } = surroundings;
  const context: Context = {
    io,
    env,
    signal,
    clock: systemClock,
    random: systemRandom,
    cacheDirectory: async () => {
      const own = env["GENSCOPE_CONFIG_DIR"];
      if (own !== undefined && own !== "") return (await import("node:path")).join(own, "cache");
      const { default: envPaths } = await import("env-paths");
      return envPaths("genscope", { suffix: "" }).cache;
    },
    connect: async (options) => await connect(surroundings, options),
    connectAnonymously: async (options) => {
      const [{ createApi }, { resolveSettings }] = await Promise.all([
        import("./platform/api-client.ts"),
        import("./auth/settings.ts"),
      ]);
      const { region } = resolveSettings({ flags: options, env });
      return createApi({
        region: region.value,
        transport: await patientTransport(surroundings, options),
        signal,
      });
    },
    startSandbox: async (options) => {
      const { startSandbox } = await import("./sandbox/server.ts");
      const sandbox = await startSandbox(options, { clock: systemClock });
      surroundings.cleanUps.push(async () => await sandbox.close());
      return sandbox;
    },
    listScenarios: async () => (await import("./sandbox/scenarios/scenarios.ts")).listScenarios(),
    readTextFile: async (path) => await readTextFile(path, "input"),
    withEnvironment: (other, otherIo) => createContext({ ...surroundings, env: other, io: otherIo ?? io }),
    run: async (argv) => await run(argv, context, VERSION),
  };
  return context;
}

async function connect(surroundings: Surroundings, options: GlobalOptions): Promise<Connection> {
  const { env, signal } = surroundings;
  const [{ resolveSettings }, { openSession }, { createApi }, { authorizeRequests }, { renewRejectedToken }] =
    await Promise.all([
      import("./auth/settings.ts"),
      import("./auth/open-session.ts"),
      import("./platform/api-client.ts"),
      import("./http/authorize.ts"),
      import("./auth/renewal.ts"),
    ]);
  const settings = resolveSettings({ flags: options, env });
  const region = settings.region.value;
  const bare = await bareTransport(surroundings, options);
  const session = openSession(settings, {
    transport: bare,
    clock: systemClock,
    random: systemRandom,
    maxWaitMs: MAX_WAIT_MS,
    signal,
  });
  const tokens = async () => (await session.accessToken()).secret;
  const origins = [new URL(region.apiUrl).origin];
  // From the inside out: the wire, patience and pacing, the token, a new token when the service rejects it.
  const patient = await patientTransport(surroundings, options, bare);
  const transport = renewRejectedToken(authorizeRequests(patient, { tokens, origins }), session);
  return { settings, session, api: createApi({ region, transport, signal }) };
}

/** Retries and the pace of one token around the wire. */
async function patientTransport(
  surroundings: Surroundings,
  options: GlobalOptions,
  wire?: Transport,
): Promise<Transport> {
  const [{ retryRequests }, { paceRequests }] = await Promise.all([
    import("./http/retry.ts"),
    import("./http/pacing.ts"),
  ]);
  const bare = wire ?? (await bareTransport(surroundings, options));
  return paceRequests(
    retryRequests(bare, { clock: systemClock, random: systemRandom, maxWaitMs: MAX_WAIT_MS }),
    { clock: systemClock },
  );
}

/** The wire with tracing: proxies, certificates and time-outs as flags and environment say. */
async function bareTransport(
  { env, io, cleanUps }: Surroundings,
  options: GlobalOptions,
): Promise<Transport> {
  const timeoutMs = parseDuration(options.timeout ?? DEFAULT_TIMEOUT, "--timeout");
  const certificates = await Promise.all(
    [options.caCert, env["SSL_CERT_FILE"], env["NODE_EXTRA_CA_CERTS"]]
      .filter((path) => path !== undefined && path !== "")
      .map(async (path) => await readTextFile(path ?? "", "certificate")),
  );
  const [{ undiciTransport }, { traceRequests }, { describeEvent }] = await Promise.all([
    import("./http/undici-transport.ts"),
    import("./http/tracing.ts"),
    import("./output/http-events.ts"),
  ]);
  const wire = undiciTransport({
    caCertificates: certificates,
    httpsProxy: env["HTTPS_PROXY"] ?? env["https_proxy"],
    httpProxy: env["HTTP_PROXY"] ?? env["http_proxy"],
    noProxy: env["NO_PROXY"] ?? env["no_proxy"],
    userAgent: `genscope/${VERSION}`,
    defaultTimeoutMs: timeoutMs,
    clock: systemClock,
  });
  cleanUps.push(wire.close);
  return traceRequests(wire.transport, {
    clock: systemClock,
    traceparent: env["TRACEPARENT"],
    ...(options.verbose === true ? { listener: (event) => void io.stderr.write(describeEvent(event)) } : {}),
  });
}

async function readTextFile(path: string, what: string): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : "unreadable";
    throw new UsageError("usage.file", `can't read the ${what} file \`${path}\` (${reason})`, {
      hint: "check the path and its permissions",
      cause,
    });
  }
}
