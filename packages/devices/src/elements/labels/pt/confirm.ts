import type { Labels } from "../en/en.ts";

/** Words of what asks before it is done, in Portuguese. */
export const confirm: Labels["confirm"] = {
  disconnectTitle: (label) => `Desconectar ${label}?`,
  disconnectText: {
    unofficial: (phone) =>
      `A sessão de ${phone} termina, e mensagens deixam de sair dele. Para usá-lo de novo, vincule o telefone desde o começo.`,
    other: (phone) => `Mensagens deixam de sair de ${phone}. Para usá-lo de novo, conecte-o com suas credenciais.`,
  },
  disconnectPrimary: "É o remetente principal. Envios sem número escolhido falham até que você defina outro como padrão.",
  disconnectDo: "Desconectar",
  disconnecting: "Desconectando…",
  removeTitle: (label) => `Remover ${label}?`,
  removeText: (phone) =>
    `Isto desconecta ${phone} e apaga a conexão e tudo o que o WaDesk guarda dela: credenciais, sessão e situação das entregas. Não pode ser desfeito.`,
  removeNote: "O que seu aplicativo guardou não é tocado.",
  removeDo: "Remover",
  removing: "Removendo…",
  notDone: "Não foi possível. Nada mudou. Tente de novo em instantes.",
  disconnectTwilio: "Desconectar a Twilio?",
  disconnectTwilioText: (phone) =>
    `Transmissões, campanhas e respostas deste workspace deixam de sair de ${phone}. O seu remetente na Twilio fica como está.`,
};
