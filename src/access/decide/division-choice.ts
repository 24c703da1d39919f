import { UsageError } from "../../core/errors.ts";
import type { Division, Principal } from "../../platform/reading/principal.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The division that the user specified by name or id. */
export interface DivisionChoice {
  /** Null when the division could not be looked up. A check must then consider every division. */
  readonly id: string | null;
  /** Why the id is null, as a sentence; null otherwise. */
  readonly doubt: string | null;
}

/**
 * Finds the division with this id or name, ignoring case, among the organization's divisions. If those could not be
 * read, searches the divisions of the token's grants and accepts any other id unchanged.
 * @throws UsageError `usage.unknown_division` when the organization's divisions were read and none matches
 */
export function chooseDivision(principal: Principal, text: string): DivisionChoice {
  const divisions = principal.divisions ?? divisionsOfGrants(principal);
  const wanted = text.toLowerCase();
  const found =
    divisions.find(({ id }) => id.toLowerCase() === wanted) ??
    divisions.find(({ name }) => name?.toLowerCase() === wanted);
  if (found !== undefined) return { id: found.id, doubt: null };
  if (principal.divisions === null) {
    return UUID.test(text)
      ? { id: wanted, doubt: null }
      : {
          id: null,
          doubt: `division \`${text}\` could not be looked up: this token cannot read the organization's divisions, and none of its grants names it; pass the division's id`,
        };
  }
  const names = divisions.map(({ name, id }) => `\`${name ?? id}\``);
  throw new UsageError("usage.unknown_division", `\`${text}\` is not a division of this organization`, {
    hint: `choose one of: ${names.join(", ")}`,
  });
}

function divisionsOfGrants({ grants, answers }: Principal): readonly Division[] {
  const permitted = [...(answers?.permitted.values() ?? [])];
  return [...(grants ?? []).map(({ division }) => division), ...permitted.flat()].flatMap((division) =>
    division === "*" ? [] : [division],
  );
}
