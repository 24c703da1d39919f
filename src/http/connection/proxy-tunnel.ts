import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import type { Socket } from "node:net";
import { NetworkError } from "../../core/errors.ts";
import { Secret } from "../../core/secret.ts";
import { trustOptions } from "./trusted-authorities.ts";

export interface TunnelOptions {
  readonly caCertificates: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Opens a connection through a proxy with CONNECT (RFC 9110 section 9.3.6). Sends the user and password in the
 * proxy's URL.
 * @param authority host and port of the target
 * @throws NetworkError `network.proxy` when the proxy refuses; the system's error when it cannot be reached
 */
export async function openTunnel(
  proxy: URL,
  authority: string,
  { caCertificates, signal }: TunnelOptions,
): Promise<Socket> {
  const send = proxy.protocol === "https:" ? requestSecure : requestPlain;
  const authorization = proxyAuthorization(proxy);
  return await new Promise((resolve, reject) => {
    const request = send({
      method: "CONNECT",
      host: proxy.hostname.replace(/^\[(.*)\]$/, "$1"),
      port: proxy.port === "" ? undefined : Number(proxy.port),
      path: authority,
      headers: {
        host: authority,
        ...(authorization === null ? {} : { "proxy-authorization": authorization.reveal() }),
      },
      agent: false,
      signal,
      ...trustOptions(caCertificates),
    });
    request.once("error", reject);
    request.once("response", (response) => {
      response.destroy();
      reject(refused(proxy, authority, response));
    });
    request.once("connect", (response, socket) => {
      if (response.statusCode === 200) {
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(refused(proxy, authority, response));
    });
    request.end();
  });
}

/**
 * Returns the `Proxy-Authorization` value for the user and password in a proxy's URL (RFC 7617); null when it
 * has no user.
 */
export function proxyAuthorization({ username, password }: URL): Secret | null {
  if (username === "" && password === "") return null;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return new Secret(`Basic ${Buffer.from(pair, "utf8").toString("base64")}`);
}

function refused(proxy: URL, authority: string, { statusCode = 0 }: IncomingMessage): NetworkError {
  const needsLogin = statusCode === 407;
  return new NetworkError(
    "network.proxy",
    `the proxy \`${proxy.host}\` refused a connection to \`${authority}\` (${statusCode})`,
    {
      hint: needsLogin
        ? "add the proxy's user and password: `HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT`"
        : "ask the proxy's owner to allow that host, or add the host to `NO_PROXY` if it can be reached directly",
    },
  );
}
