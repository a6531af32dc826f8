import type { Labels } from "../en/en.ts";

const plural = new Intl.PluralRules("pt-BR");
const of = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("pt-BR")} ${plural.select(count) === "one" ? one : many}`;

/** Words of the platform's settings, in Portuguese. */
export const settings: Labels["settings"] = {
  loading: "Carregando as configurações",
  failedTitle: "As configurações não puderam ser carregadas",
  failedText: "O servidor não respondeu. Nada mudou.",
  deniedTitle: "Só administradores mudam estas configurações",
  deniedText: "Fale com um administrador da plataforma. Você pode conectar e cuidar dos números do seu workspace em Aparelhos.",
  tabs: "Configurações de cada motor",
  engineTab: "Motor",
  needsSettings: "faltam configurações",
  engine: "Motor de mensagens ativo",
  engineText: "O único canal por onde todos os workspaces enviam. Cada workspace conecta depois os seus números em Aparelhos.",
  engines: { unofficial: "API não oficial", "cloud-api": "API Business", twilio: "Serviço Twilio" },
  engineLines: { unofficial: "Vincula um telefone por QR", "cloud-api": "WhatsApp Cloud API (Meta)", twilio: "WhatsApp pela Twilio" },
  rows: {
    approval: "Aprovação",
    setup: "Tempo de preparo",
    risk: "Risco de banimento",
    cost: "Custo",
    templates: "Modelos",
    bestFor: "Melhor para",
  },
  comparison: {
    unofficial: {
      approval: "Nenhuma",
      setup: "Minutos",
      risk: "Maior; envio em massa fere os termos do WhatsApp",
      cost: "Grátis; você paga só a hospedagem",
      templates: "Nenhum; só texto livre",
      bestFor: "Começar rápido, pouco volume, uso interno",
    },
    "cloud-api": {
      approval: "Verificação da empresa pela Meta",
      setup: "De horas a dias",
      risk: "Baixo; oficial, com nota de qualidade",
      cost: "Preços da Meta",
      templates: "Sim, aprovados pela Meta",
      bestFor: "Grande volume, confiança oficial, formulários e catálogo",
    },
    twilio: {
      approval: "Aprovação do remetente pela Twilio, ou sandbox",
      setup: "Minutos no sandbox, senão dias",
      risk: "Baixo; oficial pela Twilio",
      cost: "Twilio por mensagem, mais os preços da Meta",
      templates: "Sim, pelo Twilio Content",
      bestFor: "Equipes que já usam a Twilio",
    },
  },
  engineStates: { active: "Ativo", ready: "Pronto", lacking: "Faltam configurações" },
  isActive: (engine) => `${engine} está em uso.`,
  isChosen: (engine) => `${engine} está marcado, mas ainda não em uso.`,
  save: "Salvar",
  switchTitle: (engine) => `Mudar todos os workspaces para ${engine}?`,
  switchAll: (engine) => `A partir de agora, envios, listas e seletores usam só ${engine}.`,
  switchOld: (count) =>
    `No motor atual, ${of(count, "número continua conectado e ainda recebe. Ele não envia.", "números continuam conectados e ainda recebem. Eles não enviam.")}`,
  switchUnable: (unable, all) =>
    `${unable.toLocaleString("pt-BR")} de ${of(all, "workspace", "workspaces")} ainda não ${plural.select(unable) === "one" ? "tem número lá e não pode" : "têm número lá e não podem"} enviar até conectar um.`,
  switchAble: "Todo workspace que tem um número tem um lá também.",
  switchCounting: "Contando os workspaces que não poderiam enviar…",
  switchUncounted: "Não se sabe agora quantos workspaces não poderiam enviar.",
  switchDo: "Mudar",
  switching: "Mudando…",
  switched: (engine) => `${engine} está em uso agora`,
};
