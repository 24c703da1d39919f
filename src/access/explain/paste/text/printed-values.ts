/** An attribute as the collector prints it: `-> http.response.status_code: Int(403)`. */
const PRINTED =
  /^([ \t]{1,12}-> [\w.-]{1,100}: )(?:Str|Int|Double|Slice)\((?:\["?)?([^\n]{0,2000}?)(?:"?\])?\)$/gm;

/** Removes the types from attributes that a collector printed. */
export function withBareAttributes(text: string): string {
  return text.includes("-> ") ? text.replace(PRINTED, "$1$2") : text;
}
