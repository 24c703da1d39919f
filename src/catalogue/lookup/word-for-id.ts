import type { PathArgument } from "./operation-lookup.ts";

/** Ids of the platform contain digits; names such as `en-us` stand in the place of some. */
const WORD = /^[a-z]+$/i;
/** Values that documents show in place of an id: a name that ends in `id`, or capitals. */
const SHOWN_FOR_AN_ID = /^(?:id|[a-zA-Z]+I[dD]|[A-Z][A-Z0-9_]*)$/;
/** The workforce-management units of the caller, which these paths accept in place of an id. */
const CALLERS_UNIT = "mine";

/** Returns the value of a path that is a word where an id belongs; null when no value is. */
export function findWordForId(values: readonly PathArgument[]): PathArgument | null {
  return (
    values.find(
      ({ name, value }) =>
        name.endsWith("Id") && WORD.test(value) && value !== CALLERS_UNIT && !SHOWN_FOR_AN_ID.test(value),
    ) ?? null
  );
}

/** Says how the platform reads such a word. */
export function describeWordForId({ name, value }: PathArgument): string {
  return `\`${value}\` is read as a \`${name}\``;
}
