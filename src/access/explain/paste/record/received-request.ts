import type { RequestSeen } from "../failure.ts";
import { isNamed } from "../sighting.ts";

/**
 * Matches the caller's address in a log line of a router or web server: `fwd="192.0.2.7"`,
 * `client_ip=192.0.2.7`.
 */
const CALLER =
  /(?<![\w.-])(?:fwd|forwarded_for|remote_addr|remote_ip|client_ip|clientip)=["']?[\da-f][\da-f.:]{2,44}/i;

/** Whether a line is about a request that the user's own program received rather than a call to the API. */
export function isReceivedRequest(words: string, request: RequestSeen | null): boolean {
  return !isNamed(request) && CALLER.test(words);
}
