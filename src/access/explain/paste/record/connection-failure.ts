import { type Failure, NO_REQUEST_DETAILS } from "../failure.ts";
import { findNetworkSign, type NetworkSign } from "../network-signs.ts";

/** Returns a record as a failed connection when its words say so; null for any other. */
export function readConnectionFailure(text: string, around: Failure): Failure | null {
  const sign = around.status === null ? findNetworkSign(text) : null;
  return sign === null ? null : connectionFailure(text, sign, around);
}

/** Finds the line about the failed connection, and its host. */
function connectionFailure(text: string, { pattern }: NetworkSign, around: Failure): Failure {
  const index = text.search(pattern);
  const start = text.lastIndexOf("\n", index) + 1;
  const line = text.slice(Math.max(start, index - 200), index + 400).replace(/\n.*$/s, "");
  const [, host = null] =
    /(?<![\w@.-])((?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,20})(?=\.?(?:[:\s'"/),]|$))/i.exec(
      line.slice(index - Math.max(start, index - 200)),
    ) ?? [];
  const isHost = host !== null && !/\.(?:js|ts|py|go|java|cs|html?|json|sh)$/i.test(host);
  return {
    ...around,
    form: "network",
    message: line.trim(),
    request: around.request ?? (isHost ? { ...NO_REQUEST_DETAILS, host: host.toLowerCase() } : null),
  };
}
