import { LAYERS } from "../../../access/layers.ts";
import { LAYER_NAMES } from "../../../access/verdict/verdict.ts";
import type { HelpRow } from "../../layout/section.ts";
import type { TopicPage } from "../page.ts";

export function layersPage(): TopicPage {
  return {
    sections: [
      "Layers that can refuse a call. The platform checks the first nine in this order. The field `layer` of a verdict or finding names the first layer that refuses, or is `none` or `unknown`.",
      LAYER_NAMES.map((name): HelpRow => [name, LAYERS[name].title]),
    ],
    examples: [["genscope explain --json error.json", "the layer of a pasted failure, for a script"]],
  };
}
