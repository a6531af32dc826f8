import { createSignupHandler } from "@wadesk/cloud-api/signup";
import { isWadeskError } from "@wadesk/core";
import { createDevicesHandler } from "@wadesk/devices";
import { type AppOptions, createAppHandler, createSessions, openChats } from "@wadesk/example-app";
import type { Client } from "@wadesk/example-app/server";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toExpress } from "@wadesk/webhooks/express";
import express from "express";
import { showStep } from "./show-step.ts";

// a real application takes it from the session of whoever is signed in, as the screens do
const WORKSPACE = "acme";

/** What the application is given beside the client; without chats of its own it shows none. */
export type Parts = Partial<Pick<AppOptions, "chats" | "templates" | "world">> & { readonly show?: typeof showStep };

/**
 * The application: the vendors' webhooks, the Devices screen, the way back from Meta's dialog, its own pages with the chat, and three routes for `curl`. Those three ask nobody who they are, so
 * keep them on loopback.
 */
export function createApp(wadesk: Client, { chats = openChats(), show = showStep, ...parts }: Parts = {}): express.Express {
  const app = express();
  const acme = wadesk.workspace(WORKSPACE);
  const sessions = createSessions(wadesk);

  // before express.json(): signatures cover the raw bytes
  app.use(toExpress(createWebhookHandler(wadesk)));
  app.use(toExpress(createDevicesHandler(wadesk, { authorize: sessions.personOf, secure: sessions.secure })));
  app.use(
    "/connect/wa-store",
    toExpress(createSignupHandler(wadesk, { authorize: sessions.ownerOf, page: "/app/connected", secure: sessions.secure })),
  );
  app.use("/app", toExpress(createAppHandler({ wadesk, chats, sessions, ...parts })));
  app.get("/", (_request, response) => response.redirect("/app"));
  app.use(express.json());

  app.post("/connections", async (request, response) => {
    // on the channel in force, whichever the admin has chosen
    const linking = acme.connect(await wadesk.settings.activeChannel(), request.body);
    // a phone has to see the QR before there is an answer
    for await (const step of linking) await show(step);
    response.status(201).json(await linking);
  });
  app.get("/connections", async (_request, response) => {
    response.json(await acme.list());
  });
  app.post("/messages", async (request, response) => {
    response.status(202).json(await acme.send(request.body));
  });

  app.use(((error, _request, response, next) => {
    if (response.headersSent) return next(error);
    if (isWadeskError(error)) return response.status(error.httpStatus).json({ error });
    // a body that is no JSON is the sender's fault; what else went wrong is for the log, and no page with the stack
    const isTheirs = error instanceof SyntaxError && "body" in error;
    if (!isTheirs) console.error(error);
    response
      .status(isTheirs ? 400 : 500)
      .json({ error: { message: isTheirs ? "the body is no JSON" : "something went wrong; see the log" } });
  }) satisfies express.ErrorRequestHandler);
  return app;
}
