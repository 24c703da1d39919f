import { LAYERS } from "../../../access/layers.ts";
import { LAYER_NAMES } from "../../../access/verdict/verdict.ts";
import type { HelpRow } from "../../layout/section.ts";
import type { TopicPage } from "../page.ts";

export function layersPage(): TopicPage {
  return {
    sections: [
      "These layers can refuse a call. The platform checks the first nine in this order. The field `layer` of a verdict or finding names the first layer that refuses.",
      LAYER_NAMES.map((name): HelpRow => [name, LAYERS[name].title]),
    ],
    examples: [["genscope explain --json error.json", "the layer of a pasted failure, for a script"]],
  };
}
