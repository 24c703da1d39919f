import type { Remedy } from "../verdict/verdict.ts";
import { anyOf } from "../verdict/wording.ts";
import { ALLOWED_ADDRESSES_MENU } from "./menu-path.ts";

/**
 * Returns the remedies when the caller's address is not on the allowlist.
 * @param addresses the addresses that the refusal names; empty when it names none
 */
export function addressRemedies(addresses: readonly string[]): readonly Remedy[] {
  const address =
    addresses.length === 0
      ? "the caller's public address (it can differ from this machine's)"
      : anyOf(addresses);
  return [
    {
      kind: "allow-ip",
      summary: `add ${address} to the organization's allowed addresses, and to the OAuth client's own list if it has one`,
      menuPath: ALLOWED_ADDRESSES_MENU,
    },
  ];
}
