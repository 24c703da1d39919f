import { BLOCKED_SIGNS } from "./blocked-signs.ts";
import { CONNECTION_SIGNS } from "./connection-signs.ts";
import { HOST_SIGNS } from "./host-signs.ts";
import type { NetworkSign } from "./network-sign.ts";
import { OWN_ANSWER_SIGN, PROXY_SIGNS } from "./proxy-signs.ts";
import { TLS_SIGNS } from "./tls-signs.ts";
import { UNREAD_SIGNS } from "./unread-signs.ts";

/**
 * Error messages of browsers, curl, Node, Python, Go, Java, Ruby, Rust and .NET for a call that got no response from
 * the platform. The order matters, because some errors match several patterns.
 */
const NETWORK_SIGNS: readonly NetworkSign[] = [
  OWN_ANSWER_SIGN,
  ...BLOCKED_SIGNS,
  ...PROXY_SIGNS,
  ...HOST_SIGNS,
  ...TLS_SIGNS,
  ...CONNECTION_SIGNS,
  ...UNREAD_SIGNS,
];

/** Returns the first kind of connection failure in the table that matches the text; null if none matches. */
export function findNetworkSign(text: string): NetworkSign | null {
  return NETWORK_SIGNS.find(({ pattern }) => pattern.test(text)) ?? null;
}
