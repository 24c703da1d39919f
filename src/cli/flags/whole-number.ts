import { InvalidArgumentError } from "@commander-js/extra-typings";

/**
 * Returns a parser for a flag whose value must be a whole number.
 * @param most null for no limit
 */
export function wholeNumber(least: number, most: number | null = null): (text: string) => number {
  return (text) => {
    const number = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isInteger(number) && number >= least && number <= (most ?? Number.MAX_SAFE_INTEGER)) {
      return number;
    }
    const range = most === null ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`a whole number ${range}`);
  };
}
