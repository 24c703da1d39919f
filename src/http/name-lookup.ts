import { lookup } from "node:dns/promises";
import { type DeadlineOptions, withDeadline } from "./deadline.ts";
import { describeNetworkFailure } from "./network-failure.ts";

/**
 * The addresses of a name, asked for the way a connection would: the system's resolver with its hosts file.
 * @throws NetworkError `network.dns`, `network.timeout`; InterruptedError
 */
export async function lookUpAddresses(host: string, options: DeadlineOptions): Promise<readonly string[]> {
  return await withDeadline(host, options, async () => {
    try {
      return (await lookup(host, { all: true })).map(({ address }) => address);
    } catch (error) {
      throw describeNetworkFailure(error, { host, proxy: null });
    }
  });
}
