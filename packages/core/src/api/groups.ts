import type { ChangedGroup, Group, GroupEdit, NewGroup } from "../model/group.ts";

/** Which connection's groups; without `from`, those of the workspace's primary one. */
export interface GroupOptions {
  /** The id of the connection that is in the group. */
  readonly from?: string;
}

/** The groups that a connection is in. Rejects with `content_unsupported` on a channel without groups, and with `provider_refused` where the vendor says no. */
export interface WorkspaceGroups {
  /** All groups that the number is in, with their members. */
  list(options?: GroupOptions): Promise<readonly Group[]>;
  /** One group by its id, with its members. */
  get(groupId: string, options?: GroupOptions): Promise<Group>;
  /** Makes a group that the number owns. Whom the vendor does not add stands in `refused`. */
  create(group: NewGroup, options?: GroupOptions): Promise<ChangedGroup>;
  /** Changes what `edit` names, people one by one: whom the vendor refuses stands in `refused`, and the others are changed. */
  change(groupId: string, edit: GroupEdit, options?: GroupOptions): Promise<ChangedGroup>;
  /** Leaves the group. Its messages stay on the phones of those who are in it. */
  leave(groupId: string, options?: GroupOptions): Promise<void>;
  /** The address by which anybody joins. With `renew` it is a new one, and the former leads nowhere. */
  invite(groupId: string, options?: GroupOptions & { readonly renew?: boolean }): Promise<string>;
  /** Joins by such an address, or its code alone. Answers the group's id; nothing where its admins are asked first. */
  join(invite: string, options?: GroupOptions): Promise<string | undefined>;
}
