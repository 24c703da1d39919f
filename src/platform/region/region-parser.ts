import { closest } from "../../core/closest.ts";
import { UsageError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";
import { gatewayAt } from "./gateway.ts";
import type { Region } from "./region.ts";
import { findRegionLabel } from "./region-label.ts";
import { REGIONS } from "./region-list.ts";

export interface ParsedRegion {
  readonly region: Region;
  /** A sentence that explains to the user how the input was corrected; null when the input was right. */
  readonly note: string | null;
}

/** Host names that are often quoted but never existed, each with the domain of the region that is meant. */
const WRONG_HOSTS: readonly (readonly [pattern: RegExp, domain: string])[] = [
  [/(^|\.)us\.genesys\.cloud$/, "mypurecloud.com"],
  [/^platformapi\.mypurecloud\.com$/, "mypurecloud.com"],
  [/(^|\.)eu-gene\.com$/, "mypurecloud.ie"],
  [/(^|\.)mygenesyscloud\.com$/, "mypurecloud.com"],
];

/** The vendor's domains: a host under one of them is a region or a mistake, never a gateway. */
const VENDOR =
  /(^|\.)(pure\.cloud|us-gov-pure\.cloud|eusc-pure\.cloud|genesys\.cloud|mypurecloud\.[a-z.]+|inindca\.com|inintca\.com|eu-gene\.com|mygenesyscloud\.com)$/;

const SERVICE_PREFIX = /^(api|login|apps)\./;
/**
 * Maximum length of a name that an error may show. Region names have at most 15 characters; client secrets and
 * tokens have 43 or more.
 */
const LONGEST_NAME = 30;

/**
 * Parses a region given as an AWS id (hyphens or underscores, any case), a domain, a pasted URL of any of its hosts, or
 * the base URL of a gateway or sandbox that serves login and API alike.
 * @throws UsageError `usage.region` with the closest region and the whole list, or with the right name for a host that
 * is known to be wrong. The same code is used for a host that imitates the platform's, and for a user name or password,
 * which no error repeats. `usage.plain_http` for http to another machine.
 */
export function parseRegion(text: string): ParsedRegion {
  const name = text.trim();
  const url = readUrl(name);
  if (hasUserInfo(name, url)) {
    throw new UsageError("usage.region", "a region cannot contain a user name or password", {
      hint: "write only the region or host, such as `eu-central-1`; pass credentials through their own variables",
    });
  }
  const host = (url?.hostname ?? name).toLowerCase().replace(/\.$/, "");
  const id = host.replaceAll("_", "-");
  const domain = host.replace(SERVICE_PREFIX, "");

  const exact = REGIONS.find((region) => region.id === id || region.domain === domain);
  if (exact !== undefined) return { region: exact, note: null };
  const wrong = WRONG_HOSTS.find(([pattern]) => pattern.test(host));
  if (wrong !== undefined) {
    throw unknownRegion(
      name,
      domain,
      `there is no such host; the intended region is probably \`${wrong[1]}\``,
    );
  }
  const parent = REGIONS.find((region) => host.endsWith(`.${region.domain}`));
  if (parent !== undefined) {
    const meant = findRegionLabel(host.slice(0, -parent.domain.length - 1))?.region ?? parent;
    if (meant !== parent) {
      throw unknownRegion(
        name,
        domain,
        `there is no such host; the intended region is probably \`${meant.domain}\``,
      );
    }
    return {
      region: parent,
      note: `the organization's name is never part of a host: using \`${parent.domain}\` instead of \`${oneLine(host)}\``,
    };
  }
  if (url !== null && !VENDOR.test(host) && !isMisspelt(domain)) {
    return { region: gatewayAt(url), note: null };
  }
  throw unknownRegion(name, domain, null);
}

/** Parses a URL with its scheme, or a bare host followed by a path or a port; null for anything else. */
function readUrl(name: string): URL | null {
  if (/^https?:\/\//i.test(name)) return URL.canParse(name) ? new URL(name) : null;
  const [, start = ""] = /^([^\s:/]{1,255})(?::\d{1,5})?(?:\/|$)/.exec(name) ?? [];
  const looksLikeHost = start.slice(1, -1).includes(".") && /[:/]/.test(name);
  return looksLikeHost && URL.canParse(`https://${name}`) ? new URL(`https://${name}`) : null;
}

function isMisspelt(domain: string): boolean {
  return (
    closest(
      domain,
      REGIONS.map((region) => region.domain),
      1,
      2,
    ).length > 0
  );
}

/** Minimum length of a word that is looked up in place names. A shorter one occurs in too many. */
const SHORTEST_PLACE = 4;

/** Returns whether a label such as `EMEA (Frankfurt)` contains this place in parentheses. */
function namesPlace(label: string, place: string): boolean {
  return (/\(.*\)/.exec(label)?.[0] ?? "").toLowerCase().includes(place.toLowerCase());
}

function unknownRegion(name: string, domain: string, correction: string | null): UsageError {
  const names = REGIONS.flatMap((region) => [region.id ?? "", region.domain]);
  const place =
    domain.length < SHORTEST_PLACE ? undefined : REGIONS.find(({ label }) => namesPlace(label, domain));
  const [guess] = [
    ...(place?.id == null ? [] : [place.id]),
    ...closest(domain.replaceAll("_", "-"), names, 1, 4),
  ];
  const first = correction ?? (guess === undefined ? null : `did you mean \`${guess}\`?`);
  const list = `choose a region: ${REGIONS.map((region) => `${region.id} (${region.domain})`).join(", ")}`;
  const shown = showHost(name);
  return new UsageError(
    "usage.region",
    shown === null ? "the value given as the region is not a region" : `\`${shown}\` is not a region`,
    { hint: first === null ? list : `${first}\nlist the regions with \`genscope help regions\`` },
  );
}

/**
 * Returns whether the input contains a user name or password. Anything before an `@` counts as one, because
 * without a scheme it is unclear which part is the host.
 */
function hasUserInfo(name: string, url: URL | null): boolean {
  const [, authority = ""] = /^https?:[\\/]+([^\\/?#]*)/i.exec(name) ?? [];
  return /[@\uff20\ufe6b]|%40/i.test(url === null ? name : authority || (name.split(/[\\/?#]/)[0] ?? ""));
}

/**
 * Returns the part of a wrong region that an error may repeat: its host, in ASCII so that a foreign letter is
 * visible. Null for input that may be a secret in the wrong variable.
 */
function showHost(name: string): string | null {
  const [host = ""] = name.replace(/^https?:[\\/]*/i, "").split(/[:/?#\\\s]/);
  if (host === "" || (host.length > LONGEST_NAME && !host.includes("."))) return null;
  const isForeign = /[^\p{ASCII}]/u.test(host) && URL.canParse(`https://${host}`);
  return oneLine(isForeign ? new URL(`https://${host}`).hostname : host, 100);
}
