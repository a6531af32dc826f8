import type { Connection } from "../model/connection.ts";
import type { ConnectionContext } from "./context.ts";

/** A channel's own operations by name, as an `OperationTable` of the channel types them. Each reads itself what the host gave, and rejects with `input_invalid`. */
export type ChannelOperations = object;

/** What hosts can do with a connection of one channel beyond what every channel can, by name, as its channel does it. */
export type OperationTable<Operations, Details, Secret, Settings> = {
  readonly [Name in keyof Operations]: Operations[Name] extends (...given: infer Given) => infer Answer
    ? (connection: Connection<Details>, context: ConnectionContext<Settings, Secret>, ...given: Given) => Answer
    : never;
};

/** The same as hosts call it. */
export type OperationsOf<Each> = Each extends { readonly operations: infer Table }
  ? {
      readonly [Name in keyof Table]: Table[Name] extends (connection: never, context: never, ...given: infer Given) => infer Answer
        ? (...given: Given) => Answer
        : never;
    }
  : never;
