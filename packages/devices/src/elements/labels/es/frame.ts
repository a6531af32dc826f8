import type { Labels } from "../en/en.ts";

/** Words of titles, actions and of what holds for the whole screen, in Spanish. */
export const frame: Labels["frame"] = {
  titles: { unofficial: "Mis dispositivos", "cloud-api": "Mis cuentas WABA", twilio: "Twilio", other: "Mis números" },
  lines: {
    unofficial: "Teléfonos vinculados por la API no oficial",
    "cloud-api": "Números en la WhatsApp Cloud API (Meta)",
    twilio: "Todo lo que envía este espacio pasa por este remitente",
    other: "Números de este espacio",
  },
  add: { unofficial: "Añadir dispositivo", "cloud-api": "Añadir cuenta WABA", twilio: "Conectar Twilio", other: "Añadir número" },
  listNames: { unofficial: "Dispositivos", "cloud-api": "Cuentas WABA", twilio: "Twilio", other: "Números" },
  connectedCount: (count, at) =>
    `${count.toLocaleString("es")} ${count === 1 ? "conectado" : "conectados"}${at === undefined ? "" : ` a las ${at}`}`,
  loading: "Cargando los dispositivos",
  cancel: "Cancelar",
  close: "Cerrar",
  done: "Listo",
  copy: "Copiar",
  copied: "Copiado",
  saved: "Guardado",
  tryAgain: "Intentar de nuevo",
  details: "Detalles para soporte",
  optional: "opcional",
  offlineTitle: "No tienes conexión",
  offlineText: (at) =>
    `Así estaban las cosas a las ${at}. Tus teléfonos siguen conectados mientras tanto; la pantalla se actualiza sola cuando vuelvas.`,
  interruptedTitle: "Las actualizaciones en vivo se interrumpieron",
  interruptedText: "Reconectando. Hasta entonces la lista se actualiza cada 30 segundos.",
  failedTitle: "No se pudieron cargar los dispositivos",
  failedText:
    "El servidor no respondió. Nada cambió en tus conexiones. Inténtalo de nuevo en un momento; si continúa, dile a tu administrador el código",
  signedOutTitle: "Tu sesión terminó",
  signedOutText: "Inicia sesión otra vez y recarga esta página. Nada cambió en tus conexiones.",
  onlyOwners: "Solo los dueños de este espacio conectan y quitan números.",
  twilioLine: "Conecta un remitente de WhatsApp de Twilio a este workspace",
  copyName: (what) => `Copiar ${what}`,
  partLoading: "Cargando",
  partFailedTitle: "No se pudo cargar esta parte de la pantalla",
  partFailedText: "Nada ha cambiado en tus conexiones. Vuelve a cargar esta página y prueba de nuevo.",
  settingsTitle: "Ajustes de mensajes del sistema",
  settingsLine: "Para toda la plataforma, todos los workspaces incluidos",
};
