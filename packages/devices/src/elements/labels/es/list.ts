import type { Labels } from "../en/en.ts";

const plural = new Intl.PluralRules("es");
const number = (count: number): string => count.toLocaleString("es");
const devices = (count: number, one: string, many: string): string => `${number(count)} ${plural.select(count) === "one" ? one : many}`;

/** Words of the list, its filters and its cards, in Spanish. */
export const list: Labels["list"] = {
  filters: "Filtrar dispositivos",
  status: "Estado",
  region: "Región",
  all: "Todos",
  allRegions: "Todas las regiones",
  allOfRegions: (count) => `Las ${count} regiones`,
  regionUnknown: "Otro lugar",
  search: "Buscar por nombre o número",
  layout: "Vista",
  cards: "Tarjetas",
  list: "Lista",
  showing: (shown, all) => `Se muestran ${number(shown)} de ${number(all)}`,
  showMore: (count) => `Mostrar ${count} más`,
  newOnes: (count) => `${devices(count, "dispositivo nuevo", "dispositivos nuevos")}.`,
  show: "Mostrar",
  disconnectedNow: (count) => devices(count, "dispositivo desconectado", "dispositivos desconectados"),
  failedNow: (count) => devices(count, "dispositivo falló", "dispositivos fallaron"),
  connectedNow: (count) => devices(count, "dispositivo conectado", "dispositivos conectados"),
  nothing(state, region) {
    const states = { connected: " conectado", pending: " en espera", disconnected: " desconectado", failed: " con fallo" };
    return `Ningún dispositivo${state === undefined ? "" : states[state]}${region === undefined ? "" : ` en ${region}`}`;
  },
  nothingFound: (search) => `Ningún dispositivo coincide con «${search}»`,
  nothingText: "Otro filtro u otra búsqueda puede mostrar lo que buscas.",
  showAll: "Mostrar todos los dispositivos",
  emptyTitle: { unofficial: "Vincula tu primer teléfono", other: "Conecta tu primer número" },
  emptyText: {
    unofficial:
      "Escanea un QR con WhatsApp, como harías en WhatsApp Web. Tarda cerca de un minuto y no necesita aprobación. Usa un número reservado para esto.",
    "cloud-api":
      "Entra con Facebook y elige la cuenta y el número de WhatsApp Business, o pega tú los ID y el token de Meta. El número no puede estar en uso en la aplicación de WhatsApp.",
    other: "Un número conectado aquí puede enviar y recibir.",
  },
  emptyForMembers: "Un dueño de este espacio puede conectar uno.",
  actionsFor: (label) => `Acciones de ${label}`,
  rename: "Cambiar nombre",
  newName: (label) => `Nuevo nombre de ${label}`,
  checkNow: "Comprobar ahora",
  checking: "Comprobando…",
  setDefault: "Usar por defecto",
  disconnect: "Desconectar…",
  remove: "Quitar…",
  primary: "Principal",
  linked: (date) => `vinculado el ${date}`,
  connectedSince: (date) => `Conectado desde el ${date}`,
  seen: "Visto",
  since: "Desde",
  checked: "Comprobado",
  named: (action, label) => `${action}: ${label}`,
  showDevice: "Mostrar dispositivo",
  hideForDay: "Ocultar este aviso un día",
  moreWarnings: (count) => `Mostrar ${count} más`,
  justNow: "ahora mismo",
  quality: "Calidad",
  qualities: { high: "Alta", medium: "Media", low: "Baja", unrated: "Aún sin valorar" },
  limit: "Límite de mensajes",
  limitNone: "Sin límite",
  people: number,
  limitUnit: "personas al día",
  token: "Token",
  tokenNever: "Permanente",
  tokenExpired: "Caducado",
  tokenUntil: (time) => `Hasta ${time}`,
  tokenExpiresIn: (time) => `El token caduca ${time}`,
  mode: "Modo",
  modes: { live: "Producción", sandbox: "Sandbox" },
  account: "Cuenta",
  accountOrigin: "Pertenece a",
  accountOrigins: { own: "Nosotros", admin: "La del administrador" },
  renamed: "Nombre cambiado",
};
