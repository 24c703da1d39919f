import { once } from "node:events";
import { type ClientRequest, type RequestOptions, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { connect, isIP, type Socket } from "node:net";
import { connect as connectSecurely, type TLSSocket } from "node:tls";
import { decideProxy, type ProxySettings } from "../connection/proxy-choice.ts";
import { openTunnel, proxyAuthorization } from "../connection/proxy-tunnel.ts";
import { trustOptions } from "../connection/trusted-authorities.ts";

/** How the recorder reaches servers: through the user's proxy, and always with verified certificates. */
export interface UpstreamOptions {
  readonly proxies: ProxySettings;
  /** PEM of authorities to trust in addition to those of Node. */
  readonly caCertificates: readonly string[];
}

/** Opens a connection to a host and port, through the https proxy if one is set. */
export async function openConnection(
  url: URL,
  { proxies, caCertificates }: UpstreamOptions,
  signal: AbortSignal,
): Promise<Socket> {
  const port = portOf(url);
  const { proxy } = decideProxy(url, proxies);
  if (proxy !== null) return await openTunnel(proxy, `${url.hostname}:${port}`, { caCertificates, signal });
  const socket = connect({ host: bare(url.hostname), port, signal });
  await once(socket, "connect", { signal });
  return socket;
}

/** Starts a request to a URL. The caller writes its body and handles its events. */
export async function startRequest(
  url: URL,
  { method, headers }: { readonly method: string; readonly headers: readonly string[] },
  options: UpstreamOptions,
  signal: AbortSignal,
): Promise<ClientRequest> {
  const common: RequestOptions = { method, headers: [...headers], signal, setHost: false };
  if (url.protocol === "https:") {
    const socket = await openSecurely(url, options, signal);
    // Any agent, `false` included, would open a connection of its own.
    return requestSecure(url, { ...common, createConnection: () => socket });
  }
  const { proxy } = decideProxy(url, options.proxies);
  if (proxy === null) return requestPlain(url, { ...common, agent: false });
  // A proxy for plain HTTP receives the whole URL (RFC 9112 section 3.2.2).
  const authorization = proxyAuthorization(proxy);
  const send = proxy.protocol === "https:" ? requestSecure : requestPlain;
  return send({
    ...common,
    agent: false,
    headers: [...headers, ...(authorization === null ? [] : ["Proxy-Authorization", authorization.reveal()])],
    host: bare(proxy.hostname),
    port: proxy.port === "" ? undefined : Number(proxy.port),
    path: url.href,
    ...trustOptions(options.caCertificates),
  });
}

async function openSecurely(url: URL, options: UpstreamOptions, signal: AbortSignal): Promise<TLSSocket> {
  const host = bare(url.hostname);
  const socket = connectSecurely({
    socket: await openConnection(url, options, signal),
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: ["http/1.1"],
    ...trustOptions(options.caCertificates),
  });
  await once(socket, "secureConnect", { signal });
  // Nothing else handles a connection that breaks after the response and before its end.
  socket.on("error", () => socket.destroy());
  return socket;
}

function portOf({ port, protocol }: URL): number {
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}

function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}
