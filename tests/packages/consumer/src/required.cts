import core = require("@wadesk/core");

if (!core.isWadeskError(new core.WadeskError("signature_invalid"))) throw new Error("an error of the package is not known to it");
