import { BEYOND_DOUBLE } from "./media-endpoint-stats.ts";

/**
 * The record as text: what JSON allows and JavaScript would not write by itself is in some of them, so that
 * a reader which writes records anew is found out. `variant` chooses, the same for the same conversation.
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
