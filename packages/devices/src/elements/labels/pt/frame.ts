import type { Labels } from "../en/en.ts";

/** Words of titles, actions and of what holds for the whole screen, in Portuguese. */
export const frame: Labels["frame"] = {
  titles: { unofficial: "Meus aparelhos", "cloud-api": "Minhas contas WABA", twilio: "Twilio", other: "Meus números" },
  lines: {
    unofficial: "Telefones vinculados pela API não oficial",
    "cloud-api": "Números na WhatsApp Cloud API (Meta)",
    twilio: "Tudo o que este espaço envia passa por este remetente",
    other: "Números deste espaço",
  },
  add: { unofficial: "Adicionar aparelho", "cloud-api": "Adicionar conta WABA", twilio: "Conectar a Twilio", other: "Adicionar número" },
  listNames: { unofficial: "Aparelhos", "cloud-api": "Contas WABA", twilio: "Twilio", other: "Números" },
  connectedCount: (count, at) =>
    `${count.toLocaleString("pt-BR")} ${count === 1 ? "conectado" : "conectados"}${at === undefined ? "" : ` às ${at}`}`,
  loading: "Carregando os aparelhos",
  cancel: "Cancelar",
  close: "Fechar",
  done: "Concluir",
  copy: "Copiar",
  copied: "Copiado",
  saved: "Salvo",
  tryAgain: "Tentar de novo",
  details: "Detalhes para o suporte",
  optional: "opcional",
  offlineTitle: "Você está sem conexão",
  offlineText: (at) =>
    `Era assim às ${at}. Seus telefones continuam conectados enquanto isso; a tela se atualiza sozinha quando você voltar.`,
  interruptedTitle: "As atualizações ao vivo foram interrompidas",
  interruptedText: "Reconectando. Até lá a lista é atualizada a cada 30 segundos.",
  failedTitle: "Não foi possível carregar os aparelhos",
  failedText:
    "O servidor não respondeu. Nada mudou nas suas conexões. Tente de novo em instantes; se continuar, informe ao administrador o código",
  signedOutTitle: "Sua sessão terminou",
  signedOutText: "Entre de novo e recarregue esta página. Nada mudou nas suas conexões.",
  onlyOwners: "Só os donos deste espaço conectam e removem números.",
  twilioLine: "Conecte um remetente do WhatsApp da Twilio a este workspace",
  copyName: (what) => `Copiar ${what}`,
  partLoading: "Carregando",
  partFailedTitle: "Não foi possível carregar esta parte da tela",
  partFailedText: "Nada mudou nas suas conexões. Recarregue esta página e tente de novo.",
  settingsTitle: "Configuração de mensagens do sistema",
  settingsLine: "Para toda a plataforma, todos os workspaces incluídos",
};
