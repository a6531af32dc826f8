import type { Labels } from "../en/en.ts";

/** Words of states, of why a number is in one, and of what can be done, in Spanish. */
export const states: Labels["states"] = {
  chips: {
    connected: "Conectado",
    restricted: "Restringido",
    pending: "Pendiente",
    repair: "Vincular de nuevo",
    disconnected: "Desconectado",
    failed: "Falló",
  },
  remedies: {
    open: "Abrir",
    pairAgain: "Vincular de nuevo",
    connectAgain: "Conectar de nuevo",
    reconnect: "Reconectar",
    replaceToken: "Cambiar el token",
    checkNow: "Comprobar ahora",
  },
  restricted: (until) =>
    `WhatsApp impide a este número iniciar chats ${until === undefined ? "por ahora" : `hasta ${until}`}. Las respuestas siguen saliendo.`,
  reasons: {
    awaiting_scan: "Esperando que se escanee el QR.",
    awaiting_code: "Esperando que se escriba el código en el teléfono.",
    passkey_required: "WhatsApp pide una clave de acceso, que no se puede dar aquí.",
    restarting: "WhatsApp reinicia el vínculo; unos segundos.",
    syncing: "Sincronizando datos",
    verifying: "Comprobando las credenciales",
    needs_repair: "WhatsApp terminó la sesión. Vincula el teléfono de nuevo para usar este número.",
    unlinked: "Desvinculado en el teléfono. Vincúlalo de nuevo para usar este número.",
    replaced: "Otro programa abrió esta sesión. Deténlo allí y conecta de nuevo; no hace falta otro QR.",
    silent: "Sin noticias. Vuelve solo cuando el servicio auxiliar lo alcance.",
    requested: "Desconectado por alguien de este espacio.",
    connection_lost: "La conexión se cayó. Se reconecta sola.",
    phone_inactive: "El teléfono pasó 14 días sin abrir WhatsApp. Ábrelo allí y vincula de nuevo.",
    credentials_rejected: "El proveedor rechazó las credenciales. Revísalas y reconecta.",
    token_expired: "El token de acceso caducó o fue revocado. Reconecta con un token permanente de usuario del sistema.",
    scope_missing: "Al token le falta un permiso de WhatsApp. Genera uno con los dos ámbitos de WhatsApp.",
    app_mismatch: "El token es de otra aplicación de Meta. Genéralo para la aplicación de la configuración.",
    number_mismatch: "Otro número escaneó el QR.",
    pair_failed: "WhatsApp no completó el vínculo.",
    banned: "WhatsApp bloqueó este número para siempre. Pide una revisión en WhatsApp en el teléfono; hasta entonces no se puede usar.",
    temporarily_banned: "WhatsApp bloqueó esta cuenta por un tiempo. Mira el aviso en el teléfono y espera.",
    locked: "La cuenta está bloqueada. Abre WhatsApp en el teléfono y sigue lo que pide.",
    client_outdated: "WhatsApp rechaza esta versión del vínculo. Pide a tu administrador que actualice WaDesk.",
    bridge_unreachable: "El servicio auxiliar no responde. Pide a tu administrador que lo revise.",
  },
  cloudReasons: {
    credentials_rejected: "Meta rechazó las credenciales. Revísalas y reconecta.",
    number_mismatch: "El número no pertenece a esta WABA.",
    locked: "La cuenta está bloqueada. Abre la consola del proveedor y sigue lo que pide.",
  },
  twilioReasons: {
    credentials_rejected: "Twilio rechazó las credenciales. Revísalas y reconecta.",
    locked: "La cuenta está bloqueada. Abre la consola del proveedor y sigue lo que pide.",
  },
  phoneUnseen: (by) => `Abre WhatsApp en este teléfono antes del ${by}, o WhatsApp deshace el vínculo.`,
  tokenEnds:
    "Los envíos paran cuando caduque el token. Cámbialo por un token permanente de usuario del sistema con los dos ámbitos de WhatsApp.",
  qualityLow: "La gente bloquea o denuncia este número, y Meta puede bajar su límite. Escribe menos, y solo a quien lo pidió.",
  banners: {
    banned: (label) => `WhatsApp bloqueó ${label} para siempre`,
    bannedText: (phone) =>
      `Nada sale de ${phone}. Pide una revisión en WhatsApp en el teléfono y pasa sus campañas a otro número.`,
    blocked: (label) => `WhatsApp bloqueó ${label} por un tiempo`,
    blockedText: "Mira el aviso en WhatsApp en el teléfono y espera a que termine. No vincules el número en otro sitio mientras tanto.",
    locked: (label) => `WhatsApp bloqueó la cuenta de ${label}`,
    lockedText: "Abre WhatsApp en el teléfono y sigue lo que pide. Después vincula el teléfono de nuevo.",
    restricted: (label, until) => `WhatsApp restringe ${label} ${until === undefined ? "por ahora" : `hasta ${until}`}`,
    restrictedText: "No puede iniciar chats; las respuestas siguen saliendo. Ve más despacio y escribe solo a quien te espera.",
    unseen: (label, by) => `${label}: abre WhatsApp en el teléfono antes del ${by}`,
    unseenText: (days) =>
      `Un teléfono vinculado tiene que abrir WhatsApp al menos una vez cada 14 días, o WhatsApp deshace el vínculo. Se abrió hace ${days} ${days === 1 ? "día" : "días"}.`,
  },
};
