// The same packages by `require`, as a CommonJS application on Node 22.13 or newer loads them. The contracts need vitest, which cannot be required.
import core = require("@wadesk/core");
import kit = require("@wadesk/testing");
import webhooks = require("@wadesk/webhooks");
import express = require("@wadesk/webhooks/express");
import mount = require("@wadesk/webhooks/node");

if (!core.isWadeskError(new core.WadeskError("signature_invalid"))) throw new Error("an error of the package is not known to it");
const used = [kit.signMeta, webhooks.createWebhookHandler, express.toExpress, mount.toNode];
if (!used.every((each) => typeof each === "function")) throw new Error("an entry lacks its main export");
