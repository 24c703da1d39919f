import { grouped } from "../../../core/text.ts";

/** Formats a number for a terminal, with thousands separators and at most three decimal places. */
export function readableNumber(value: number): string {
  const [whole = "0", fraction] = String(Number(Math.abs(value).toFixed(3))).split(".");
  const sign = value < 0 ? "-" : "";
  return `${sign}${grouped(Number(whole))}${fraction === undefined ? "" : `.${fraction}`}`;
}
