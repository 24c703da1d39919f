/** Units, largest first. */
const UNITS: readonly (readonly [name: string, lengthMs: number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
];

/** Formats a duration with its two largest units: `4m 12s`, `2h 3m`, `3d 4h`, `850ms`. */
export function readableDuration(durationMs: number): string {
  const sign = durationMs < 0 ? "-" : "";
  const lengthMs = Math.abs(Math.round(durationMs));
  if (lengthMs < 1_000) return `${sign}${lengthMs}ms`;
  const seconds = Math.round(lengthMs / 1_000) * 1_000;
  const first = UNITS.findIndex(([, unitMs]) => seconds >= unitMs);
  const [name, unitMs] = UNITS[first] ?? ["s", 1_000];
  const [smallerName, smallerMs] = UNITS[first + 1] ?? ["", 1];
  const rest = smallerName === "" ? 0 : Math.floor((seconds % unitMs) / smallerMs);
  return `${sign}${Math.floor(seconds / unitMs)}${name}${rest === 0 ? "" : ` ${rest}${smallerName}`}`;
}
