import { classifyHost } from "../../../platform/region/host.ts";
import { findNamedRegions } from "../../../platform/region/named-region.ts";
import { REGIONS } from "../../../platform/region/region-list.ts";
import type { Layer } from "../../verdict/verdict.ts";
import { findAllReported } from "../assertion/asserted.ts";
import type { Failure } from "../paste/failure.ts";
import type { AnswerClaim } from "./answer-claims.ts";
import { SOURCES } from "./source.ts";

const HOST = /(?<![\w.-])(?:api|login|apps)\.[a-z0-9.-]{4,60}/gi;
/** Matches the domain in a program's settings: `environment = "mypurecloud.com"`. */
const CONFIGURED =
  /\b(?:environment|env|region|domain|base_?(?:url|path|uri))["']?\s{0,3}(?:[:=]|=>)\s{0,3}["'`]?(?:https?:\/\/)?([a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){1,3})(?![\w.-]*\/)/i;
/** Matches the setting of Genesys' own tools, which takes an AWS region id or a domain. */
const REGION_SETTING =
  /\bGENESYS_?CLOUD_REGION\b["']?\s{0,3}(?:[:=]|=>)\s{0,3}["'`]?([a-z][\w.-]{5,40})|\bgenesyscloud\b[^}]{0,200}\baws_region\s{0,20}=\s{0,3}"([a-z][\w-]{5,20})"|\boauthclient_\w{2,10}\b[^}]{0,300}\baws_region\s{0,20}=\s{0,3}"([a-z][\w-]{5,20})"|\baws_region\s{0,20}=\s{0,3}"([a-z][\w-]{5,20})"(?=[^}]{0,300}\boauthclient_)/i;
/** Maximum number of hosts to read. Typical text contains a few; a log repeats the same ones hundreds of times. */
const MOST_HOSTS = 100;
/** Maximum number of characters to search for a region setting. People quote it near the failure. */
const LONGEST_WORDS = 40_000;
/** Codes that a region returns for client ids and tokens that it does not know. */
const OF_STRANGERS = /^(?:invalid_client|bad\.credentials)$/;

/**
 * Reports that the text mentions two regions, when a client id or token was not accepted. Each region knows only its
 * own ids and tokens. Assumes that a program calls the domain in its settings. `words` is the text around the failure;
 * empty when it could be about another failure.
 */
export function findRegionClaims(
  { request }: Pick<Failure, "request">,
  layer: Layer,
  code: string | null,
  words: string,
  domains: readonly string[],
): readonly AnswerClaim[] {
  if (layer !== "token" && layer !== "credentials") return [];
  if (code !== null && !OF_STRANGERS.test(code)) return [];
  const hosts = findAllReported(HOST, words)
    .slice(0, MOST_HOSTS)
    .map(([host]) => host.toLowerCase().replace(/\.+$/, ""));
  // If the text does not contain the request, it is assumed to have gone to the API host that it mentions.
  const api = hosts.find((host) => host.startsWith("api.")) ?? "";
  const setting = readSetting(words.slice(0, LONGEST_WORDS));
  const settings = domains.filter((domain) => domain === setting?.domain);
  const own = domainOf(request?.host ?? api, domains) ?? settings[0] ?? null;
  if (own === null) return [];
  const others = new Set(
    [...hosts.flatMap((host) => domainOf(host, domains) ?? []), ...settings].filter((name) => name !== own),
  );
  if (others.size === 0) return placeElsewhere(own, words);
  const [other] = others;
  if (other === undefined || others.size > 1) return [];
  const isShown = hosts.includes(`apps.${other}`);
  return [
    anotherRegion(
      setting?.id != null
        ? `the setting \`${setting.id}\` is the region of \`${setting.domain}\`, and the text also mentions hosts of \`${setting.domain === own ? other : own}\``
        : `the text mentions ${settings.length > 0 ? "" : "hosts of "}\`${own}\` and \`${other}\``,
      isShown
        ? `if the organization's user interface is at \`apps.${other}\`, ${useRegion(other)}`
        : "use the region of the organization's user interface (`apps.<domain>`) for token requests and calls alike",
    ),
  ];
}

/** A region in a program's settings. */
interface RegionSetting {
  readonly domain: string;
  /** The AWS region id, if the setting contains one instead of the domain. */
  readonly id: string | null;
}

function readSetting(words: string): RegionSetting | null {
  const [, ...settings] = REGION_SETTING.exec(words) ?? [];
  const value = (settings.find((each) => each !== undefined) ?? "").toLowerCase();
  // Terraform writes some ids with underscores.
  const region = REGIONS.find(({ id }) => id === value.replaceAll("_", "-"));
  if (region !== undefined) return { domain: region.domain, id: value };
  const domain = value === "" ? CONFIGURED.exec(words)?.[1]?.toLowerCase() : value;
  return domain === undefined ? null : { domain, id: null };
}

/**
 * Reports that the request went to a region other than the organization's, according to a location named in the text.
 */
function placeElsewhere(own: string, words: string): readonly AnswerClaim[] {
  const named = findNamedRegions(words);
  const [region] = named;
  if (region === undefined || named.length > 1 || region.domain === own) return [];
  const { place, domain } = region;
  return [
    anotherRegion(
      `the region of ${place} is \`${domain}\`, and the request went to \`${own}\``,
      `if the organization is in ${place}, ${useRegion(domain)}`,
    ),
  ];
}

function useRegion(domain: string): string {
  return `request tokens from \`https://login.${domain}/oauth/token\` and call \`https://api.${domain}\``;
}

function anotherRegion(seen: string, summary: string): AnswerClaim {
  return {
    claim: {
      text: "the text points to two different regions",
      verdict: "true",
      truth: `${seen}; ids and tokens of one region are unknown in the other`,
      source: SOURCES.paste,
    },
    remedy: { kind: "use-host", summary },
  };
}

function domainOf(host: string, domains: readonly string[]): string | null {
  const match = classifyHost(host, domains);
  return match.kind === "other" ? null : match.domain;
}
