// NestJS 11, as CommonJS: once as a mount before its body parser, once as a controller that has the raw body.
import "reflect-metadata";
import { All, Controller, Inject, Module, type RawBodyRequest, Req, Res } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { NestExpressApplication } from "@nestjs/platform-express";
import { toExpress } from "@wadesk/webhooks/express";
import { toNode } from "@wadesk/webhooks/node";
import type { Request as Incoming, Response as Outgoing } from "express";
import { type Serve, walk } from "./walk.mjs";

type Handler = Parameters<Serve>[0];

@Module({})
class Bare {}

const mounted: Serve = async (handler) => {
  const app = await NestFactory.create<NestExpressApplication>(Bare, { logger: false, bodyParser: false });
  app.use(toExpress(handler));
  app.useBodyParser("json");
  await app.listen(0, "127.0.0.1");
  return { origin: await app.getUrl(), close: () => app.close() };
};

@Controller("webhooks")
class Webhooks {
  readonly #serve: ReturnType<typeof toNode>;
  constructor(@Inject("handler") handler: Handler) {
    this.#serve = toNode(handler);
  }

  @All("*path")
  receive(@Req() request: RawBodyRequest<Incoming>, @Res() response: Outgoing): void {
    this.#serve(request, response);
  }
}

const controlled: Serve = async (handler) => {
  const dynamic = { module: Bare, controllers: [Webhooks], providers: [{ provide: "handler", useValue: handler }] };
  // Meta's batches reach 3 MB
  const app = await NestFactory.create<NestExpressApplication>(dynamic, { logger: false, rawBody: true });
  app.useBodyParser("json", { limit: "4mb" });
  await app.listen(0, "127.0.0.1");
  return { origin: await app.getUrl(), close: () => app.close() };
};

async function main(): Promise<void> {
  await walk(mounted);
  await walk(controlled);
}
void main();
