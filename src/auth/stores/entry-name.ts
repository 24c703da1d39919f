import type { CredentialKey, CredentialKind } from "./credential-store.ts";

const SUFFIXES: Readonly<Record<CredentialKind, string>> = {
  "access-token": "at",
  "refresh-token": "rt",
  "client-secret": "cs",
};

/**
 * Returns the account under which a store keeps an entry: `<profile>@<host>#at`, `#rt` or `#cs`. A host
 * contains neither `@` nor `#`, so two keys never share a name.
 */
export function entryName({ profile, host, kind }: CredentialKey): string {
  return `${profile}@${host}#${SUFFIXES[kind]}`;
}
