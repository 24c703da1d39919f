/**
 * Looks up a key from an external source, such as user input, in a table. Returns undefined for names that every
 * object inherits, such as `constructor` and `__proto__`.
 */
export function ownValue<Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
