/** Go's SDK logs the bytes of the response: in base64 as JSON, as decimal numbers in a struct. */
const BASE64_BODY = /("rawBody"\s{0,4}:\s{0,4})"([A-Za-z0-9+/]{16,}={0,2})"/gi;
const DECIMAL_BODY = /(\brawBody:\s{0,4})\[((?:\d{1,3} ){16,}\d{1,3})\]/gi;

/** Decodes such bodies in place, so that a decoded JSON body becomes part of the surrounding JSON. */
export function decodeRawBodies(text: string): string {
  return text
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
