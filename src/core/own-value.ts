/**
 * Returns a table's own value for an outside word. Words such as `constructor` and `__proto__` exist on every
 * object but are not in the table.
 */
export function ownValue<Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
