import type { Io } from "../core/io.ts";
import { renderBlocks, type View } from "./blocks.ts";
import { type PresentationOptions, withoutControls } from "./present.ts";
import { plainStyle, styleFor } from "./style.ts";

/** Shows on stderr a result that explains a failure, because stdout is for data. */
export async function presentBeside<Result>(
  io: Io,
  options: PresentationOptions,
  result: Result,
  view: View<Result>,
): Promise<void> {
  const style = options.color === false ? plainStyle : await styleFor(io.stderr.colourLevel);
  const blocks = view(withoutControls(result), style);
  await io.stderr.write(
    `\n${await renderBlocks(blocks, io.stderr.isTerminal ? io.stderr.columns : null, style)}`,
  );
}
