import type { LoginMemory } from "../auth/login-memory.ts";
import type { Session } from "../auth/session.ts";
import type { Settings } from "../auth/settings.ts";
import type { Connection, GlobalOptions, Patience } from "../cli/context.ts";
import type { Transport } from "../http/transport.ts";
import { tell } from "../output/present.ts";
import type { Api } from "../platform/api.ts";
import type { Region } from "../platform/region.ts";
import { openMemory } from "./memory.ts";
import type { Surroundings } from "./surroundings.ts";
import { bareTransport, DEFAULT_PATIENCE, patientTransport } from "./wire.ts";

/** Settings by flag, environment and the selected profile. */
export async function readSettings(
  { env }: Surroundings,
  options: GlobalOptions,
  memory: LoginMemory,
): Promise<Settings> {
  const [{ resolveSettings }, { selectExistingProfile }] = await Promise.all([
    import("../auth/settings.ts"),
    import("../auth/select-profile.ts"),
  ]);
  const { profile } = await selectExistingProfile(memory.profiles, { flag: options.profile, env });
  return resolveSettings({ flags: options, env, profile: profile ?? undefined });
}

/** The service with the session that flags, environment and profile describe. */
export async function connect(
  surroundings: Surroundings,
  options: GlobalOptions,
  patience: Patience = DEFAULT_PATIENCE,
): Promise<Connection> {
  const { env, io, clock, random, signal } = surroundings;
  const memory = await openMemory(surroundings, options);
  const settings = await readSettings(surroundings, options, memory);
  for (const note of settings.notes) await tell(io, options, note);
  const [{ openSession }, wire] = await Promise.all([
    import("../auth/open-session.ts"),
    bareTransport(surroundings, options),
  ]);
  const session = openSession(settings, {
    transport: wire,
    clock,
    random,
    maxWaitMs: patience.maxWaitMs,
    signal,
    env,
    memory,
  });
  return {
    settings,
    session,
    api: await openApi(surroundings, settings.region.value, session, wire, patience),
  };
}

/** The API with the token of a session. */
export async function openApi(
  surroundings: Surroundings,
  region: Region,
  session: Session,
  wire: Transport,
  patience: Patience = DEFAULT_PATIENCE,
): Promise<Api> {
  const [{ createApi }, { authorizeRequests }, { renewRejectedToken }] = await Promise.all([
    import("../platform/api-client.ts"),
    import("../http/authorize.ts"),
    import("../auth/renewal.ts"),
  ]);
  const tokens = async () => (await session.accessToken()).secret;
  const origins = [new URL(region.apiUrl).origin];
  // From the inside out: the wire, pacing and patience, the token, a new token when the service rejects it.
  const patient = await patientTransport(surroundings, wire, patience);
  const transport = renewRejectedToken(authorizeRequests(patient, { tokens, origins }), session);
  return createApi({ region, transport, signal: surroundings.signal });
}

/** The service without a token, for what is public. */
export async function connectAnonymously(surroundings: Surroundings, options: GlobalOptions): Promise<Api> {
  const [{ createApi }, memory, wire] = await Promise.all([
    import("../platform/api-client.ts"),
    openMemory(surroundings, options),
    bareTransport(surroundings, options),
  ]);
  const { region } = await readSettings(surroundings, options, memory);
  return createApi({
    region: region.value,
    transport: await patientTransport(surroundings, wire),
    signal: surroundings.signal,
  });
}
