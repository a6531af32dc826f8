import type { Labels } from "../en/en.ts";

/** Why something came to nothing, in Spanish. */
export const failures: Labels["failures"] = {
  texts: {
    credentials_rejected: "Las credenciales se rechazaron. Cópialas de nuevo, enteras.",
    token_expired: "El token de acceso caducó o se revocó. Crea un token permanente de usuario del sistema.",
    scope_missing: "Al token de acceso le falta un permiso. Genera uno nuevo con los dos permisos de WhatsApp.",
    app_mismatch: "El token pertenece a otra app de Meta. Genéralo para la app de los ajustes.",
    number_mismatch: "El número no pertenece a esta cuenta.",
    number_in_use: "Este número ya está conectado. Desconéctalo y elimínalo primero donde esté conectado.",
    too_many_connections: "Este workspace ya tiene todos los números que puede tener en este canal. Elimina uno primero.",
    banned: "WhatsApp bloqueó este número para siempre. Pide una revisión al proveedor.",
    locked: "La cuenta está bloqueada. Abre la consola del proveedor y sigue lo que pide.",
    rate_limited: "Se consultó al proveedor demasiadas veces. Espera unos minutos y prueba de nuevo.",
    too_many_checks: "Las credenciales se probaron diez veces en diez minutos. Espera y prueba de nuevo.",
    provider_unavailable: "No se pudo llegar al proveedor. Prueba de nuevo en un momento.",
    unreachable: "El servidor no respondió. Prueba de nuevo en un momento.",
    signup_not_found: "El intento de la ventana terminó. Ábrela de nuevo.",
    configuration_invalid: "Falta un ajuste de la plataforma. Pregunta a tu administrador.",
  },
  other: "No se pudo hacer. Prueba de nuevo en un momento; si sigue igual, di a tu administrador lo que pone en los detalles.",
};
