type Method = (this: SubtleCrypto, ...given: unknown[]) => Promise<unknown>;

let pending = 0;

// how soon another thread answers is the machine's affair: a test asks whether it has, from the first import of this file
const prototype: object = Object.getPrototypeOf(crypto.subtle);
for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
  if (typeof value !== "function" || name === "constructor" || name === "supports") continue;
  const method: Method = value;
  Object.assign(prototype, { [name]: counted(method) });
}

function counted(method: Method): Method {
  return function (...given) {
    pending += 1;
    return method.apply(this, given).finally(() => {
      pending -= 1;
    });
  };
}

/** How many answers WebCrypto still owes to this process. */
export const pendingCrypto = (): number => pending;
