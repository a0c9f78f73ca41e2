import { keyedMutex } from "../../../src/flow/keyed-mutex.ts";
import { keyedMutexContract } from "../../contract/keyed-mutex.ts";

keyedMutexContract("keyedMutex", async () => keyedMutex());
