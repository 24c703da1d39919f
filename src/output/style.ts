/** The roles that a color can have. Color never carries meaning alone: the text reads the same without it. */
export interface Style {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubt: (text: string) => string;
  readonly hint: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const same = (text: string): string => text;

/** Style without color, for pipes, `NO_COLOR` and `--no-color`. */
export const plainStyle: Style = {
  good: same,
  bad: same,
  doubt: same,
  hint: same,
  strong: same,
  faint: same,
};

/** Returns the style for a stream of this color level; the color library is loaded only when needed. */
export async function styleFor(colourLevel: 0 | 1 | 2 | 3): Promise<Style> {
  if (colourLevel === 0) return plainStyle;
  const { Chalk } = await import("chalk");
  const chalk = new Chalk({ level: colourLevel });
  return {
    good: chalk.green,
    bad: chalk.red,
    doubt: chalk.yellow,
    hint: chalk.cyan,
    strong: chalk.bold,
    faint: chalk.dim,
  };
}
