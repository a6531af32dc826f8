import type { ChangedGroup, Group, GroupEdit, NewGroup } from "../model/group.ts";

/** Which connection's groups; without `from`, those of the workspace's primary one. */
export interface GroupOptions {
  readonly from?: string;
}

/** The groups that a connection is in. Rejects with `content_unsupported` on a channel without groups, and with `provider_refused` where the vendor says no. */
export interface WorkspaceGroups {
  list(options?: GroupOptions): Promise<readonly Group[]>;
  get(groupId: string, options?: GroupOptions): Promise<Group>;
  create(group: NewGroup, options?: GroupOptions): Promise<ChangedGroup>;
  change(groupId: string, edit: GroupEdit, options?: GroupOptions): Promise<ChangedGroup>;
  leave(groupId: string, options?: GroupOptions): Promise<void>;
  /** The address by which anybody joins. With `renew` it is a new one, and the former leads nowhere. */
  invite(groupId: string, options?: GroupOptions & { readonly renew?: boolean }): Promise<string>;
  /** Joins by such an address, or its code alone. Answers the group's id; nothing where its admins are asked first. */
  join(invite: string, options?: GroupOptions): Promise<string | undefined>;
}
