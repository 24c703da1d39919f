import { closest } from "../core/closest.ts";
import { UsageError } from "../core/errors.ts";
import { oneLine } from "../core/text.ts";
import type { Region } from "./region.ts";
import { REGIONS } from "./region-list.ts";

export interface ParsedRegion {
  readonly region: Region;
  /** What was corrected, one sentence for a person; null when the text was right. */
  readonly note: string | null;
}

/** Hosts that circulate and never existed, with the region they were meant for. */
const WRONG_HOSTS: readonly (readonly [pattern: RegExp, domain: string])[] = [
  [/(^|\.)us\.genesys\.cloud$/, "mypurecloud.com"],
  [/^platformapi\.mypurecloud\.com$/, "mypurecloud.com"],
  [/(^|\.)eu-gene\.com$/, "mypurecloud.ie"],
  [/(^|\.)mygenesyscloud\.com$/, "mypurecloud.com"],
];

/** Names that belong to the vendor: a host under one of them is a region or a mistake, never a gateway. */
const VENDOR =
  /(^|\.)(pure\.cloud|us-gov-pure\.cloud|eusc-pure\.cloud|genesys\.cloud|mypurecloud\.[a-z.]+|inindca\.com|inintca\.com|eu-gene\.com|mygenesyscloud\.com)$/;

const SERVICE_PREFIX = /^(api|login|apps)\./;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * A region by AWS id (hyphens or underscores, any case), domain, pasted URL of any of its hosts, or the
 * base URL of a gateway or sandbox that serves login and API alike.
 * @throws UsageError `usage.region`, with the closest region and the whole list, or with the right name
 * of a host that is known to be wrong; `usage.plain_http` for http beyond this machine.
 */
export function parseRegion(text: string): ParsedRegion {
  const name = text.trim();
  const url = readUrl(name);
  const host = (url?.hostname ?? name).toLowerCase().replace(/\.$/, "");
  const id = host.replaceAll("_", "-");
  const domain = host.replace(SERVICE_PREFIX, "");

  const exact = REGIONS.find((region) => region.id === id || region.domain === domain);
  if (exact !== undefined) {
    return { region: exact, note: null };
  }
  const wrong = WRONG_HOSTS.find(([pattern]) => pattern.test(host));
  if (wrong !== undefined) {
    throw unknownRegion(name, domain, `there is no such host; the region meant is probably \`${wrong[1]}\``);
  }
  const parent = REGIONS.find((region) => host.endsWith(`.${region.domain}`));
  if (parent !== undefined) {
    return {
      region: parent,
      note: `the organization's name is never part of a host: using \`${parent.domain}\` instead of \`${oneLine(host)}\``,
    };
  }
  if (url !== null && !VENDOR.test(host) && !isMisspelt(domain)) {
    return { region: gateway(url, name), note: null };
  }
  throw unknownRegion(name, domain, null);
}

/** A URL with its scheme, or a bare host with a path or a port behind it. */
function readUrl(name: string): URL | null {
  if (/^https?:\/\//i.test(name)) {
    return URL.canParse(name) ? new URL(name) : null;
  }
  const looksLikeHost = /^[^\s:/]+\.[^\s:/]+(:\d+)?(\/|$)/.test(name) && /[:/]/.test(name);
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

function gateway(url: URL, name: string): Region {
  if (url.protocol === "http:" && !LOOPBACK.test(url.hostname)) {
    throw new UsageError("usage.plain_http", `\`${oneLine(url.origin)}\` would carry the token unencrypted`, {
      hint: `use https: \`--region https://${url.host}${url.pathname}\` (plain http is for this machine only)`,
    });
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new UsageError("usage.region", "a base URL has no user, no query and no fragment", {
      hint: `write only \`${url.origin}${url.pathname}\`${name.includes("@") ? "; credentials go into environment variables" : ""}`,
    });
  }
  const base = `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  return { id: null, label: "gateway or sandbox", domain: url.host, loginUrl: base, apiUrl: base };
}

function unknownRegion(name: string, domain: string, correction: string | null): UsageError {
  const names = REGIONS.flatMap((region) => [region.id ?? "", region.domain]);
  const [guess] = closest(domain.replaceAll("_", "-"), names, 1, 4);
  const first = correction ?? (guess === undefined ? null : `did you mean \`${guess}\`?`);
  const list = `regions: ${REGIONS.map((region) => `${region.id} (${region.domain})`).join(", ")}`;
  const shown = oneLine(name.replace(/\/\/[^/]*@/, "//"), 100);
  return new UsageError("usage.region", `\`${shown}\` is not a region`, {
    hint: first === null ? list : `${first}\n${list}`,
  });
}
