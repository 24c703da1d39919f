import { parseJson } from "../../../../core/json.ts";

/** Matches response bytes in logs of the Go SDK: base64 in JSON, decimal numbers in a struct. */
const BASE64_BODY = /("rawBody"\s{0,4}:\s{0,4})"([A-Za-z0-9+/]{16,}={0,2})"/gi;
const DECIMAL_BODY = /(\brawBody:\s{0,4})\[((?:\d{1,3} ){16,}\d{1,3})\]/gi;

/**
 * Matches a quoted or separate word that can be a JSON object in base64. Excludes the parts of a JWT, which are
 * separated by dots.
 */
const ENCODED_OBJECT =
  /(["']?)(?<![\w+/.-])(e(?:yJ|yA|wo|w0)[A-Za-z0-9+/_-]{40,200000}={0,2})(?![\w+/.=-])\1/g;
/** Matches the fields of an error body. A decoded object without them may be a token or a paging cursor. */
const OF_ERROR = /"(?:message|error|error_description|contextId|status|code)"\s{0,4}:/;

/** Matches a percent-encoded JSON object. */
const ESCAPED_OBJECT = /%7B(?:%0A|%20|\+){0,40}%22[\w%.+*()~!'@:,/-]{20,20000}%7D/gi;

function decodeEscapes(all: string): string {
  try {
    const body = decodeURIComponent(all.replaceAll("+", " "));
    return OF_ERROR.test(body) && parseJson(body) !== undefined ? body : all;
  } catch {
    // Text with a truncated escape stays as it is.
    return all;
  }
}

/** Decodes logged response bytes in place, so that a JSON body becomes part of the JSON around it. */
export function decodeRawBodies(text: string): string {
  return text
    .replace(ESCAPED_OBJECT, decodeEscapes)
    .replace(ENCODED_OBJECT, (all: string, _quote: string, value: string) => {
      const body = Buffer.from(value, "base64").toString("utf8").trim();
      return OF_ERROR.test(body) && parseJson(body) !== undefined ? body : all;
    })
    .replace(BASE64_BODY, (all: string, name: string, value: string) => {
      const body = Buffer.from(value, "base64").toString("utf8").trim();
      return /^[{[]/.test(body)
        ? `${name}${body}`
        : body.startsWith("<")
          ? `${name}${JSON.stringify(body)}`
          : all;
    })
    .replace(
      DECIMAL_BODY,
      (_all: string, name: string, value: string) =>
        `${name} ${Buffer.from(value.split(" ").map(Number)).toString("utf8")}`,
    );
}
