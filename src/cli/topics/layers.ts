import { LAYERS } from "../../access/layers.ts";
import { LAYER_NAMES } from "../../access/verdict/verdict.ts";
import { renderPage, type TopicRow } from "./page.ts";

/** Returns the text of `genscope help layers`. */
export function layersHelp(): string {
  return renderPage(
    [
      "Layers that can refuse a call, in the platform's order of checks. `layer` of a verdict or a finding names the first one\nthat refuses.",
      LAYER_NAMES.map((name): TopicRow => [name, LAYERS[name].title]),
    ],
    [["genscope explain --json error.json", "the layer of a pasted failure, for a script"]],
  );
}
