/**
 * Returns whether a condition is absent or empty. Any other condition restricts its grant, whether or not
 * genscope understands it.
 */
export function isNoCondition(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    (typeof value === "object" && Object.keys(value).length === 0)
  );
}
