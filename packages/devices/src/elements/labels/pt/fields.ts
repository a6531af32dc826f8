import type { Labels } from "../en/en.ts";

/** Words of fields, and of what can be wrong with one, in Portuguese. */
export const fields: Labels["fields"] = {
  input: {
    "cloud-api": {
      phoneNumberId: {
        label: "ID do número de telefone",
        hint: "O ID do número, não o telefone.",
        where: "No seu app da Meta: *WhatsApp → API Setup*, abaixo do número escolhido em “From”.",
      },
      wabaId: { label: "ID da WABA", where: "No seu app da Meta: *WhatsApp → API Setup*, “WhatsApp Business Account ID”." },
      accessToken: {
        label: "Token de acesso",
        hint: "Um token permanente de usuário do sistema; começa com EAA. Um token de 24 horas para de enviar amanhã.",
        where:
          "Em *Configurações da empresa → Usuários → Usuários do sistema*: atribua o usuário ao app e à WABA e *gere um token* com whatsapp_business_messaging e whatsapp_business_management.",
      },
      businessId: {
        label: "ID do Business Manager",
        hint: "Deixe em branco para buscá-lo.",
        where: "*Configurações da empresa → Informações da empresa*.",
      },
      pin: { label: "PIN de duas etapas", hint: "Seis dígitos, se o número tiver um." },
      appId: { label: "App ID", where: "No seu app da Meta: *Configurações → Básico*." },
      appSecret: { label: "Chave secreta do app", where: "No seu app da Meta: *Configurações → Básico*, em “Mostrar”." },
      verifyToken: { label: "Token de verificação", hint: "Qualquer texto aleatório. Digite o mesmo no seu app da Meta." },
      override: { label: "Trazer as mensagens desta conta para cá", hint: "A URL de callback do seu app fica como está." },
    },
    twilio: {
      accountSid: { label: "Account SID", hint: "Começa com AC. No painel de console.twilio.com." },
      authToken: {
        label: "Auth Token",
        hint: "O principal, ao lado do SID. Guardado criptografado e usado só para chamar a Twilio por você.",
      },
      mode: { label: "Modo" },
      from: { label: "Número remetente", hint: "O seu remetente do WhatsApp, em Messaging → Senders no console da Twilio." },
    },
  },
  again: {
    "cloud-api": {
      accessToken: {
        label: "Novo token de acesso",
        hint: "Um token permanente de usuário do sistema com as duas permissões do WhatsApp. Substitui o antigo assim que a Meta o aceita.",
        where: "*Configurações da empresa → Usuários → Usuários do sistema → Gerar novo token*.",
      },
    },
    twilio: { authToken: { label: "Novo Auth Token" } },
  },
  settings: {
    "cloud-api": {
      appId: { label: "App ID da Meta", hint: "No app: Configurações → Básico." },
      configId: {
        label: "Config ID do Embedded Signup",
        hint: "Habilita Continuar com o Facebook. No Meta Business Suite: configurações de login. Em branco, só colagem manual.",
      },
      appSecret: { label: "Chave secreta do app", hint: "Cada mensagem da Meta é conferida com ela, e as forjadas são recusadas." },
      verifyToken: {
        label: "Token de verificação do webhook",
        hint: "Qualquer texto aleatório. Cole o mesmo valor na Meta. O antigo vale até você retirá-lo.",
      },
      graphVersion: { label: "Versão da Graph API", hint: "Mude só depois de confirmar a compatibilidade." },
    },
    twilio: {
      accountSid: { label: "Account SID", hint: "Começa com AC. No painel de console.twilio.com." },
      authToken: { label: "Auth Token", hint: "O principal. Oculto depois de salvo." },
      senders: { label: "Números atribuídos" },
      number: { label: "Número do WhatsApp" },
      workspaceId: { label: "Workspace" },
      webhookUrl: { label: "Endereço do webhook", hint: "Só onde a Twilio chama outro endereço que não o público." },
    },
    unofficial: {
      url: { label: "URL do servidor", hint: "Onde o serviço auxiliar escuta. É 8888, a menos que PORT em node/.env diga outra coisa." },
      secrets: {
        label: "Segredo compartilhado",
        hint: "O mesmo valor que NODE_WEBHOOK_TOKEN em node/.env. Se forem diferentes, as atualizações são recusadas.",
      },
      messagesPerMinute: { label: "Mensagens por minuto", hint: "De um número." },
      messagesPerHour: { label: "Mensagens por hora", hint: "De um número." },
      messagesPerDay: { label: "Mensagens por dia", hint: "De um número." },
      newChatsPerDay: { label: "Conversas novas por dia", hint: "Com quantas pessoas um número inicia conversa." },
    },
  },
  issues: {
    required: "Falta isto.",
    wrong_form: "Isto não parece certo. Copie de novo, inteiro.",
    wrong_type: "Isto não parece certo. Copie de novo, inteiro.",
    not_one_of: "Escolha uma das opções.",
    white_space: "Há um espaço no meio. Copie de novo, de uma vez só.",
    in_quotes: "Está entre aspas. Cole sem elas.",
    bearer_prefix: "Cole só o token, sem “Bearer” antes.",
    app_token: "Este é o token do próprio app. Gere um para um usuário do sistema com as duas permissões do WhatsApp.",
    looks_like_phone: "Isto parece o telefone. Cole o ID.",
    looks_like_access_token: "Isto parece um token de acesso. Cole a chave secreta do app.",
    looks_like_app_secret: "Isto parece a chave secreta do app. Cole um token de acesso.",
    looks_like_api_key: "Isto é uma chave de API. Cole o Account SID, que começa com AC.",
    looks_like_auth_token: "Isto parece o Auth Token. Cole o Account SID, que começa com AC.",
    looks_like_account_sid: "Este é o Account SID. Cole o Auth Token.",
    same_as_phone_number_id: "É igual ao ID do número de telefone. Cole o ID da conta do WhatsApp Business.",
    not_a_phone: "Falta o código do país, ou não é um telefone. Comece com “+”, p. ex. +55 11 99999-0000.",
    not_an_address: "Não é um endereço da web. Comece com https://.",
    wrong_pin: "Este não é o PIN do número.",
    wrong_code: "Este não é o código enviado, ou ele expirou.",
  },
  fieldIssues: {
    "cloud-api": { businessId: { wrong_form: "Só dígitos, ou nada. Copie de Configurações da empresa → Informações da empresa." } },
    twilio: {
      accountSid: {
        required: "Falta isto. Cole o Account SID da sua própria conta.",
        wrong_form: "Um Account SID é AC e 32 caracteres de 0-9 e a-f.",
      },
    },
  },
  wrong: "Isto não é aceito.",
};
