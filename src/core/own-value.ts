/**
 * Returns the value that a table has of its own under a word from outside. Words such as `constructor` and
 * `__proto__` have a value on every object, and none in the table.
 */
export function ownValue<Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
