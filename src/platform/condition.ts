/**
 * Whether a condition is none at all: absent, or empty in its form. Anything else limits what it stands at,
 * understood or not.
 */
export function isNoCondition(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    (typeof value === "object" && Object.keys(value).length === 0)
  );
}
