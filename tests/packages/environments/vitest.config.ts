// the workspace's own configuration is no business of this project
export default { root: "out", test: { include: ["*.test.mjs"] } };
