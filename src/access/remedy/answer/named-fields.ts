/** Matches a field of the request in the details of an error body: `"fieldName": "version"`. */
const FIELD =
  /\\?["'](?:fieldName|field_name|field|property|propertyName|propertyPath)\\?["']\s{0,3}:\s{0,3}\\?["']([A-Za-z_][\w.[\]-]{0,80})\\?["']/g;
/** Maximum number of fields to name. */
const MOST_FIELDS = 3;

/** Returns the fields of the request that an error body points at, each once. */
export function readNamedFields(words: string): readonly string[] {
  return [...new Set(Array.from(words.matchAll(FIELD), ([, name = ""]) => name))].slice(0, MOST_FIELDS);
}
