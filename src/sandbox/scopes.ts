/** A scope in words: `<area>:readonly` reads, `<area>` changes as well. */
export function describeScope(scope: string): string {
  const [area = ""] = scope.split(":");
  return scope.endsWith(":readonly") ? `Read ${area}` : `Read and change ${area}`;
}
