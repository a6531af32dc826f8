/** The app of every host in this room. */
export const APP = { appId: "700000000000001", appSecret: "5c2e0f7a91b34d6e8f0a1b2c3d4e5f60", verifyToken: "a-verify-token" } as const;

/** The number's id at Meta; its connection is in the storage before a host starts. */
export const PHONE_NUMBER_ID = "300100000000001";

/** A key ring of one key. */
export const ENCRYPTION_KEYS: string = `k1:${Buffer.alloc(32, "key of the durability room").toString("base64url")}`;
