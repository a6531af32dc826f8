import type { Labels } from "../en/en.ts";

/** Words of what asks before it is done, in Spanish. */
export const confirm: Labels["confirm"] = {
  disconnectTitle: (label) => `¿Desconectar ${label}?`,
  disconnectText: {
    unofficial: (phone) =>
      `La sesión de ${phone} termina, y dejan de salir mensajes de él. Para usarlo otra vez, vincula el teléfono desde el principio.`,
    other: (phone) => `Dejan de salir mensajes de ${phone}. Para usarlo otra vez, conéctalo con sus credenciales.`,
  },
  disconnectPrimary: "Es el remitente principal. Los envíos sin número elegido fallan hasta que uses otro por defecto.",
  disconnectDo: "Desconectar",
  disconnecting: "Desconectando…",
  removeTitle: (label) => `¿Quitar ${label}?`,
  removeText: (phone) =>
    `Esto desconecta ${phone} y borra la conexión y todo lo que WaDesk guarda de ella: credenciales, sesión y estado de las entregas. No se puede deshacer.`,
  removeNote: "Lo que tu aplicación guardó no se toca.",
  removeDo: "Quitar",
  removing: "Quitando…",
  notDone: "No se pudo hacer. Nada cambió. Inténtalo de nuevo en un momento.",
  disconnectTwilio: "¿Desconectar Twilio?",
  disconnectTwilioText: (phone) =>
    `Las difusiones, campañas y respuestas de este workspace dejan de salir de ${phone}. Tu remitente en Twilio queda como está.`,
};
