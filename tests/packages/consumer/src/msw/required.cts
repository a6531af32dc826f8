import kit = require("@wadesk/testing/msw");

if (typeof kit.metaHandlers !== "function") throw new Error("the entry lacks its main export");
