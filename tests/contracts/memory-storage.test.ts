import { memoryStorage } from "@wadesk/core";
import { storageContract } from "@wadesk/testing/contracts";

storageContract("memoryStorage", async (time) => memoryStorage(time));
