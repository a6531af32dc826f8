import type { Labels } from "../en/en.ts";

const plural = new Intl.PluralRules("es");
const of = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("es")} ${plural.select(count) === "one" ? one : many}`;

/** Words of the platform's settings, in Spanish. */
export const settings: Labels["settings"] = {
  loading: "Cargando los ajustes",
  failedTitle: "Los ajustes no se pudieron cargar",
  failedText: "El servidor no respondió. No ha cambiado nada.",
  deniedTitle: "Solo los administradores cambian estos ajustes",
  deniedText: "Pregunta a un administrador de la plataforma. Puedes conectar y cuidar los números de tu workspace en Dispositivos.",
  tabs: "Ajustes de cada motor",
  engineTab: "Motor",
  needsSettings: "faltan ajustes",
  engine: "Motor de mensajes activo",
  engineText: "El único canal por el que envían todos los workspaces. Cada workspace conecta luego sus números en Dispositivos.",
  engines: { unofficial: "API no oficial", "cloud-api": "API Business", twilio: "Servicio Twilio" },
  engineLines: { unofficial: "Vincula un teléfono por QR", "cloud-api": "WhatsApp Cloud API (Meta)", twilio: "WhatsApp por Twilio" },
  rows: {
    approval: "Aprobación",
    setup: "Tiempo de preparación",
    risk: "Riesgo de bloqueo",
    cost: "Coste",
    templates: "Plantillas",
    bestFor: "Mejor para",
  },
  comparison: {
    unofficial: {
      approval: "Ninguna",
      setup: "Minutos",
      risk: "Mayor; el envío masivo va contra los términos de WhatsApp",
      cost: "Gratis; solo pagas el alojamiento",
      templates: "Ninguna; solo texto libre",
      bestFor: "Empezar rápido, poco volumen, uso interno",
    },
    "cloud-api": {
      approval: "Verificación de la empresa por Meta",
      setup: "De horas a días",
      risk: "Bajo; oficial, con nota de calidad",
      cost: "Precios de Meta",
      templates: "Sí, aprobadas por Meta",
      bestFor: "Gran volumen, confianza oficial, formularios y catálogo",
    },
    twilio: {
      approval: "Aprobación del remitente por Twilio, o sandbox",
      setup: "Minutos en el sandbox, si no días",
      risk: "Bajo; oficial por Twilio",
      cost: "Twilio por mensaje, más los precios de Meta",
      templates: "Sí, por Twilio Content",
      bestFor: "Equipos que ya usan Twilio",
    },
  },
  engineStates: { active: "Activo", ready: "Listo", lacking: "Faltan ajustes" },
  isActive: (engine) => `${engine} está en uso.`,
  isChosen: (engine) => `${engine} está marcado, pero aún no en uso.`,
  save: "Guardar",
  switchTitle: (engine) => `¿Cambiar todos los workspaces a ${engine}?`,
  switchAll: (engine) => `Desde ahora, los envíos, listas y selectores usan solo ${engine}.`,
  switchOld: (count) =>
    `En el motor actual, ${of(count, "número sigue conectado y aún recibe. No envía.", "números siguen conectados y aún reciben. No envían.")}`,
  switchUnable: (unable, all) =>
    `${unable.toLocaleString("es")} de ${of(all, "workspace", "workspaces")} aún no ${plural.select(unable) === "one" ? "tiene número allí y no puede" : "tienen número allí y no pueden"} enviar hasta conectar uno.`,
  switchAble: "Todo workspace que tiene un número tiene uno allí también.",
  switchCounting: "Contando los workspaces que no podrían enviar…",
  switchUncounted: "Ahora no se sabe cuántos workspaces no podrían enviar.",
  switchDo: "Cambiar",
  switching: "Cambiando…",
  switched: (engine) => `${engine} está en uso ahora`,
};
