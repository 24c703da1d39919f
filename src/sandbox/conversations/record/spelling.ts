import { BEYOND_DOUBLE } from "./media-endpoint-stats.ts";

/**
 * Writes the record as text. Some records use valid JSON that JavaScript itself never writes, which exposes clients
 * that parse and rewrite records. `variant` selects the spelling and is always the same for a conversation.
 */
export function spell(record: object, variant: number): string {
  const text = JSON.stringify(record).replaceAll(String(BEYOND_DOUBLE), "9007199254740993");
  switch (variant % 64) {
    case 1:
      return text.replaceAll("/", "\\/");
    case 2:
      return text.replaceAll(
        /[\u0080-\uffff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );
    case 3:
      return text.replaceAll('"minMos":4,', '"minMos":4.0,').replaceAll('"value":0}', '"value":0E+0}');
    default:
      return text;
  }
}
