import { formatRedirectUri } from "../../../auth/pkce/redirect-uri.ts";
import { emptyProfile, type Profile } from "../../../auth/profiles/profile.ts";
import { replaceLogin } from "../../../auth/profiles/replace-login.ts";
import { profileTokenSession } from "../../../auth/session/fixed-token-session.ts";
import { selectProfile } from "../../../auth/settings/select-profile.ts";
import { resolveSettings, type Settings } from "../../../auth/settings/settings.ts";
import type { IssuedTokens } from "../../../auth/token/issued-tokens.ts";
import { requestClientCredentialsToken } from "../../../auth/token/token-endpoint.ts";
import { isTokenThrottle } from "../../../auth/token/token-throttle.ts";
import { InterruptedError, UsageError } from "../../../core/errors.ts";
import type { Secret } from "../../../core/secret.ts";
import { retryRequests } from "../../../http/retry/retry.ts";
import type { Transport } from "../../../http/transport/transport.ts";
import type { Wait } from "../../../http/transport/wait.ts";
import { showWait, withProgress } from "../../../output/progress/progress.ts";
import { noteGateway } from "../../../platform/region/gateway.ts";
import type { Context, GlobalOptions } from "../../context.ts";
import { whoami } from "../whoami/run.ts";
import { askRegion } from "./ask-region.ts";
import { checkGivenId, obtainClientId } from "./client-id.ts";
import { type LoginFlags, type LoginPlan, obtainClientSecret, planLogin } from "./plan.ts";
import { replacementOf } from "./replacement.ts";
import type { LoginResult } from "./result.ts";
import { refuseToken, revokeUnusedToken } from "./unused-token.ts";

/** The maximum wait for a throttled token endpoint. */
const MAX_WAIT_MS = 30_000;

