import { UsageError } from "../core/errors.ts";

/** Proxy settings as the environment words them; empty strings count as absent. */
export interface ProxySettings {
  readonly httpsProxy?: string | undefined;
  readonly httpProxy?: string | undefined;
  readonly noProxy?: string | undefined;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host name or address always means this machine. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname.toLowerCase());
}

/**
 * The proxy for a URL, or null to connect directly. `HTTPS_PROXY` is for https; where it is missing
 * `HTTP_PROXY` serves for both, because every host of the platform is https and somebody who only set
 * that one means it. Loopback is never sent through a proxy.
 * @throws UsageError `usage.proxy` when the value that applies is not an http or https URL.
 */
export function chooseProxy(url: URL, settings: ProxySettings): URL | null {
  const { httpsProxy, httpProxy, noProxy = "" } = settings;
  const [name, value] =
    url.protocol === "https:" && httpsProxy ? ["HTTPS_PROXY", httpsProxy] : ["HTTP_PROXY", httpProxy];
  if (!value || isLoopback(url.hostname) || isExcepted(url, noProxy)) {
    return null;
  }
  const text = value.includes("://") ? value : `http://${value}`;
  const proxy = URL.canParse(text) ? new URL(text) : null;
  if (proxy === null || !["http:", "https:"].includes(proxy.protocol)) {
    // The value itself is not shown: it may hold a password.
    throw new UsageError("usage.proxy", `the value of \`${name}\` is not the URL of an HTTP proxy`, {
      hint: `set it like \`${name}=http://proxy.example.com:8080\``,
    });
  }
  return proxy;
}

/** Entries are hosts, which stand for their subdomains too, with an optional port; `*` is everything. */
function isExcepted(url: URL, noProxy: string): boolean {
  const host = url.hostname.toLowerCase();
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      const [, name = "", entryPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      return (
        entry === "*" ||
        ((entryPort === undefined || entryPort === port) && (host === name || host.endsWith(`.${name}`)))
      );
    });
}
