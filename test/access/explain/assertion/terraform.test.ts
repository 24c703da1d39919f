import { describe } from "vitest";
import { staysSilent } from "./stays-silent.ts";

describe("finds no known error of Terraform in text that does not report one", () => {
  staysSilent("duplicate Terraform blocks", /two blocks of the configuration/, [
    "We fixed the 'Error: Duplicate resource' by renaming. How do I import a queue?",
  ]);
  staysSilent("a cycle of Terraform blocks", /refer to each other in a circle/, [
    "No Cyclic Dependencies Identified",
    "Cyclic Dependencies Identified: none",
  ]);
  staysSilent("the format of an import id", /does not have the form that this resource type expects/, [
    "The import ID must be the GUID, as the docs say. How do I find it?",
  ]);
  staysSilent("changes outside Terraform", /changed or deleted without Terraform/, [
    "No changes. No Objects have changed outside of Terraform.",
  ]);
  staysSilent("the provider's client pool", /waited for one of its own pooled clients/, [
    "DEBUG waiting for available client\nDEBUG acquired client after 12ms\nApply complete! Resources: 3 added",
  ]);
  staysSilent("an export of unknown resource types", /names resource types or attributes that do not exist/, [
    "INFO genesyscloud_user is not being exported because it is excluded, as configured. Apply complete!",
  ]);
  staysSilent("a file that Terraform cannot write", /could not write its files/, [
    "Our app logs Error opening file config.ini. Unrelated. How do I list users?",
  ]);
  staysSilent("permissions that the role editor does not list", /role editor does not list belongs/, [
    "Which permissions are not listed in the role editor?",
    "All permissions are listed in the role editor.",
    "The permission isn't on the list of the CRM.",
    "If a permission is not in the role editor, what does that mean?",
  ]);
});
