import type { PathArgument } from "./operation-lookup.ts";

/** Ids of the platform contain digits; some paths take names such as `en-us` instead. */
const WORD = /^[a-z]+$/i;
/** Placeholders that people write instead of an id: `abc`, a name that ends in `id`, or capitals. */
const SHOWN_FOR_AN_ID = /^(?:id|abc|xyz|x{3,}|foo|bar|uuid|guid|[a-zA-Z]+I[dD]|[A-Z][A-Z0-9_]*)$/;
/** The workforce-management units of the caller, which these paths accept in place of an id. */
const CALLERS_UNIT = "mine";

/** Returns the path value that is a word where an id is expected, or null when every value can be an id. */
export function findWordForId(values: readonly PathArgument[]): PathArgument | null {
  return (
    values.find(
      ({ name, value }) =>
        name.endsWith("Id") && WORD.test(value) && value !== CALLERS_UNIT && !SHOWN_FOR_AN_ID.test(value),
    ) ?? null
  );
}

/** Explains how the platform reads such a word. */
export function describeWordForId({ name, value }: PathArgument): string {
  return `\`${value}\` is read as a \`${name}\``;
}
