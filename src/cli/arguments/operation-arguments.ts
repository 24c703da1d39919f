const METHOD = /^(get|put|post|patch|delete|head)$/i;
const PLACE = /^(?:\/|https?:\/\/|(?:[\w.-]+\/)?api\/v\d+\/)/i;
const WORD = /^[a-z][a-z0-9]*$/;

/** Returns whether an argument is a path or URL; the slash before `api/v2/` and the scheme may be missing. */
export function isPlace(operand: string): boolean {
  return PLACE.test(operand);
}

/**
 * Returns the operations that the arguments name. A method belongs to the path or URL that follows it. A sequence of
 * plain lower-case words names one operation, as in the official CLI.
 */
export function joinMethods(operands: readonly string[]): readonly string[] {
  const names: string[] = [];
  let words: string[] = [];
  const endWords = () => {
    if (words.length > 0) names.push(words.join(" "));
    words = [];
  };
  for (let index = 0; index < operands.length; index += 1) {
    const operand = operands[index] ?? "";
    const next = operands[index + 1];
    if (METHOD.test(operand) && next !== undefined && isPlace(next)) {
      endWords();
      names.push(`${operand} ${next}`);
      index += 1;
    } else if (WORD.test(operand)) {
      words.push(operand);
    } else {
      endWords();
      names.push(operand);
    }
  }
  endWords();
  return names;
}
