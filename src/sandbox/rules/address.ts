import { BlockList, isIP, isIPv4 } from "node:net";
import { type Refusal, refusal } from "../refusal.ts";
import type { World } from "../world.ts";
import type { Caller } from "./caller.ts";

/** Checks the second layer: the organization's allowlist of addresses and, for client credentials, the client's own. */
export function checkAddress(world: World, caller: Caller, socketAddress: string): Refusal | null {
  const address = world.settings.callerAddress ?? socketAddress;
  const lists = [world.settings.ipAllowlist, caller.user === null ? caller.client.allowedIpRanges : []];
  return lists.every((ranges) => ranges.length === 0 || contains(ranges, address))
    ? null
    : refusal(
        401,
        "ip.not.authorized",
        "Requests originating from this IP address are not authorized: [{address}]",
        { address },
      );
}

/** Returns whether any of the CIDR ranges or single addresses covers `address`. */
function contains(ranges: readonly string[], address: string): boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = "", prefix] = range.split("/");
    if (isIP(network) === 0) continue;
    const family = isIPv4(network) ? "ipv4" : "ipv6";
    list.addSubnet(network, Number(prefix ?? (family === "ipv4" ? 32 : 128)), family);
  }
  return list.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}
