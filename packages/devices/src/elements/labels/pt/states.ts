import type { Labels } from "../en/en.ts";

/** Words of states, of why a number is in one, and of what can be done, in Portuguese. */
export const states: Labels["states"] = {
  chips: {
    connected: "Conectado",
    restricted: "Restrito",
    pending: "Pendente",
    repair: "Vincular de novo",
    disconnected: "Desconectado",
    failed: "Falhou",
  },
  remedies: {
    open: "Abrir",
    pairAgain: "Vincular de novo",
    connectAgain: "Conectar de novo",
    reconnect: "Reconectar",
    replaceToken: "Trocar o token",
    checkNow: "Verificar agora",
  },
  restricted: (until) =>
    `O WhatsApp impede este número de iniciar conversas ${until === undefined ? "por enquanto" : `até ${until}`}. Respostas continuam saindo.`,
  reasons: {
    awaiting_scan: "Esperando a leitura do QR.",
    awaiting_code: "Esperando que o código seja digitado no telefone.",
    passkey_required: "O WhatsApp pede uma chave de acesso, que não pode ser dada aqui.",
    restarting: "O WhatsApp reinicia o vínculo; alguns segundos.",
    syncing: "Sincronizando os dados",
    verifying: "Verificando as credenciais",
    needs_repair: "O WhatsApp encerrou a sessão. Vincule o telefone de novo para usar este número.",
    unlinked: "Desvinculado no telefone. Vincule de novo para usar este número.",
    replaced: "Outro programa abriu esta sessão. Pare-o lá e conecte de novo; não é preciso um QR novo.",
    silent: "Sem notícias. Volta sozinho quando o serviço auxiliar o alcançar.",
    requested: "Desconectado por alguém deste espaço.",
    connection_lost: "A conexão caiu. Reconectando sozinha.",
    phone_inactive: "O telefone ficou 14 dias sem abrir o WhatsApp. Abra-o lá e vincule de novo.",
    credentials_rejected: "O provedor recusou as credenciais. Confira e reconecte.",
    token_expired: "O token de acesso expirou ou foi revogado. Reconecte com um token permanente de usuário do sistema.",
    scope_missing: "Falta ao token uma permissão do WhatsApp. Gere um com os dois escopos do WhatsApp.",
    app_mismatch: "O token é de outro aplicativo da Meta. Gere-o para o aplicativo das configurações.",
    number_mismatch: "Outro número leu o QR.",
    pair_failed: "O WhatsApp não concluiu o vínculo.",
    banned: "O WhatsApp baniu este número. Peça uma revisão no WhatsApp do telefone; até lá ele não pode ser usado.",
    temporarily_banned: "O WhatsApp bloqueou esta conta por um tempo. Veja o aviso no telefone e espere.",
    locked: "A conta está bloqueada. Abra o WhatsApp no telefone e siga o que ele pede.",
    client_outdated: "O WhatsApp recusa esta versão do vínculo. Peça ao administrador que atualize o WaDesk.",
    bridge_unreachable: "O serviço auxiliar não responde. Peça ao administrador que o verifique.",
  },
  cloudReasons: {
    credentials_rejected: "A Meta recusou as credenciais. Confira e reconecte.",
    number_mismatch: "O número não pertence a esta WABA.",
    locked: "A conta está bloqueada. Abra o painel do provedor e siga o que ele pede.",
  },
  twilioReasons: {
    credentials_rejected: "A Twilio recusou as credenciais. Confira e reconecte.",
    locked: "A conta está bloqueada. Abra o painel do provedor e siga o que ele pede.",
  },
  phoneUnseen: (by) => `Abra o WhatsApp neste telefone até ${by}, ou o WhatsApp desfaz o vínculo.`,
  tokenEnds:
    "Os envios param quando o token expirar. Troque-o por um token permanente de usuário do sistema com os dois escopos do WhatsApp.",
  qualityLow: "Pessoas bloqueiam ou denunciam este número, e a Meta pode reduzir seu limite. Escreva menos, e só a quem pediu.",
  banners: {
    banned: (label) => `O WhatsApp baniu ${label}`,
    bannedText: (phone) =>
      `Nada sai de ${phone}. Peça uma revisão no WhatsApp do telefone e passe as campanhas para outro número.`,
    blocked: (label) => `O WhatsApp bloqueou ${label} por um tempo`,
    blockedText: "Veja o aviso no WhatsApp do telefone e espere que termine. Não vincule o número em outro lugar enquanto isso.",
    locked: (label) => `O WhatsApp bloqueou a conta de ${label}`,
    lockedText: "Abra o WhatsApp no telefone e siga o que ele pede. Depois vincule o telefone de novo.",
    restricted: (label, until) => `O WhatsApp restringe ${label} ${until === undefined ? "por enquanto" : `até ${until}`}`,
    restrictedText: "Não pode iniciar conversas; respostas continuam saindo. Vá mais devagar e escreva só a quem espera por você.",
    unseen: (label, by) => `${label}: abra o WhatsApp no telefone até ${by}`,
    unseenText: (days) =>
      `Um telefone vinculado precisa abrir o WhatsApp ao menos uma vez a cada 14 dias, ou o vínculo é desfeito. Foi aberto há ${days} ${days === 1 ? "dia" : "dias"}.`,
  },
};
