import { isIP } from "node:net";
import { type CheckResult, failedBy, passed, skipped } from "../check.ts";
import type { DoctorPorts } from "../ports.ts";

/** Checks that a host name resolves; behind a proxy, the proxy resolves it. */
export async function checkName(
  url: URL,
  proxy: URL | null,
  { lookUp, clock }: Pick<DoctorPorts, "lookUp" | "clock">,
): Promise<CheckResult> {
  const { host } = url;
  const name = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (proxy !== null) return skipped(`\`${host}\` is resolved by the proxy \`${proxy.host}\``);
  if (isIP(name) !== 0) return skipped(`\`${host}\` is an address, not a name`);
  const startMs = clock.now();
  try {
    const addresses = await lookUp(name);
    return passed(`\`${name}\` resolves to ${addresses.join(", ")}`, {
      addresses: [...addresses],
      elapsedMs: clock.now() - startMs,
    });
  } catch (error) {
    return failedBy(error, { addresses: [], elapsedMs: clock.now() - startMs });
  }
}
