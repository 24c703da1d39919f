import { classifyHost } from "../../../platform/region/host.ts";
import { REGIONS } from "../../../platform/region/region-list.ts";
import type { SourceText } from "../text/source-text.ts";
import { isTestPath } from "../text/test-file.ts";

/** Matches words that occur only in text about the platform. */
const MENTION = /purecloud|genesys|pure\.cloud|inin-(?:correlation|ratelimit)/i;
/**
 * Matches an address of the API whose domain is a variable: `https://api.${region}/api/v2`,
 * `"https://api." + region + "/api/v2"`.
 */
const VARIABLE_ADDRESS = /https?:\/\/api\.(?:["'`]\s*[+.&]|[$#{<%\\])[^\n]{0,120}\/api\/v2\b/;
const SDK =
  /purecloud-?_?platform-?_?client|platformclientv2|platform-client-sdk|com\.mypurecloud\.sdk|PureCloudPlatform\.Client|\bplatformClient\b/i;
/** Names of other products whose API paths also begin with `/api/v2`. */
const OTHER_PRODUCTS =
  "zendesk auth0 datadog freshdesk freshservice freshchat pokeapi snyk nulab jamf ansible awx unifi sonarqube sonarcloud opsgenie kayako gorgias".split(
    " ",
  );
/**
 * Matches the names of other products as whole words, alone or within an identifier: `zendeskUrl`, `DATADOG_SITE`, not
 * `snykers`.
 */
const OTHER_PRODUCT = new RegExp(
  [
    `(?<![A-Za-z])(?:${OTHER_PRODUCTS.join("|")})(?![a-z])`,
    `(?<![A-Z])(?:DataDog|${OTHER_PRODUCTS.map((name) => name.charAt(0).toUpperCase() + name.slice(1)).join("|")})(?![a-z])`,
    `(?<![A-Za-z])(?:${OTHER_PRODUCTS.join("|").toUpperCase()})(?![A-Za-z])`,
    "(?<![\\w-])(?:harness\\.io|backlog\\.(?:com|jp))(?![\\w-])",
  ].join("|"),
);
const LOCAL_HOST = /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\]|host\.docker\.internal)(?::\d+)?$/i;
const DOMAINS = REGIONS.map(({ domain }) => domain);

/** Relation of a file to the platform. */
export interface PlatformContext {
  /** Whether the file uses one of the official SDKs. */
  readonly usesSdk: boolean;
  readonly isMentioned: boolean;
  /** Whether the file's project uses the platform, even if the file does not mention it. */
  readonly isInProject: boolean;
  /** Whether the file mentions another product whose API paths also begin with `/api/v2`. */
  readonly hasRival: boolean;
  /** Whether code in its tree calls SDK methods by names in variables. */
  readonly isDispatched: boolean;
  /** Whether the file is a test, which may deliberately name things that do not exist. */
  readonly isTest: boolean;
}

/**
 * Kind of text before a path: the API's host, another host of the platform, a foreign host, or text that does not show
 * the host.
 */
export type BaseKind =
  | { readonly kind: "platform" | "foreign" | "open" }
  | { readonly kind: "wrong"; readonly host: string; readonly why: string; readonly domain: string | null };

/** Returns whether the text mentions the platform at all. */
export function mentionsPlatform(text: string): boolean {
  return MENTION.test(text) || VARIABLE_ADDRESS.test(text);
}

/** Returns the offset of the first API address outside comments; null if there is none. */
export function findApiAddress(source: SourceText): number | null {
  for (const { 1: host = "", index } of source.text.matchAll(/https:\/\/([a-z0-9.-]{1,253})/gi)) {
    if (classifyHost(host, DOMAINS).kind === "api" && source.commentAt(index) === null) return index;
  }
  return null;
}

/** Returns the offset of the first mention of the platform outside comments; null if there is none. */
export function findMention(source: SourceText): number | null {
  for (const { index } of source.text.matchAll(new RegExp(MENTION, "gi"))) {
    if (source.commentAt(index) === null) return index;
  }
  return null;
}

/**
 * Returns the offset of the first SDK name outside comments; null if there is none, or if the file never mentions the
 * platform.
 */
export function findSdk(source: SourceText): number | null {
  if (!MENTION.test(source.text)) return null;
  for (const { index } of source.text.matchAll(new RegExp(SDK, "gi"))) {
    if (source.commentAt(index) === null) return index;
  }
  return null;
}

export function readContext(
  text: string,
  file: string,
  { isPlatform: isInProject, isDispatched }: { readonly isPlatform: boolean; readonly isDispatched: boolean },
): PlatformContext {
  return {
    isDispatched,
    usesSdk: SDK.test(text),
    isMentioned: mentionsPlatform(text) || MENTION.test(file),
    isInProject,
    hasRival: OTHER_PRODUCT.test(text),
    isTest: isTestPath(file),
  };
}

/** Classifies the text before a path. */
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

/** Matches code that calls a method by the name in a variable. */
const DISPATCHES =
  /getattr\([^()\n]{0,80}(?:\([^()\n]{0,40}\)[^()\n]{0,40})?,\s*[A-Za-z_][\w.]*(?:\[[^\]\n]*\])?\s*[,)]|methodcaller\(|[\w)\]]\[\s*[A-Za-z_][\w.]*(?:\s+as\s+[^\]\n]{1,60})?\s*\](?:!|\?\.)?(?:\(|\.(?:bind|call|apply)\()|Reflect\.get\(|\.(?:public_send|send|__send__|method)[ (]\s*:?[a-z_@][\w.]*\b(?!["':])|\.(?:getMethod|GetMethod|InvokeMember|MethodByName)\(\s*[A-Za-z_]|->\{?\$\w+\}?(?:\[[^\]]*\]\}?)?\s*\(|call_user_func|\.\$\w+\(|\.\(?\$\w+\)?\.Invoke/;

/** Returns whether the text uses an SDK and calls its methods by names in variables. */
export function callsByName(text: string): boolean {
  return SDK.test(text) && DISPATCHES.test(text);
}

/** Returns whether the text mentions another product whose API paths begin with `/api/v2`, but never the platform. */
export function isRivalOnly(text: string): boolean {
  return OTHER_PRODUCT.test(text) && !MENTION.test(text);
}
