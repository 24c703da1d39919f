import type { CredentialKey, CredentialKind } from "./credential-store.ts";

const SUFFIXES: Readonly<Record<CredentialKind, string>> = {
  "access-token": "at",
  "refresh-token": "rt",
  "client-secret": "cs",
};

/**
 * Returns the account name of an entry in a store: `<profile>@<host>#at`, `#rt` or `#cs`. A host contains neither `@`
 * nor `#`, so two keys never share a name.
 */
export function entryName({ profile, host, kind }: CredentialKey): string {
  return `${profile}@${host}#${SUFFIXES[kind]}`;
}

/** Returns the title that a keyring viewer shows for an entry. */
export function entryLabel(account: string): string {
  const [, profile, suffix, part] = /^(.+)@[^@#]+#(\w+)(?:\.[ab](\d+))?$/.exec(account) ?? [];
  const kind = Object.entries(SUFFIXES)
    .find(([, each]) => each === suffix)?.[0]
    .replace("-", " ");
  if (kind === undefined) return "genscope: test entry";
  return `genscope: ${kind} of profile ${profile}${part === undefined ? "" : `, part ${Number(part) + 1}`}`;
}
