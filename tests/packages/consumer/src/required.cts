// The same packages by `require`, as a CommonJS application on Node 22.13 or newer loads them. The contracts need vitest, which cannot be required.
import crypto = require("node:crypto");
import cloud = require("@wadesk/cloud-api");
import browser = require("@wadesk/cloud-api/browser");
import inbound = require("@wadesk/cloud-api/inbound");
import signup = require("@wadesk/cloud-api/signup");
import core = require("@wadesk/core");
import ports = require("@wadesk/core/ports");
import devices = require("@wadesk/devices");
import postgres = require("@wadesk/storage/postgres");
import sqlite = require("@wadesk/storage/sqlite");
import kit = require("@wadesk/testing");
import web = require("@wadesk/testing/whatsapp-web");
import twilio = require("@wadesk/twilio");
import twilioInbound = require("@wadesk/twilio/inbound");
import unofficial = require("@wadesk/unofficial");
import webhooks = require("@wadesk/webhooks");
import express = require("@wadesk/webhooks/express");
import fastify = require("@wadesk/webhooks/fastify");
import next = require("@wadesk/webhooks/next");
import mount = require("@wadesk/webhooks/node");

const wadesk = core.createWadesk({
  channels: [cloud.cloudApi(), twilio.twilio(), unofficial.unofficial()],
  storage: sqlite.sqliteStorage(":memory:"),
  encryptionKeys: `k1:${crypto.randomBytes(32).toString("base64url")}`,
});
mount.toNode(webhooks.createWebhookHandler(wadesk));
const used = [
  kit.signMeta,
  ports.lazySchema,
  devices.createDevicesHandler,
  postgres.postgresStorage,
  web.createWhatsAppWeb,
  inbound.normalizeMeta,
  browser.prepareSignup,
  signup.createSignupHandler,
  twilioInbound.normalizeTwilio,
  express.toExpress,
  fastify.toFastify,
  next.toNext,
];
if (!used.every((each) => typeof each === "function")) throw new Error("an entry lacks its main export");
