import type { Contact } from "../model/contact.ts";
import type { ChangedGroup, Group, GroupEdit } from "../model/group.ts";

/** A change as a line is given it: who is named is read. */
export type LineGroupEdit = Omit<GroupEdit, People> & { readonly [Action in People]?: readonly Contact[] };

type People = "add" | "remove" | "promote" | "demote";

/** What one connected number can do with groups: a part of its line. What the vendor refuses is `provider_refused`, with its code. */
export interface LineGroups {
  /** Those that the number is in. */
  list(): Promise<readonly Group[]>;
  /** One by its id. */
  get(groupId: string): Promise<Group>;
  /** Makes one. Whom the vendor does not add stands in `refused`. */
  create(group: { readonly subject: string; readonly members: readonly Contact[] }): Promise<ChangedGroup>;
  /** Changes what is named. Whom the vendor refuses stands in `refused`. */
  change(groupId: string, edit: LineGroupEdit): Promise<ChangedGroup>;
  /** Leaves it. */
  leave(groupId: string): Promise<void>;
  /** The address by which anybody joins. With `renew` it is a new one, and the former leads nowhere. */
  invite(groupId: string, renew: boolean): Promise<string>;
  /** Joins by such an address, or its code alone. Answers the group's id; nothing where its admins are asked first. */
  join(invite: string): Promise<string | undefined>;
}
