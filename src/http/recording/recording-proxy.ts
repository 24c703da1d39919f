import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import type { Secret } from "../../core/secret.ts";
import type { RunAuthority } from "./authority.ts";
import { forward } from "./forward.ts";
import { openConnection, type UpstreamOptions } from "./upstream.ts";

/** A call that went through the proxy, without headers and body. */
export interface SeenCall {
  readonly method: string;
  readonly host: string;
  /** Path without a query. */
  readonly path: string;
  /** Null when there was no response. */
  readonly status: number | null;
}

export interface RecordingProxyOptions extends UpstreamOptions {
  readonly authority: RunAuthority;
  /** Value of `Proxy-Authorization` that clients must send, so that no other program can use the proxy. */
  readonly authorization: Secret;
  /**
   * Whether calls to a host (`api.example.com`, `127.0.0.1:8787`) are recorded. Calls to other hosts pass
   * through unread.
   */
  isRecorded(host: string): boolean;
  /** Called for each call, as soon as its status is known. */
  onCall(call: SeenCall): void;
}

export interface RecordingProxy {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts a proxy on the loopback interface. It decrypts connections to recorded hosts with certificates of the
 * authority, and forwards everything unchanged.
 */
export async function startRecordingProxy(options: RecordingProxyOptions): Promise<RecordingProxy> {
  const sockets = new Set<Duplex>();
  const keep = <Kind extends Duplex>(socket: Kind): Kind => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    // No caller can handle a broken connection, so its error is ignored.
    socket.on("error", () => socket.destroy());
    return socket;
  };

  async function answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const status = await forward(request, response, url, options);
    if (!options.isRecorded(url.host)) return;
    options.onCall({ method: request.method ?? "", host: url.host, path: url.pathname, status });
  }

  /** Handles the requests in decrypted connections. */
  const inner = createServer((request, response) => {
    const { host } = request.socket as Socket & { host?: string };
    // The tunnel determines the host. Any request target other than a path could name a different host (RFC 9112
    // section 3.2).
    const url = request.url?.startsWith("/") === true ? urlOf(`https://${host}${request.url}`) : null;
    if (url === null) refuse(response, 400);
    else void answer(request, response, url);
  });

  const outer = createServer((request, response) => {
    const url = urlOf(request.url ?? "");
    if (!isAuthorized(request)) refuse(response, 407);
    else if (url === null) refuse(response, 400);
    else void answer(request, response, url);
  });
  outer.on("connect", (request: IncomingMessage, client: Duplex, head: Buffer) => {
    keep(client);
    const url = urlOf(`https://${request.url}`);
    if (!isAuthorized(request)) client.end(STATUS_LINES[407]);
    else if (url === null) client.end(STATUS_LINES[400]);
    else if (options.isRecorded(url.host)) decrypt(client, head, url);
    else void tunnel(client, head, url);
  });
  outer.on("connection", keep);

  function isAuthorized({ headers }: IncomingMessage): boolean {
    return options.authorization.reveal() === headers["proxy-authorization"];
  }

  function decrypt(client: Duplex, head: Buffer, { host, hostname }: URL): void {
    client.write(ESTABLISHED);
    if (head.length > 0) client.unshift(head);
    const secureContext = options.authority.contextOf(hostname.replace(/^\[(.*)\]$/, "$1"));
    const secure = new TLSSocket(client as Socket, {
      isServer: true,
      secureContext,
      ALPNProtocols: ["http/1.1"],
    });
    inner.emit("connection", Object.assign(keep(secure), { host }));
  }

  async function tunnel(client: Duplex, head: Buffer, url: URL): Promise<void> {
    const gone = new AbortController();
    client.once("close", () => gone.abort());
    try {
      const server = keep(await openConnection(url, options, gone.signal));
      server.once("close", () => client.destroy());
      client.once("close", () => server.destroy());
      client.write(ESTABLISHED);
      server.write(head);
      server.pipe(client).pipe(server);
    } catch {
      client.end(STATUS_LINES[502]);
    }
  }

  await new Promise<void>((resolve, reject) => {
    outer.once("error", reject);
    outer.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (outer.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise((resolve) => outer.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

const ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";
const STATUS_LINES = {
  400: "HTTP/1.1 400 Bad Request\r\n\r\n",
  407: 'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="genscope record"\r\n\r\n',
  502: "HTTP/1.1 502 Bad Gateway\r\n\r\n",
} as const;

function refuse(response: ServerResponse, status: 400 | 407): void {
  const headers = status === 407 ? { "Proxy-Authenticate": 'Basic realm="genscope record"' } : {};
  response.writeHead(status, headers).end();
}

/** Parses an http or https URL; null for anything else. */
function urlOf(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "http:" || url.protocol === "https:" ? url : null;
}
