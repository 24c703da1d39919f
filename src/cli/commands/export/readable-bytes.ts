const UNITS = ["bytes", "KB", "MB", "GB", "TB"];

/** Formats a size for display, in powers of 1,000. */
export function readableBytes(bytes: number): string {
  const power = bytes === 0 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${power === 0 ? bytes : (bytes / 1_000 ** power).toFixed(1)} ${UNITS[power]}`;
}
