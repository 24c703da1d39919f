/** One chart: a line per bar with its label, the bar and its value as text. */
export interface BarsBlock {
  readonly kind: "bars";
  readonly title: string;
  readonly bars: readonly {
    readonly label: string;
    /** The fraction of the full length, from 0 to 1; null for a gap. */
    readonly share: number | null;
    readonly value: string;
  }[];
  /** Whether bars consist of ASCII characters, for terminals without color or without Unicode. */
  readonly isPlain: boolean;
}