export interface LoginReport {
  readonly result: LoginResult;
  /** Notes for stderr, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Obtains a token, verifies it and stores it. Tests the store before the first question, so that no login is lost.
 * @param say prints lines while the browser is open
 * @throws UsageError, StoreError, AuthError, NetworkError, UnavailableError. In each case, nothing is stored.
 */
export async function login(
  context: Context,
  options: GlobalOptions & LoginFlags,
  say: (line: string) => Promise<void>,
): Promise<LoginReport> {
  const { env } = context;
  const storage = await context.openLoginStorage(options);
  const selected = await selectProfile(storage.profiles, { flag: options.profile, env });
  const resolved = resolveSettings({ flags: options, env, profile: selected.profile ?? undefined });
  const plan = planLogin(options, selected.profile, resolved, env);
  const prompter = context.prompter(options);
  const known = prompter === null ? await askRegion(resolved, null, say) : resolved;
  checkGivenId(options, known, prompter);
  if (plan.grant === "pkce" && plan.opensBrowser && options.input === false) throw NO_PERSON();
  const store = await storage.openStore(plan.store);
  await store.probe();

  const settings = prompter === null ? known : await askRegion(known, prompter, say);
  const gateway = noteGateway(settings.region.value, settings.region.source);
  if (gateway !== null) await say(gateway);
  const clientId = await obtainClientId(options, settings, prompter, say);
  const profile = profileOf(selected.name.value, settings, plan, clientId);
  const replacement = replacementOf(selected.profile, { isAllowed: options.replace === true, prompter });
  await replacement.confirm(profile);
  // With a browser, `--timeout` limits how long the person may take to log in, not a request.
  const wire = await context.loginTransport(
    plan.grant === "pkce" ? { ...options, timeout: undefined } : options,
  );
  const { tokens, clientSecret } =
    plan.grant === "pkce"
      ? {
          tokens: await logInAsUser(context, options, settings, plan, { clientId, wire, say }),
          clientSecret: null,
        }
      : await logInAsClient(context, options, settings, clientId, wire);

  const session = profileTokenSession(profile, store, tokens.accessToken);
  const api = await context.openApi(settings.region.value, session, wire);
  const { clock } = context;
  const identity = await withProgress(context, options, "reading the token's identity", async () =>
    whoami({ clock, connect: async () => ({ settings, session, api }) }),
  ).catch(async (error: unknown) => {
    await say(await revokeUnusedToken(api, clock));
    throw error;
  });
  const verified: Profile = {
    ...profile,
    organization: identity.organization?.name ?? null,
    organizationId: identity.organization?.id ?? null,
    identity: identity.user?.name ?? identity.client?.name ?? null,
  };
  // The organization is known only now. The earlier login stays in place until the user answers.
  const { profile: saved, notes } = await replacement
    .confirm(verified)
    .then(
      async () =>
        await replaceLogin(storage, store, verified, { tokens, clientSecret }, (held) =>
          replacement.check(held, verified),
        ),
    )
    .catch(async (error: unknown) => {
      throw isRefusal(error) ? await refuseToken(api, clock, error) : error;
    });
  const replaced = replacement.describe(verified);
  const { current } = await storage.profiles.list();
  const overriddenBy = resolveSettings({ flags: options, env, profile: saved }).notes;
  return {
    result: {
      ...identity,
      schema: "genscope/login/v1",
      login: {
        profile: saved.name,
        isCurrent: current === saved.name,
        grant: saved.grant,
        store: saved.store,
        storedIn: session.describe().storedIn,
        redirectUri: saved.redirectUri,
        isRenewable: saved.remembered.clientSecret || saved.remembered.refreshToken,
        overriddenBy: overriddenBy.filter((note) => !settings.notes.includes(note)),
      },
    },
    notes: [...settings.notes, ...notes, ...(replaced === null ? [] : [replaced])],
  };
}

const NO_PERSON = () =>
  new UsageError("usage.arguments", "a browser login is interactive, and `--no-input` forbids prompts", {
    hint: "log in as an OAuth client with `--client-secret-stdin`, or use `--no-browser` and let another program open the printed address",
  });

function isRefusal(error: unknown): error is UsageError | InterruptedError {
  return error instanceof UsageError || error instanceof InterruptedError;
}

async function logInAsUser(
  context: Context,
  options: GlobalOptions,
  { region }: Settings,
  plan: LoginPlan,
  about: {
    readonly clientId: string;
    readonly wire: Transport;
    readonly say: (line: string) => Promise<void>;
  },
): Promise<IssuedTokens> {
  const { logInWithBrowser } = await import("../../../auth/pkce/browser-login.ts");
  const { clock, random, signal, io } = context;
  const isPasted = !plan.opensBrowser && options.input !== false;
  return await logInWithBrowser(
    {
      region: region.value,
      regionSource: region.source,
      clientId: about.clientId,
      redirect: plan.redirect,
      page: plan.page,
      timeoutMs: plan.timeoutMs,
    },
    {
      transport: about.wire,
      clock,
      random,
      signal,
      maxWaitMs: MAX_WAIT_MS,
      openBrowser: plan.opensBrowser ? context.openBrowser : null,
      pasted: isPasted ? (until) => io.stdin.lines(until) : null,
      say: about.say,
      showWork: async (text, work) => await withProgress(context, options, text, async () => await work()),
      onWait: (wait) => showWait(io, wait),
    },
  );
}

async function logInAsClient(
  context: Context,
  options: GlobalOptions & LoginFlags,
  settings: Settings,
  clientId: string,
  wire: Transport,
): Promise<{ readonly tokens: IssuedTokens; readonly clientSecret: Secret }> {
  const { clock, random, signal, io } = context;
  const clientSecret = await obtainClientSecret(options, clientId, settings, io, context.prompter(options));
  const issuedAtMs = clock.now();
  const onWait = (wait: Wait) => showWait(io, wait);
  const accessToken = await withProgress(
    context,
    options,
    "requesting a token",
    async () =>
      await requestClientCredentialsToken(
        {
          region: settings.region.value,
          regionSource: settings.region.source,
          transport: retryRequests(wire, {
            clock,
            random,
            maxWaitMs: MAX_WAIT_MS,
            onWait,
            isThrottle: isTokenThrottle,
          }),
          nowMs: issuedAtMs,
          signal,
        },
        { clientId, clientSecret },
      ),
  );
  return { tokens: { accessToken, issuedAtMs, refreshToken: null }, clientSecret };
}

function profileOf(name: string, { region }: Settings, plan: LoginPlan, clientId: string): Profile {
  return emptyProfile({
    name,
    region: region.value.id ?? region.value.apiUrl,
    grant: plan.grant,
    clientId,
    store: plan.store,
    redirectUri: plan.grant === "pkce" ? formatRedirectUri(plan.redirect) : null,
  });
}
