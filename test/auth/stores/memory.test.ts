import { describeCredentialStore } from "../../contract/credential-store.ts";
import { memoryStore } from "../../support/memory-store.ts";

// Other tests rely on this store, so it must behave like the real ones.
const store = memoryStore();
describeCredentialStore("the store of other tests", () => store);
