import { cardOf, listOf } from "../cards/card-of.ts";
import { answer } from "../refusal.ts";
import { connection } from "../wire/connection.ts";
import { type RenameBody, renameBody } from "../wire/link.ts";
import { type EventsQuery, eventsQuery, type ListQuery, list, listQuery } from "../wire/list.ts";
import { done, type Route, route } from "./route.ts";

/** Connections, and what is done with one. */
export const CONNECTION_ROUTES: readonly Route[] = [
  route<ListQuery>({
    id: "listConnections",
    method: "GET",
    path: "/connections",
    needs: "member",
    summary: "One page of the connections of the channel in force, oldest first, with counts of all",
    query: listQuery,
    answers: { status: 200, schema: list },
    run: async ({ workspace, query, desk }) => answer(listOf(await workspace.list(query), desk.client.screen.now())),
  }),
  route({
    id: "getConnection",
    method: "GET",
    path: "/connections/{id}",
    needs: "member",
    summary: "One connection, of whichever channel",
    answers: { status: 200, schema: connection },
    run: async ({ workspace, name }) => answer(cardOf(await workspace.get(name))),
  }),
  route<unknown, RenameBody>({
    id: "renameConnection",
    method: "PATCH",
    path: "/connections/{id}",
    needs: "owner",
    summary: "Gives it another label",
    body: renameBody,
    answers: { status: 200, schema: connection },
    run: async ({ workspace, name, body }) => answer(cardOf(await workspace.rename(name, body.label))),
  }),
  route({
    id: "removeConnection",
    method: "DELETE",
    path: "/connections/{id}",
    needs: "owner",
    summary:
      "Ends it with the vendor, and forgets it and all that belongs to it; one whose session another process keeps goes within two seconds",
    answers: { status: 204, schema: "nothing" },
    asksVendor: true,
    async run({ workspace, name }) {
      await workspace.remove(name);
      return done();
    },
  }),
  route({
    id: "checkConnection",
    method: "POST",
    path: "/connections/{id}/check",
    needs: "owner",
    summary: "Asks the vendor how it is",
    answers: { status: 200, schema: connection },
    asksVendor: true,
    run: async ({ workspace, name }) => answer(cardOf(await workspace.check(name))),
  }),
  route({
    id: "makePrimary",
    method: "POST",
    path: "/connections/{id}/primary",
    needs: "owner",
    summary: "Makes it the one that the workspace sends from",
    answers: { status: 200, schema: connection },
    async run({ workspace, name }) {
      await workspace.setPrimary(name);
      return answer(cardOf(await workspace.get(name)));
    },
  }),
  route({
    id: "disconnectConnection",
    method: "POST",
    path: "/connections/{id}/disconnect",
    needs: "owner",
    summary: "Ends it with the vendor and keeps its card, so that it can be connected again",
    answers: { status: 200, schema: connection },
    asksVendor: true,
    run: async ({ workspace, name }) => answer(cardOf(await workspace.disconnect(name))),
  }),
  route<EventsQuery>({
    id: "listen",
    method: "GET",
    path: "/events",
    needs: "member",
    summary:
      "What happens in the workspace, live, from a snapshot on; read it by fetch, and open it anew when it ends or nothing came for 40 seconds",
    query: eventsQuery,
    answers: { status: 200, schema: "events" },
    run: async ({ live, request, person, query }) => live.open({ request, person, limit: query.limit ?? 50 }),
  }),
];
