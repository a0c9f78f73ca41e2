import { memoryStore } from "../../../src/store/memory-store.ts";
import { customizationStoreContract } from "../../contract/customization-store.ts";

customizationStoreContract("memoryStore", async () => memoryStore());
