import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError, AuthError, UsageError } from "../../core/errors.ts";
import { reasonOf, systemCode } from "../../core/system-error.ts";
import type { Callback } from "./oauth-protocol.ts";
import { splitQuery } from "./redirect-uri.ts";
import { NOT_FOUND, type ResultPage, resultPage } from "./result-page.ts";

/** Listener on the loopback interface that waits for one response. */
export interface Loopback {
  readonly port: number;
  /** Resolves with the first response to this login, once the browser has received its page. */
  readonly answer: Promise<Callback>;
  /** Counts the requests that looked like a response but belonged to another login. */
  countForeign(): number;
  close(): Promise<void>;
}

export interface LoopbackOptions {
  /** Port to listen on; null for any free one. */
  readonly port: number | null;
  /** Path of the redirect URI as registered: empty, or everything from the first slash. */
  readonly path: string;
  /** Returns the response to this login that a request contains; null for any other request. */
  readonly judge: (parameters: URLSearchParams) => Callback | null;
}

const HOSTS = ["127.0.0.1", "::1"] as const;
/** Maximum number of attempts to find a random port that is free on both interfaces. */
const MAX_ATTEMPTS = 10;
const NO_SUCH_INTERFACE = new Set(["EADDRNOTAVAIL", "EAFNOSUPPORT"]);

/**
 * Listens on 127.0.0.1 and ::1 (RFC 8252 section 7.3). `localhost` can resolve to either, and no other
 * machine on the network can reach them.
 * @throws UsageError `usage.port` when the port is in use
 */
export async function listenOnLoopback(options: LoopbackOptions): Promise<Loopback> {
  let foreign = 0;
  let deliver: (answer: Callback) => void = () => {};
  const answer = new Promise<Callback>((resolve) => {
    deliver = resolve;
  });
  let isAnswered = false;

  const handle = (port: number) => (request: IncomingMessage, response: ServerResponse) => {
    const parameters = readParameters(request, port, options.path);
    const callback = parameters === null || isAnswered ? null : options.judge(parameters);
    if (callback === null) {
      foreign += parameters?.has("state") === true && !isAnswered ? 1 : 0;
      send(response, NOT_FOUND);
      return;
    }
    isAnswered = true;
    // Waits for `close`, because at `finish` the browser may not have received the page yet.
    response.once("close", () => deliver(callback));
    send(response, resultPage(callback.kind));
  };

  const { port, servers } = await bind(options.port, handle);
  return { port, answer, countForeign: () => foreign, close: async () => await closeAll(servers) };
}

/**
 * Returns the query of a request to the registered address; null for any other. It checks the Host header,
 * because another site's page can make its own host name resolve to 127.0.0.1.
 */
function readParameters(request: IncomingMessage, port: number, path: string): URLSearchParams | null {
  const { target, query } = splitQuery(request.url ?? "");
  const host = request.headers.host?.toLowerCase();
  const isOurs = ["localhost", "127.0.0.1", "[::1]"].some((name) => host === `${name}:${port}`);
  return request.method === "GET" && isOurs && target === (path === "" ? "/" : path)
    ? new URLSearchParams(query)
    : null;
}

function send(response: ServerResponse, { status, headers, html }: ResultPage): void {
  response.writeHead(status, headers).end(html);
}

type Handle = (port: number) => (request: IncomingMessage, response: ServerResponse) => void;

async function bind(wanted: number | null, handle: Handle) {
  for (let attempt = 1; ; attempt += 1) {
    const servers: Server[] = [];
    try {
      let port = wanted ?? 0;
      for (const host of HOSTS) {
        const server = await listen(host, port);
        if (server !== null) {
          servers.push(server);
          port = (server.address() as AddressInfo).port;
        }
      }
      for (const server of servers) server.on("request", handle(port));
      if (servers.length > 0) return { port, servers };
      throw new AuthError("auth.no_loopback", "this machine has no loopback interface to listen on", {
        hint: "run `genscope login --no-browser` and paste the address that the browser is redirected to",
      });
    } catch (error) {
      await closeAll(servers);
      if (error instanceof AppError) throw error;
      if (wanted !== null || attempt === MAX_ATTEMPTS) throw portTaken(wanted, error);
    }
  }
}

/** Starts a server on the interface with this address; null when there is no such interface. */
async function listen(host: string, port: number): Promise<Server | null> {
  const server = createServer();
  return await new Promise((resolve, reject) => {
    server.once("error", (error) => {
      if (NO_SUCH_INTERFACE.has(systemCode(error) ?? "")) resolve(null);
      else reject(error);
    });
    server.listen({ host, port, exclusive: true }, () => resolve(server));
  });
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          // Browsers open connections in advance and keep them alive, which would keep this process running.
          server.closeAllConnections();
        }),
    ),
  );
}

function portTaken(port: number | null, cause: unknown): UsageError {
  const what = port === null ? "no free port was found" : `cannot listen on port ${port}`;
  const reason = systemCode(cause) === "EADDRINUSE" ? "another program is using it" : reasonOf(cause);
  return new UsageError("usage.port", `${what} on 127.0.0.1 and ::1: ${reason}`, {
    hint: "stop that program, or use another port that is registered for the client: `genscope login --port 8085`",
    cause,
  });
}
