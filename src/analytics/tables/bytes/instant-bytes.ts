import { instantMs } from "../instant.ts";
import { isDigit } from "./json-bytes.ts";

/** Length of an instant in the platform's form, `2026-10-01T08:15:30.250Z`, and of its date with the `T`. */
const LENGTH = 24;
const DATE_LENGTH = 11;
const ZERO = 0x30;
const COLON = 0x3a;
const POINT = 0x2e;
const ZULU = 0x5a;

/** Reads instants. Most instants of a record are on the same date, so a date is converted only when it changes. */
export class InstantBytes {
  readonly #date = Buffer.alloc(DATE_LENGTH);
  /** The first millisecond of `#date`; NaN before the first instant. */
  #dateMs = Number.NaN;

  /** Returns the epoch milliseconds of text between two indexes; NaN when it is not an instant. */
  ms(bytes: Buffer, from: number, to: number): number {
    const ofDay = to - from === LENGTH ? this.#ofDay(bytes, from) : Number.NaN;
    if (Number.isNaN(ofDay)) return instantMs(bytes.toString("latin1", from, to));
    return this.#dateAt(bytes, from) + ofDay;
  }

  #dateAt(bytes: Buffer, from: number): number {
    const date = this.#date;
    for (let index = DATE_LENGTH - 1; index >= 0; index -= 1) {
      if (bytes[from + index] === date[index]) continue;
      this.#dateMs = instantMs(`${bytes.toString("latin1", from, from + DATE_LENGTH)}00:00:00.000Z`);
      bytes.copy(date, 0, from, from + DATE_LENGTH);
      break;
    }
    return this.#dateMs;
  }

  /** Returns the milliseconds since midnight; NaN for a time in another form. */
  #ofDay(bytes: Buffer, from: number): number {
    const hasForm =
      bytes[from + 13] === COLON &&
      bytes[from + 16] === COLON &&
      bytes[from + 19] === POINT &&
      bytes[from + 23] === ZULU &&
      isDigit(bytes[from + 22]);
    const hour = twoDigits(bytes, from + 11);
    const minute = twoDigits(bytes, from + 14);
    const second = twoDigits(bytes, from + 17);
    const hundredths = twoDigits(bytes, from + 20);
    if (!hasForm || hour > 23 || minute > 59 || second > 59 || hundredths > 99) return Number.NaN;
    const last = (bytes[from + 22] as number) - ZERO;
    return ((hour * 60 + minute) * 60 + second) * 1000 + hundredths * 10 + last;
  }
}

/** Returns a number of two digits; 100 when the bytes are not digits. */
function twoDigits(bytes: Buffer, at: number): number {
  const isNumber = isDigit(bytes[at]) && isDigit(bytes[at + 1]);
  return isNumber ? ((bytes[at] as number) - ZERO) * 10 + (bytes[at + 1] as number) - ZERO : 100;
}
