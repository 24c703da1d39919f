/** Describes a scope: `<area>:readonly` allows reading, `<area>` also allows changes. */
export function describeScope(scope: string): string {
  if (scope === "user-basic-info") return "Read basic facts about you";
  const [area = ""] = scope.split(":");
  return scope.endsWith(":readonly") ? `Read ${area}` : `Read and change ${area}`;
}
