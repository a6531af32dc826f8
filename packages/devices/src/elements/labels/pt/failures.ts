import type { Labels } from "../en/en.ts";

/** Why something came to nothing, in Portuguese. */
export const failures: Labels["failures"] = {
  texts: {
    credentials_rejected: "As credenciais foram rejeitadas. Copie-as de novo, inteiras.",
    token_expired: "O token de acesso expirou ou foi revogado. Crie um token permanente de usuário do sistema.",
    scope_missing: "Falta uma permissão ao token de acesso. Gere um novo com as duas permissões do WhatsApp.",
    app_mismatch: "O token pertence a outro app da Meta. Gere-o para o app das configurações.",
    number_mismatch: "O número não pertence a esta conta.",
    number_in_use: "Este número já está conectado. Desconecte-o e remova-o primeiro onde está conectado.",
    too_many_connections: "Este workspace já tem todos os números que pode ter neste canal. Remova um primeiro.",
    banned: "O WhatsApp baniu este número. Peça uma revisão ao provedor.",
    locked: "A conta está bloqueada. Abra o console do provedor e siga o que ele pede.",
    rate_limited: "O provedor foi consultado vezes demais. Espere alguns minutos e tente de novo.",
    too_many_checks: "As credenciais foram testadas dez vezes em dez minutos. Espere e tente de novo.",
    provider_unavailable: "O provedor não pôde ser alcançado. Tente de novo daqui a pouco.",
    unreachable: "O servidor não respondeu. Tente de novo daqui a pouco.",
    signup_not_found: "A tentativa na janela terminou. Abra de novo.",
    configuration_invalid: "Falta uma configuração da plataforma. Fale com o administrador.",
  },
  other: "Não foi possível fazer isso. Tente de novo daqui a pouco; se continuar, diga ao administrador o que está nos detalhes.",
};
