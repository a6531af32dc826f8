module.exports = { rootDir: "out", testMatch: ["**/required.test.cjs"], transform: {} };
