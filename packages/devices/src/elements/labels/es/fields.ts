import type { Labels } from "../en/en.ts";

/** Words of fields, and of what can be wrong with one, in Spanish. */
export const fields: Labels["fields"] = {
  input: {
    "cloud-api": {
      phoneNumberId: {
        label: "ID del número de teléfono",
        hint: "El ID del número, no el teléfono.",
        where: "En tu app de Meta: *WhatsApp → API Setup*, debajo del número elegido en “From”.",
      },
      wabaId: { label: "ID de la WABA", where: "En tu app de Meta: *WhatsApp → API Setup*, “WhatsApp Business Account ID”." },
      accessToken: {
        label: "Token de acceso",
        hint: "Un token permanente de usuario del sistema; empieza por EAA. Un token de 24 horas deja de enviar mañana.",
        where:
          "En *Configuración del negocio → Usuarios → Usuarios del sistema*: asigna el usuario a tu app y a tu WABA y *genera un token* con whatsapp_business_messaging y whatsapp_business_management.",
      },
      businessId: {
        label: "ID del Business Manager",
        hint: "Déjalo en blanco para buscarlo.",
        where: "*Configuración del negocio → Información del negocio*.",
      },
      pin: { label: "PIN de dos pasos", hint: "Seis cifras, si el número tiene uno." },
      appId: { label: "App ID", where: "En tu app de Meta: *Configuración → Básica*." },
      appSecret: { label: "Clave secreta de la app", where: "En tu app de Meta: *Configuración → Básica*, en “Mostrar”." },
      verifyToken: { label: "Token de verificación", hint: "Cualquier texto al azar. Escribe el mismo en tu app de Meta." },
      override: { label: "Traer aquí los mensajes de esta cuenta", hint: "La URL de callback de tu app queda como está." },
    },
    twilio: {
      accountSid: { label: "Account SID", hint: "Empieza por AC. En el panel de console.twilio.com." },
      authToken: { label: "Auth Token", hint: "El principal, junto al SID. Se guarda cifrado y solo se usa para llamar a Twilio por ti." },
      mode: { label: "Modo" },
      from: { label: "Número remitente", hint: "Tu remitente de WhatsApp, en Messaging → Senders de la consola de Twilio." },
    },
  },
  again: {
    "cloud-api": {
      accessToken: {
        label: "Nuevo token de acceso",
        hint: "Un token permanente de usuario del sistema con los dos permisos de WhatsApp. Sustituye al antiguo en cuanto Meta lo acepta.",
        where: "*Configuración del negocio → Usuarios → Usuarios del sistema → Generar token*.",
      },
    },
    twilio: { authToken: { label: "Nuevo Auth Token" } },
  },
  settings: {
    "cloud-api": {
      appId: { label: "App ID de Meta", hint: "En la app: Configuración → Básica." },
      configId: {
        label: "Config ID de Embedded Signup",
        hint: "Activa Continuar con Facebook. En Meta Business Suite: configuraciones de inicio de sesión. En blanco, solo pegado manual.",
      },
      appSecret: { label: "Clave secreta de la app", hint: "Con ella se comprueba cada mensaje de Meta, y los falsos se rechazan." },
      verifyToken: {
        label: "Token de verificación del webhook",
        hint: "Cualquier texto al azar. Pega el mismo valor en Meta. El antiguo vale hasta que lo retires.",
      },
      graphVersion: { label: "Versión de la Graph API", hint: "Cámbiala solo tras confirmar la compatibilidad." },
    },
    twilio: {
      accountSid: { label: "Account SID", hint: "Empieza por AC. En el panel de console.twilio.com." },
      authToken: { label: "Auth Token", hint: "El principal. Oculto después de guardarlo." },
      senders: { label: "Números asignados" },
      number: { label: "Número de WhatsApp" },
      workspaceId: { label: "Workspace" },
      webhookUrl: { label: "Dirección del webhook", hint: "Solo donde Twilio llama a otra dirección que la pública." },
    },
    unofficial: {
      url: { label: "URL del servidor", hint: "Donde escucha el servicio auxiliar. Es 8888, salvo que PORT en node/.env diga otra cosa." },
      secrets: {
        label: "Secreto compartido",
        hint: "El mismo valor que NODE_WEBHOOK_TOKEN en node/.env. Si difieren, las actualizaciones se rechazan.",
      },
      messagesPerMinute: { label: "Mensajes por minuto", hint: "De un número." },
      messagesPerHour: { label: "Mensajes por hora", hint: "De un número." },
      messagesPerDay: { label: "Mensajes por día", hint: "De un número." },
      newChatsPerDay: { label: "Conversaciones nuevas por día", hint: "Con cuántas personas empieza una conversación un número." },
    },
  },
  issues: {
    required: "Falta esto.",
    wrong_form: "Esto no parece correcto. Cópialo de nuevo, entero.",
    wrong_type: "Esto no parece correcto. Cópialo de nuevo, entero.",
    not_one_of: "Elige una de las opciones.",
    white_space: "Hay un espacio dentro. Cópialo de nuevo, de una pieza.",
    in_quotes: "Está entre comillas. Pégalo sin ellas.",
    bearer_prefix: "Pega solo el token, sin “Bearer” delante.",
    app_token: "Este es el token de la propia app. Genera uno para un usuario del sistema con los dos permisos de WhatsApp.",
    looks_like_phone: "Esto parece el teléfono. Pega el ID.",
    looks_like_access_token: "Esto parece un token de acceso. Pega la clave secreta de la app.",
    looks_like_app_secret: "Esto parece la clave secreta de la app. Pega un token de acceso.",
    looks_like_api_key: "Esto es una clave de API. Pega el Account SID, que empieza por AC.",
    looks_like_auth_token: "Esto parece el Auth Token. Pega el Account SID, que empieza por AC.",
    looks_like_account_sid: "Este es el Account SID. Pega el Auth Token.",
    same_as_phone_number_id: "Es igual que el ID del número de teléfono. Pega el ID de la cuenta de WhatsApp Business.",
    not_a_phone: "Falta el prefijo del país, o no es un teléfono. Empieza por “+”, p. ej. +55 11 99999-0000.",
    not_an_address: "No es una dirección web. Empieza por https://.",
    wrong_pin: "Este no es el PIN del número.",
    wrong_code: "Este no es el código enviado, o ya caducó.",
  },
  fieldIssues: {
    "cloud-api": { businessId: { wrong_form: "Solo cifras, o nada. Cópialo de Configuración del negocio → Información del negocio." } },
    twilio: {
      accountSid: {
        required: "Falta esto. Pega el Account SID de tu propia cuenta.",
        wrong_form: "Un Account SID es AC y 32 caracteres de 0-9 y a-f.",
      },
    },
  },
  wrong: "Esto no se acepta.",
};
