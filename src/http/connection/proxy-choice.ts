import { UsageError } from "../../core/errors.ts";

/** Proxy settings of the environment; empty strings count as absent. */
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

/** Names of the variables: upper case first, then lower case, which many programs use. */
export function readProxySettings(env: Readonly<Record<string, string | undefined>>): ProxySettings {
  return {
    httpsProxy: env["HTTPS_PROXY"] ?? env["https_proxy"],
    httpProxy: env["HTTP_PROXY"] ?? env["http_proxy"],
    noProxy: env["NO_PROXY"] ?? env["no_proxy"],
  };
}

/** Route of a URL, with the reason. */
export interface ProxyDecision {
  /** Null for a direct connection. */
  readonly proxy: URL | null;
  /** `set` by the variable; `unset` without an applicable variable; `excepted` by `NO_PROXY`. */
  readonly reason: "set" | "unset" | "loopback" | "excepted";
  /** The variable that applies to the scheme, even if `NO_PROXY` overrides it; null when none is set. */
  readonly variable: "HTTPS_PROXY" | "HTTP_PROXY" | null;
}

/**
 * Returns the proxy for a URL and the reason. `HTTPS_PROXY` is for https. Without it, `HTTP_PROXY` serves
 * both schemes, because every host of the platform is https. Loopback addresses never use a proxy.
 * @throws UsageError `usage.proxy` when the applicable value is not an http or https URL
 */
export function decideProxy(url: URL, settings: ProxySettings): ProxyDecision {
  const { httpsProxy, httpProxy, noProxy = "" } = settings;
  const [variable, value] =
    url.protocol === "https:" && httpsProxy
      ? (["HTTPS_PROXY", httpsProxy] as const)
      : (["HTTP_PROXY", httpProxy] as const);
  if (!value) return { proxy: null, reason: "unset", variable: null };
  if (isLoopback(url.hostname)) return { proxy: null, reason: "loopback", variable };
  if (isExcepted(url, noProxy)) return { proxy: null, reason: "excepted", variable };
  const text = value.includes("://") ? value : `http://${value}`;
  const proxy = URL.canParse(text) ? new URL(text) : null;
  if (proxy === null || !["http:", "https:"].includes(proxy.protocol)) {
    // The value is not shown, because it may contain a password.
    throw new UsageError("usage.proxy", `the value of \`${variable}\` is not the URL of an HTTP proxy`, {
      hint: `write it as \`${variable}=http://proxy.example.com:8080\``,
    });
  }
  return { proxy, reason: "set", variable };
}

/** Returns only the proxy for a URL, or null. @throws as `decideProxy` */
export function chooseProxy(url: URL, settings: ProxySettings): URL | null {
  return decideProxy(url, settings).proxy;
}

/**
 * Whether `NO_PROXY` matches. Entries are hosts, which include their subdomains, with an optional port; `*`
 * matches everything.
 */
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
