import { ABOUT_ACCESS } from "./access-misconceptions.ts";
import type { Misconception } from "./misconception.ts";
import { ABOUT_THE_PRODUCT } from "./product-misconceptions.ts";
import { ABOUT_TOKENS } from "./token-misconceptions.ts";

/** Every common misconception that can be recognized by its wording. */
export const MISCONCEPTIONS: readonly Misconception[] = [
  ...ABOUT_ACCESS,
  ...ABOUT_TOKENS,
  ...ABOUT_THE_PRODUCT,
];
