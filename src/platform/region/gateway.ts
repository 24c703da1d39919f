import { UsageError } from "../../core/errors.ts";
import { oneLine, withoutTrailingSlashes } from "../../core/text.ts";
import { hasForeignLetters, vendorNameIn } from "./look-alike.ts";
import type { Region } from "./region.ts";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Returns the region for the base URL of a gateway or sandbox, which serves login and API alike.
 * @throws UsageError `usage.region` for a host that imitates the platform's and for a URL with a query,
 * `usage.plain_http` for http to another machine
 */
export function gatewayAt(url: URL): Region {
  const isLocal = LOOPBACK.test(url.hostname);
  if (!isLocal) refuseLookAlike(url.hostname);
  if (url.protocol === "http:" && !isLocal) {
    throw new UsageError("usage.plain_http", `\`${oneLine(url.origin)}\` would carry the token unencrypted`, {
      hint: `use https: \`--region https://${url.host}${url.pathname}\` (plain http is for this machine only)`,
    });
  }
  if (url.search !== "" || url.hash !== "") {
    throw new UsageError("usage.region", "a base URL cannot contain a query or fragment", {
      hint: `write only \`${url.origin}${url.pathname}\``,
    });
  }
  const base = withoutTrailingSlashes(`${url.origin}${url.pathname}`);
  return { id: null, label: "gateway or sandbox", domain: url.host, loginUrl: base, apiUrl: base };
}

/**
 * Returns a sentence which warns that credentials go to a host outside the platform; null for the platform's regions
 * and for this machine.
 */
export function noteGateway({ id, domain, loginUrl }: Region, source: string): string | null {
  if (id !== null || LOOPBACK.test(new URL(loginUrl).hostname)) return null;
  return `credentials go to \`${oneLine(domain, 300)}\` (${source}), which is not a Genesys Cloud host`;
}

function refuseLookAlike(host: string): void {
  if (hasForeignLetters(host)) {
    throw new UsageError(
      "usage.region",
      `\`${host}\` contains non-ASCII letters, which can imitate other letters`,
      {
        hint: "use a region such as `eu-central-1`, or write the ASCII name or the IP address of the gateway",
      },
    );
  }
  const name = vendorNameIn(host);
  if (name === null) return;
  throw new UsageError(
    "usage.region",
    `\`${oneLine(host, 300)}\` is not a Genesys Cloud host, but imitates \`${name}\``,
    {
      hint: "use a region such as `eu-central-1`; a gateway's host name must not contain the vendor's name",
    },
  );
}
