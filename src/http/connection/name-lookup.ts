import { lookup } from "node:dns/promises";
import { type DeadlineOptions, withDeadline } from "./deadline.ts";
import { describeNetworkFailure } from "./network-failure.ts";

/**
 * Looks up the addresses of a host name as a connection would, with the system's resolver and hosts file.
 * @throws NetworkError `network.dns` or `network.timeout`, InterruptedError
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
