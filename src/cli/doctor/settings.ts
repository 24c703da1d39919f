import type { Setting, Settings } from "../../auth/settings/settings.ts";
import { type CheckResult, type Facts, type FactValue, failedBy, passed, warned } from "./check.ts";
import type { Situation } from "./situation.ts";

/** Reports the effective settings and their sources; for a secret, reports only whether it is set. */
export function checkSettings(situation: Situation): CheckResult {
  const { profile, settings, store } = situation;
  const facts: Facts = {
    ...(settings.value === null ? NOTHING_KNOWN : settingFacts(settings.value)),
    profile:
      profile.value === null
        ? null
        : {
            name: profile.value.name.value,
            source: profile.value.name.source,
            exists: profile.value.profile !== null,
            remembered: { ...(profile.value.profile?.remembered ?? NOTHING_REMEMBERED) },
          },
    store: store.value === null ? null : { kind: store.value.value, source: store.value.source },
  };
  const error = profile.error ?? settings.error ?? store.error;
  if (error !== null) return failedBy(error, facts);
  if (settings.value === null || profile.value === null || store.value === null) return passed("", facts);
  const { region, clientId, clientSecret, accessToken, notes } = settings.value;
  const summary = [
    `region ${region.value.id ?? region.value.apiUrl} (${region.source})`,
    `profile \`${profile.value.name.value}\` (${profile.value.name.source}${profile.value.profile === null ? ", not created yet" : ""})`,
    clientId === null ? "no client id" : `client id ${clientId.value} (${clientId.source})`,
    describePresence("client secret", clientSecret),
    describePresence("access token", accessToken),
    `store ${store.value.value} (${store.value.source})`,
  ].join(", ");
  return notes.length === 0 ? passed(summary, facts) : warned(summary, notes.join("; "), facts);
}

const NOTHING_REMEMBERED = { accessToken: false, refreshToken: false, clientSecret: false };
const NOTHING_KNOWN: Facts = {
  region: null,
  clientId: null,
  clientSecret: null,
  accessToken: null,
  notes: [],
};

function settingFacts({ region, clientId, clientSecret, accessToken, notes }: Settings): Facts {
  const { id, domain, loginUrl, apiUrl } = region.value;
  return {
    region: { id, domain, loginUrl, apiUrl, source: region.source },
    clientId: clientId === null ? null : { value: clientId.value, source: clientId.source },
    clientSecret: presence(clientSecret),
    accessToken: presence(accessToken),
    notes: [...notes],
  };
}

function presence(secret: Setting<unknown> | null): FactValue {
  return { isPresent: secret !== null, source: secret?.source ?? null };
}

function describePresence(what: string, secret: Setting<unknown> | null): string {
  return secret === null ? `no ${what}` : `${what} present (${secret.source})`;
}
