import { oneLine } from "../core/text.ts";
import type { HttpEvent } from "../http/transport/tracing.ts";

/** Formats an HTTP event as one or two `--verbose` lines; secrets were replaced by `[secret]` earlier. */
export function describeEvent(event: HttpEvent): string {
  const request = `#${event.number} ${event.method} ${event.url}`;
  switch (event.kind) {
    case "request":
      return `> ${oneLine(request)}\n${describeHeaders(">", event.headers)}`;
    case "response":
      return `< ${oneLine(`${request} ${event.status} in ${event.elapsedMs} ms`)}\n${describeHeaders("<", event.headers)}`;
    case "failure":
      return `! ${oneLine(`${request} no response after ${event.elapsedMs} ms (${event.code ?? "unknown"})`)}\n`;
  }
}

function describeHeaders(mark: string, headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${mark}   ${oneLine(`${name}: ${value}`)}\n`)
    .join("");
}
