import { UsageError } from "../../core/errors.ts";

/** Proxy settings from environment variables. An empty variable counts as not set. */
export interface ProxySettings {
  readonly httpsProxy?: string | undefined;
  readonly httpProxy?: string | undefined;
  readonly noProxy?: string | undefined;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host name or address always refers to this machine. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname.toLowerCase());
}

/** Reads the proxy variables. Tries the upper-case name first, then the lower-case one that many programs use. */
export function readProxySettings(env: Readonly<Record<string, string | undefined>>): ProxySettings {
  return {
    httpsProxy: env["HTTPS_PROXY"] ?? env["https_proxy"],
    httpProxy: env["HTTP_PROXY"] ?? env["http_proxy"],
    noProxy: env["NO_PROXY"] ?? env["no_proxy"],
  };
}

/** The proxy for a URL, with the reason for the choice. */
export interface ProxyDecision {
  /** The proxy; null for a direct connection. */
  readonly proxy: URL | null;
  /** `set`: a variable names the proxy. `unset`: no variable applies. `excepted`: `NO_PROXY` lists the host. */
  readonly reason: "set" | "unset" | "loopback" | "excepted";
  /** The variable for the scheme of the URL, even if `NO_PROXY` overrides it; null when none is set. */
  readonly variable: "HTTPS_PROXY" | "HTTP_PROXY" | null;
}

/**
 * Chooses the proxy for a URL, with the reason. For https, that is `HTTPS_PROXY`, or otherwise `HTTP_PROXY`,
 * because every host of the platform uses https. Loopback addresses never use a proxy.
 * @throws UsageError `usage.proxy` when the variable that applies does not contain an http or https URL
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
    // The message does not show the value, because it may contain a password.
    throw new UsageError("usage.proxy", `the value of \`${variable}\` is not the URL of an HTTP proxy`, {
      hint: `write it as \`${variable}=http://proxy.example.com:8080\``,
    });
  }
  return { proxy, reason: "set", variable };
}

/** Returns only the proxy for a URL; null for a direct connection. @throws UsageError like `decideProxy` */
export function chooseProxy(url: URL, settings: ProxySettings): URL | null {
  return decideProxy(url, settings).proxy;
}

/**
 * Whether `NO_PROXY` lists the host of a URL. Each entry is a host, with an optional port, and includes its
 * subdomains. `*` matches every host.
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
