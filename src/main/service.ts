import type { Session } from "../auth/session/session.ts";
import type { Connection, ConnectOptions, GlobalOptions, Patience } from "../cli/context.ts";
import type { Transport } from "../http/transport/transport.ts";
import { writeNote } from "../output/present.ts";
import type { Api } from "../platform/api/api.ts";
import type { Region } from "../platform/region/region.ts";
import { openLoginStorage } from "./login-storage.ts";
import { readSettings } from "./settings.ts";
import type { Surroundings } from "./surroundings.ts";
import { bareTransport, DEFAULT_PATIENCE, patientTransport } from "./wire.ts";

/** Connects to the service with the session that flags, environment and profile select. */
export async function connect(surroundings: Surroundings, options: ConnectOptions): Promise<Connection> {
  const { env, io, clock, random, signal } = surroundings;
  const patience = options.maxWait === undefined ? DEFAULT_PATIENCE : { maxWaitMs: options.maxWait };
  const storage = await openLoginStorage(surroundings, options);
  const { settings, selectedBy } = await readSettings(surroundings, options, storage);
  const { noteGateway } = await import("../platform/region/gateway.ts");
  const gateway = noteGateway(settings.region.value, settings.region.source);
  for (const note of settings.notes) await writeNote(io, options, note);
  // Printed even with `--quiet`, because the destination of a secret is not a hint.
  if (gateway !== null) await writeNote(io, {}, gateway);
  const [{ openSession }, { prefixErrors }, { showWait }, wire] = await Promise.all([
    import("../auth/session/open-session.ts"),
    import("../auth/settings/file-login.ts"),
    import("../output/progress/progress.ts"),
    bareTransport(surroundings, options),
  ]);
  const open = () =>
    openSession(settings, {
      transport: wire,
      clock,
      random,
      maxWaitMs: patience.maxWaitMs,
      onWait: (wait) => showWait(io, wait),
      signal,
      env,
      storage,
    });
  const session = selectedBy === null ? open() : prefixErrors(selectedBy, open);
  return {
    settings,
    session,
    api: await openApi(surroundings, settings.region.value, session, wire, patience),
  };
}

/** Returns the API with the token of a session. */
export async function openApi(
  surroundings: Surroundings,
  region: Region,
  session: Session,
  wire: Transport,
  patience: Patience = DEFAULT_PATIENCE,
): Promise<Api> {
  const [{ createApi }, { authorizeRequests }, { renewRejectedToken }] = await Promise.all([
    import("../platform/api/api-client.ts"),
    import("../http/transport/authorize.ts"),
    import("../auth/session/renew-rejected-token.ts"),
  ]);
  const tokens = async () => (await session.accessToken()).secret;
  const origins = [new URL(region.apiUrl).origin];
  // Layers from the inside out: the network transport, pacing and retries, the token, and its renewal when the service
  // rejects it.
  const patient = await patientTransport(surroundings, wire, patience);
  const transport = renewRejectedToken(authorizeRequests(patient, { tokens, origins }), session);
  return createApi({ region, transport, signal: surroundings.signal });
}

/** Connects to the service without a token, for public operations. */
export async function connectAnonymously(surroundings: Surroundings, options: GlobalOptions): Promise<Api> {
  const [{ createApi }, storage, wire] = await Promise.all([
    import("../platform/api/api-client.ts"),
    openLoginStorage(surroundings, options),
    bareTransport(surroundings, options),
  ]);
  const { settings } = await readSettings(surroundings, options, storage);
  return createApi({
    region: settings.region.value,
    transport: await patientTransport(surroundings, wire),
    signal: surroundings.signal,
  });
}
