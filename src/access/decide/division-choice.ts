import { UsageError } from "../../core/errors.ts";
import type { Principal } from "../../platform/reading/principal.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Returns the id of the division with this id or name; case does not matter.
 * @throws UsageError `usage.unknown_division` when no division has that name, or when the divisions cannot be read
 * and the text is not an id.
 */
export function chooseDivision(principal: Principal, text: string): string {
  const divisions = principal.divisions ?? [];
  const wanted = text.toLowerCase();
  const found =
    divisions.find(({ id }) => id.toLowerCase() === wanted) ??
    divisions.find(({ name }) => name?.toLowerCase() === wanted);
  if (found !== undefined) return found.id;
  if (principal.divisions === null) {
    if (UUID.test(text)) return wanted;
    throw new UsageError(
      "usage.unknown_division",
      `cannot look up division \`${text}\`: this token cannot read the organization's divisions`,
      {
        hint: "pass the division's id: --division 00000000-0000-0000-0000-000000000000",
      },
    );
  }
  const names = divisions.map(({ name, id }) => `\`${name ?? id}\``);
  throw new UsageError("usage.unknown_division", `there is no division \`${text}\``, {
    hint: `divisions of this organization: ${names.join(", ")}`,
  });
}
