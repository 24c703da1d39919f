import { classifyHost } from "../../../platform/host.ts";
import { REGIONS } from "../../../platform/region-list.ts";

/** Words that only occur where the platform is spoken of. */
const MENTION = /purecloud|genesys|pure\.cloud|inin-(?:correlation|ratelimit)/i;
const SDK =
  /purecloud-?_?platform-?_?client|platformclientv2|platform-client-sdk|com\.mypurecloud\.sdk|PureCloudPlatform\.Client|\bplatformClient\b/i;
/** Other products whose API has paths that begin with `/api/v2` as well. */
const OTHER_PRODUCT =
  /zendesk|auth0|datadog|freshdesk|freshservice|freshchat|pokeapi|harness\.io|snyk|backlog|jamf|ansible|tower|awx|unifi|sonar|opsgenie|kayako|gorgias/i;
const TEST_FILE =
  /(?:^|[\\/])(?:tests?|specs?|__tests__|__mocks__|fixtures)[\\/]|[._-](?:[Tt]ests?|[Ss]pec)\.\w+$|Tests?\.(?:java|kt|cs|php|swift)$/;
const LOCAL_HOST = /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\]|host\.docker\.internal)(?::\d+)?$/i;
const DOMAINS = REGIONS.map(({ domain }) => domain);

/** How much a file has to do with the platform. */
export interface PlatformContext {
  /** It uses one of the official SDKs. */
  readonly usesSdk: boolean;
  readonly isMentioned: boolean;
  /** Its project has to do with the platform, whatever this file says. */
  readonly isInProject: boolean;
  /** It speaks of another product with such paths. */
  readonly hasRival: boolean;
  /** It tests code, and so may name what does not exist on purpose. */
  readonly isTest: boolean;
}

/** What stands before a path: the API's host, another of the platform's, somebody else's, or nothing that tells. */
export type BaseKind =
  | { readonly kind: "platform" | "foreign" | "open" }
  | { readonly kind: "wrong"; readonly host: string; readonly why: string; readonly domain: string | null };

/** Whether a text has to do with the platform at all. */
export function mentionsPlatform(text: string): boolean {
  return MENTION.test(text);
}

export function readContext(text: string, file: string, isInProject: boolean): PlatformContext {
  return {
    usesSdk: SDK.test(text),
    isMentioned: MENTION.test(text) || MENTION.test(file),
    isInProject,
    hasRival: OTHER_PRODUCT.test(text),
    isTest: TEST_FILE.test(file),
  };
}

/** Classifies what stands before a path, up to the path. */
export function classifyBase(base: string): BaseKind {
  const host = /^["'`]*(?:https?|wss?):\/\/(?:[^/@]*@)?([^/]*)/i.exec(base)?.[1];
  if (host === undefined) return bareHost(base);
  const prefix = /^(login|apps)\.(?=[$#{<%\\])/i.exec(host)?.[1];
  if (prefix !== undefined) return wrongService(host, prefix.toLowerCase(), null);
  if (/[${}<>%#\\]/.test(host)) {
    return { kind: /^api\.[$#{<%\\]/i.test(host) || MENTION.test(host) ? "platform" : "open" };
  }
  return LOCAL_HOST.test(host) ? { kind: "open" } : ofHost(host);
}

function bareHost(base: string): BaseKind {
  const host = /^((?:[\w-]+\.)+[a-z]{2,})(?::\d+)?(?:\/|$)/i.exec(base)?.[1];
  return host === undefined ? { kind: MENTION.test(base) ? "platform" : "open" } : ofHost(host);
}

function ofHost(host: string): BaseKind {
  const match = classifyHost(host, DOMAINS);
  switch (match.kind) {
    case "api":
      return { kind: "platform" };
    case "login":
    case "apps":
      return wrongService(host, match.kind, match.domain);
    case "wrong":
      return { kind: "wrong", host, why: match.why, domain: match.domain };
    case "other":
      return { kind: "foreign" };
  }
}

function wrongService(host: string, prefix: string, domain: string | null): BaseKind {
  return { kind: "wrong", host, why: `\`${prefix}.\` does not serve the API`, domain };
}
