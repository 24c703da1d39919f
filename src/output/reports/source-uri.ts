import { pathSegment } from "../../core/text.ts";
/**
 * Returns a file as a SARIF URI: relative to the source root, or absolute for a file outside that root (RFC 3986, RFC
 * 8089).
 */
export function sourceUri(file: string): { readonly uri: string; readonly uriBaseId?: string } {
  const path = file.replaceAll("\\", "/");
  const encoded = path.split("/").map(pathSegment).join("/");
  if (path.startsWith("/")) return { uri: `file://${encoded}` };
  const [drive] = /^[a-z]:(?=\/)/i.exec(path) ?? [];
  if (drive !== undefined) {
    return { uri: `file:///${drive}${encoded.slice(pathSegment(drive).length)}` };
  }
  return { uri: encoded.replace(/^(\.\/)+/, ""), uriBaseId: "%SRCROOT%" };
}
