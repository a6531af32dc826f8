type Method = (this: SubtleCrypto, ...given: unknown[]) => Promise<unknown>;

let pending = 0;

// how soon another thread answers is the machine's affair: a test asks whether it has, from the first import of this file. What stands on the object is
// counted, whether it is its own or its prototype's: a test's observer may have put something of its own before a method
const { subtle } = crypto;
for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(subtle))) {
  const method: unknown = Reflect.get(subtle, name);
  if (typeof method !== "function" || name === "constructor" || name === "supports") continue;
  Object.assign(subtle, { [name]: counted(method as Method) });
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
