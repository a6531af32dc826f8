import type { DevicesPerson } from "@wadesk/devices";

/** Somebody who may sign in. */
export interface Person extends DevicesPerson {
  readonly name: string;
  /** What they may do, in words. */
  readonly title: string;
}

/** Everybody: a real application has them in its database, with passwords. */
export const PEOPLE: readonly Person[] = [
  {
    userId: "olga",
    name: "Olga",
    title: "operator of the platform, and owner of Acme",
    workspaceId: "acme",
    role: "owner",
    platform: true,
  },
  { userId: "owen", name: "Owen", title: "owner of Acme", workspaceId: "acme", role: "owner" },
  { userId: "mia", name: "Mia", title: "member of Acme", workspaceId: "acme", role: "member" },
  { userId: "bea", name: "Bea", title: "owner of Bloom, another workspace", workspaceId: "bloom", role: "owner" },
];
