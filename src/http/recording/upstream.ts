import { once } from "node:events";
import { type ClientRequest, type RequestOptions, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { connect, isIP, type Socket } from "node:net";
import { connect as connectSecurely, type TLSSocket } from "node:tls";
import { decideProxy, type ProxySettings } from "../connection/proxy-choice.ts";
import { openTunnel, proxyAuthorization } from "../connection/proxy-tunnel.ts";
import { trustOptions } from "../connection/trusted-authorities.ts";

/**
 * How the recording proxy connects to servers: through the user's proxy if there is one, and always with
 * verified certificates.
 */
export interface UpstreamOptions {
  readonly proxies: ProxySettings;
  /** Certificate authorities (PEM) to trust in addition to Node's own. */
  readonly caCertificates: readonly string[];
}

/** Opens a connection to a host and port, through the user's proxy for https if one is set. */
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

/** Starts a request to a URL. The caller must write its body and handle its events. */
export async function startRequest(
  url: URL,
  { method, headers }: { readonly method: string; readonly headers: readonly string[] },
  options: UpstreamOptions,
  signal: AbortSignal,
): Promise<ClientRequest> {
  const common: RequestOptions = { method, headers: [...headers], signal, setHost: false };
  if (url.protocol === "https:") {
    const socket = await openSecurely(url, options, signal);
    // Without an agent option, Node uses this connection. Any agent, even `false`, would open another one.
    return requestSecure(url, { ...common, createConnection: () => socket });
  }
  const { proxy } = decideProxy(url, options.proxies);
  if (proxy === null) return requestPlain(url, { ...common, agent: false });
  // A proxy for plain HTTP expects the full URL as the request target (RFC 9112 section 3.2.2).
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
  // A connection that breaks while the response is read has no other error handler.
  socket.on("error", () => socket.destroy());
  return socket;
}

function portOf({ port, protocol }: URL): number {
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}

function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}
