// What authors of channels and storages need is not among what a host is offered, and what a host writes stands in one place.
// @ts-expect-error a store is named by who implements it
import type { ConnectionStore as AtTheRoot, Storage, Wadesk } from "@wadesk/core";
import type { Channel, ConnectionStore } from "@wadesk/core/ports";
// @ts-expect-error the client is made by hosts alone
import { createWadesk } from "@wadesk/core/ports";

/** What a host writes. */
export const hosts: { readonly wadesk: Wadesk; readonly storage: Storage }[] = [];
/** What an author writes. */
export const authors: { readonly channel: Channel<"telex", object, object, object, object>; readonly store: ConnectionStore }[] = [];
/** What neither finds. */
export const nowhere: readonly [AtTheRoot | undefined, unknown] = [undefined, createWadesk];
