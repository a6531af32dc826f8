import type { Labels } from "../en/en.ts";

const plural = new Intl.PluralRules("pt-BR");
const number = (count: number): string => count.toLocaleString("pt-BR");
const devices = (count: number, one: string, many: string): string => `${number(count)} ${plural.select(count) === "one" ? one : many}`;

/** Words of the list, its filters and its cards, in Portuguese. */
export const list: Labels["list"] = {
  filters: "Filtrar aparelhos",
  status: "Situação",
  region: "Região",
  all: "Todos",
  allRegions: "Todas as regiões",
  allOfRegions: (count) => `Todas as ${count} regiões`,
  regionUnknown: "Outro lugar",
  search: "Buscar por nome ou número",
  layout: "Exibição",
  cards: "Cartões",
  list: "Lista",
  showing: (shown, all) => `Mostrando ${number(shown)} de ${number(all)}`,
  showMore: (count) => `Mostrar mais ${count}`,
  newOnes: (count) => `${devices(count, "aparelho novo", "aparelhos novos")}.`,
  show: "Mostrar",
  disconnectedNow: (count) => devices(count, "aparelho desconectado", "aparelhos desconectados"),
  failedNow: (count) => devices(count, "aparelho falhou", "aparelhos falharam"),
  connectedNow: (count) => devices(count, "aparelho conectado", "aparelhos conectados"),
  nothing(state, region) {
    const states = { connected: " conectado", pending: " em espera", disconnected: " desconectado", failed: " com falha" };
    return `Nenhum aparelho${state === undefined ? "" : states[state]}${region === undefined ? "" : ` em ${region}`}`;
  },
  nothingFound: (search) => `Nenhum aparelho corresponde a “${search}”`,
  nothingText: "Outro filtro ou outra busca pode mostrar o que você procura.",
  showAll: "Mostrar todos os aparelhos",
  emptyTitle: { unofficial: "Vincule seu primeiro telefone", other: "Conecte seu primeiro número" },
  emptyText: {
    unofficial:
      "Leia um QR com o WhatsApp, como faria no WhatsApp Web. Leva cerca de um minuto e não precisa de aprovação. Use um número reservado para isto.",
    "cloud-api":
      "Entre com o Facebook e escolha a conta e o número do WhatsApp Business, ou cole você mesmo os IDs e o token da Meta. O número não pode estar em uso no aplicativo do WhatsApp.",
    other: "Um número conectado aqui pode enviar e receber.",
  },
  emptyForMembers: "Um dono deste espaço pode conectar um.",
  actionsFor: (label) => `Ações de ${label}`,
  rename: "Renomear",
  newName: (label) => `Novo nome de ${label}`,
  checkNow: "Verificar agora",
  checking: "Verificando…",
  setDefault: "Definir como padrão",
  disconnect: "Desconectar…",
  remove: "Remover…",
  primary: "Principal",
  linked: (date) => `vinculado em ${date}`,
  connectedSince: (date) => `Conectado desde ${date}`,
  seen: "Visto",
  since: "Desde",
  checked: "Verificado",
  named: (action, label) => `${action}: ${label}`,
  showDevice: "Mostrar aparelho",
  hideForDay: "Ocultar este aviso por um dia",
  moreWarnings: (count) => `Mostrar mais ${count}`,
  justNow: "agora mesmo",
  quality: "Qualidade",
  qualities: { high: "Alta", medium: "Média", low: "Baixa", unrated: "Ainda sem avaliação" },
  limit: "Limite de mensagens",
  limitNone: "Sem limite",
  people: number,
  limitUnit: "pessoas por dia",
  token: "Token",
  tokenNever: "Permanente",
  tokenExpired: "Expirado",
  tokenUntil: (time) => `Até ${time}`,
  tokenExpiresIn: (time) => `O token expira ${time}`,
  mode: "Modo",
  modes: { live: "Produção", sandbox: "Sandbox" },
  account: "Conta",
  accountOrigin: "Pertence a",
  accountOrigins: { own: "Nós mesmos", admin: "Padrão do administrador" },
  renamed: "Renomeado",
};
