import { strict as assert } from "node:assert";
import { ERROR_TABLE, isWadeskError, nextStatus, WadeskError } from "@wadesk/core";

assert.ok(isWadeskError(new WadeskError("signature_invalid"), "signature_invalid"));
assert.equal(ERROR_TABLE.signature_invalid.httpStatus, 401);
assert.equal(typeof nextStatus, "function");
