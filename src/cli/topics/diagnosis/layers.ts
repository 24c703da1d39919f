import { LAYERS } from "../../../access/layers.ts";
import { LAYER_NAMES } from "../../../access/verdict/verdict.ts";
import type { HelpRow } from "../../layout/section.ts";
import type { TopicPage } from "../page.ts";

/** Returns the page of `genscope help layers`. */
export function layersPage(): TopicPage {
  return {
    sections: [
      "Layers that can refuse a call, in the platform's order of checks. `layer` of a verdict or a finding names the first one that refuses.",
      LAYER_NAMES.map((name): HelpRow => [name, LAYERS[name].title]),
    ],
    examples: [["genscope explain --json error.json", "the layer of a pasted failure, for a script"]],
  };
}
