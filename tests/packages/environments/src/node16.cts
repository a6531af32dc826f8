// CommonJS compiled as `node16`, which lets nobody `require` an ES module: `import()` loads it, and types are named with their mode.
import type { Wadesk } from "@wadesk/core" with { "resolution-mode": "import" };

async function open(): Promise<Wadesk> {
  const [{ createWadesk, memoryStorage }, { cloudApi }] = await Promise.all([import("@wadesk/core"), import("@wadesk/cloud-api")]);
  return createWadesk({ channels: [cloudApi()], storage: memoryStorage(), encryptionKeys: `k1:${"A".repeat(43)}` });
}

void open().then((wadesk) => wadesk.stop());
