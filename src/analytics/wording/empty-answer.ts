import { quotedWord } from "../../core/shell-word.ts";

/** Dimensions whose values are addresses with a scheme. */
const WITH_SCHEME: ReadonlySet<string> = new Set(["ani", "dnis"]);
const NUMBER = /^\+?[\d\s().-]{4,30}$/;

/**
 * Returns a reason why filters may match nothing: a phone number lacks the prefix `tel:`, with which the platform
 * stores it.
 * @param filters values by dimension
 */
export function whyEmpty(
  filters: readonly { readonly name: string; readonly values: readonly string[] }[],
): readonly string[] {
  return filters.flatMap(({ name, values }) => {
    const number = WITH_SCHEME.has(name) ? values.find((value) => NUMBER.test(value)) : undefined;
    if (number === undefined) return [];
    const digits = number.replaceAll(/[\s().-]/g, "");
    const meant = quotedWord(`${name}=tel:${digits.startsWith("+") ? digits : `+${digits}`}`);
    return [`\`${name}\` of a call begins with \`tel:\`: --filter ${meant}`];
  });
}
