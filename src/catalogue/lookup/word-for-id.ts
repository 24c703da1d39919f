import type { PathArgument } from "./operation-lookup.ts";

/** Matches a word without digits. Ids of the platform contain digits. */
const WORD = /^[a-z]+$/i;
/** Matches several words without digits, or an address. */
const WORDS = /^[a-z@][a-z@._ -]*$/i;
/** Parameters whose values can be names of several words: `purecloud-data-actions`, `en-us`. */
const NAMES: ReadonlySet<string> = new Set(
  "engineId languageId licenseId providerId scopeId sourceId typeId voiceId".split(" "),
);
/** Matches placeholders that people write instead of an id: `abc`, a name that ends in `Id`, or capitals. */
const ID_PLACEHOLDER =
  /^(?:id|abc|xyz|x{3,}|foo|bar|uuid|guid|[a-zA-Z]+I[dD]|[a-zA-Z_-]+[_-][iI][dD]|[A-Z][A-Z0-9_-]*)$/;
/** Words that paths of other operations have in place of an id. In capitals too, they are no placeholder. */
const LITERAL = /^(?:me|all|bulk|query|search)$/i;
/** Matches parameters of a path segment: `me;v=1`. */
const SEGMENT_PARAMETERS = /;.*$/s;
/** The word that workforce-management paths accept instead of an id, for the caller's own unit. */
const CALLERS_UNIT = "mine";

/** Returns the path value that is a word where an id is expected, or null when every value can be an id. */
export function findWordForId(values: readonly PathArgument[]): PathArgument | null {
  return (
    values.find(({ name, value }) => {
      const word = value.replace(SEGMENT_PARAMETERS, "");
      return (
        name.endsWith("Id") &&
        (NAMES.has(name) ? WORD : WORDS).test(word) &&
        word !== CALLERS_UNIT &&
        (LITERAL.test(word) || !ID_PLACEHOLDER.test(word))
      );
    }) ?? null
  );
}

/** Explains that the platform reads the word as an id. */
export function describeWordForId({ name, value }: PathArgument): string {
  return `\`${value}\` is treated as a \`${name}\``;
}
