import type { Texts } from '../language.ts'

/** A problem type that every service shares, with its texts. */
export interface StandardProblem {
  readonly urn: string
  readonly status: number
  readonly title: Texts
  readonly detail: Texts
}

type Lines = readonly [nl: string, fr: string, de: string, en: string]
const texts = ([nl, fr, de, en]: Lines): Texts => ({ nl, fr, de, en })

const define = (issuer: 'belgif' | 'ziv', name: string, status: number, title: Lines, detail: Lines) =>
  ({ urn: `urn:problem-type:${issuer}:${name}`, status, title: texts(title), detail: texts(detail) }) as const

const belgif = (name: string, status: number, title: Lines, detail: Lines): StandardProblem =>
  define('belgif', name, status, title, detail)
const ziv = (name: string, status: number, title: Lines, detail: Lines): StandardProblem =>
  define('ziv', name, status, title, detail)

const titles = {
  badRequest: ['Ongeldige aanvraag', 'Demande incorrecte', 'Ungültige Anfrage', 'Bad Request'],
  noToken: ['Geen toegangstoken', "Pas de jeton d'accès", 'Kein Zugriffstoken', 'No Access Token'],
  badToken: ['Ongeldig toegangstoken', "Jeton d'accès non valable", 'Ungültiges Zugriffstoken', 'Invalid Access Token'],
  oldToken: ['Toegangstoken verlopen', "Jeton d'accès expiré", 'Zugriffstoken abgelaufen', 'Expired Access Token'],
  permission: ['Toestemming ontbreekt', 'Autorisation manquante', 'Fehlende Berechtigung', 'Missing Permission'],
  notFound: ['Niet gevonden', 'Introuvable', 'Nicht gefunden', 'Resource Not Found'],
  stoodStill: ['Zending verlopen', 'Envoi expiré', 'Sendung abgelaufen', 'Upload Expired'],
  tooLarge: ['Inhoud te groot', 'Contenu trop volumineux', 'Inhalt zu groß', 'Payload Too Large'],
  tooMany: ['Te veel aanvragen', 'Trop de demandes', 'Zu viele Anfragen', 'Too Many Requests'],
  internal: ['Interne fout', 'Erreur interne', 'Interner Fehler', 'Internal Server Error'],
  unavailable: ['Dienst niet beschikbaar', 'Service indisponible', 'Dienst nicht verfügbar', 'Service Unavailable'],
  method: ['Methode niet toegelaten', 'Méthode non autorisée', 'Methode nicht erlaubt', 'Method Not Allowed'],
  accept: ['Formaat niet beschikbaar', 'Format non disponible', 'Format nicht verfügbar', 'Not Acceptable'],
  mediaType: [
    'Formaat niet ondersteund',
    'Format non pris en charge',
    'Format nicht unterstützt',
    'Unsupported Media Type',
  ],
  conflict: ['Ondertussen gewijzigd', 'Modifié entre-temps', 'Zwischenzeitlich geändert', 'Changed Meanwhile'],
  precondition: ['Versie verouderd', 'Version dépassée', 'Version veraltet', 'Precondition Failed'],
  needPrecondition: ['Versie ontbreekt', 'Version manquante', 'Version fehlt', 'Precondition Required'],
  keyReused: ['Sleutel hergebruikt', 'Clé réutilisée', 'Schlüssel wiederverwendet', 'Idempotency Key Reused'],
  running: ['Nog in uitvoering', 'Encore en cours', 'Noch in Ausführung', 'Request In Progress'],
} as const satisfies Record<string, Lines>

/** Problem types every operation can answer with, those of the Belgian guide first. */
export const standardProblems = {
  badRequest: belgif('badRequest', 400, titles.badRequest, [
    'De invoer is niet geldig; elk punt staat onder issues.',
    "L'entrée n'est pas valable; chaque point figure sous issues.",
    'Die Eingabe ist ungültig; jeder Punkt steht unter issues.',
    'The input is not valid; every point is listed under issues.',
  ]),
  noAccessToken: belgif('noAccessToken', 401, titles.noToken, [
    'Stuur een toegangstoken mee in de header Authorization: Bearer.',
    "Joignez un jeton d'accès dans l'en-tête Authorization: Bearer.",
    'Senden Sie ein Zugriffstoken im Header Authorization: Bearer mit.',
    'Send an access token in the header Authorization: Bearer.',
  ]),
  invalidAccessToken: belgif('invalidAccessToken', 401, titles.badToken, [
    'Het toegangstoken is niet geldig voor deze dienst; vraag een nieuw.',
    "Le jeton d'accès n'est pas valable pour ce service; demandez-en un nouveau.",
    'Das Zugriffstoken gilt nicht für diesen Dienst; fordern Sie ein neues an.',
    'The access token is not valid for this service; ask for a new one.',
  ]),
  expiredAccessToken: belgif('expiredAccessToken', 401, titles.oldToken, [
    'Het toegangstoken is verlopen; vraag een nieuw.',
    "Le jeton d'accès a expiré; demandez-en un nouveau.",
    'Das Zugriffstoken ist abgelaufen; fordern Sie ein neues an.',
    'The access token has expired; ask for a new one.',
  ]),
  missingPermission: belgif('missingPermission', 403, titles.permission, [
    'Met deze rol of voor deze instelling mag u dit niet.',
    'Votre rôle ou votre institution ne permet pas cette opération.',
    'Ihre Rolle oder Ihre Einrichtung erlaubt dies nicht.',
    'Your role or your institution does not permit this.',
  ]),
  resourceNotFound: belgif('resourceNotFound', 404, titles.notFound, [
    'Dit bestaat niet, of niet voor u.',
    "Ceci n'existe pas, ou pas pour vous.",
    'Dies existiert nicht, oder nicht für Sie.',
    'This does not exist, or not for you.',
  ]),
  payloadTooLarge: belgif('payloadTooLarge', 413, titles.tooLarge, [
    'De inhoud is groter dan deze bewerking aanvaardt.',
    "Le contenu dépasse ce que l'opération accepte.",
    'Der Inhalt ist größer, als diese Operation annimmt.',
    'The content is larger than this operation accepts.',
  ]),
  tooManyRequests: belgif('tooManyRequests', 429, titles.tooMany, [
    'Probeer opnieuw na het aantal seconden in Retry-After.',
    'Réessayez après le nombre de secondes indiqué dans Retry-After.',
    'Versuchen Sie es nach der in Retry-After genannten Zahl von Sekunden erneut.',
    'Try again after the number of seconds in Retry-After.',
  ]),
  internalServerError: belgif('internalServerError', 500, titles.internal, [
    'De fout ligt bij ons. Meld hem met de waarde van de header BelGov-Trace-Id.',
    "L'erreur vient de nous. Signalez-la avec la valeur de l'en-tête BelGov-Trace-Id.",
    'Der Fehler liegt bei uns. Melden Sie ihn mit dem Wert des Headers BelGov-Trace-Id.',
    'The fault is ours. Report it with the value of the header BelGov-Trace-Id.',
  ]),
  serviceUnavailable: belgif('serviceUnavailable', 503, titles.unavailable, [
    'De dienst kan nu niet antwoorden; probeer later opnieuw.',
    'Le service ne peut pas répondre maintenant; réessayez plus tard.',
    'Der Dienst kann jetzt nicht antworten; versuchen Sie es später erneut.',
    'The service cannot answer now; try again later.',
  ]),
  methodNotAllowed: ziv('methodNotAllowed', 405, titles.method, [
    'Deze methode bestaat hier niet; de header Allow noemt de andere.',
    "Cette méthode n'existe pas ici; l'en-tête Allow cite les autres.",
    'Diese Methode gibt es hier nicht; der Header Allow nennt die anderen.',
    'This method does not exist here; the header Allow lists the others.',
  ]),
  methodUnknown: ziv('methodUnknown', 501, titles.method, [
    'De methode van de aanvraag is hier onbekend. Gebruik een van die welke het contract noemt.',
    'La méthode de la requête est inconnue ici. Utilisez une de celles que cite le contrat.',
    'Die Methode der Anfrage ist hier unbekannt. Verwenden Sie eine von denen, die der Vertrag nennt.',
    'The method of the request is unknown here. Use one of those that the contract names.',
  ]),
  notAcceptable: ziv('notAcceptable', 406, titles.accept, [
    'Het antwoord bestaat niet in het formaat dat de header Accept vraagt.',
    "La réponse n'existe pas dans le format demandé par l'en-tête Accept.",
    'Die Antwort gibt es nicht in dem Format, das der Header Accept verlangt.',
    'The answer does not exist in the format that the header Accept asks for.',
  ]),
  unsupportedMediaType: ziv('unsupportedMediaType', 415, titles.mediaType, [
    'Deze bewerking leest dit Content-Type, deze charset of deze Content-Encoding niet.',
    "L'opération ne lit pas ce Content-Type, ce jeu de caractères ou ce Content-Encoding.",
    'Diese Operation liest diesen Content-Type, Zeichensatz oder diese Content-Encoding nicht.',
    'This operation does not read this Content-Type, charset or Content-Encoding.',
  ]),
  uploadExpired: ziv('uploadExpired', 408, titles.stoodStill, [
    'De zending stond te lang stil en is weggehaald; er is niets van bewaard. Stuur het bestand opnieuw.',
    "L'envoi est resté immobile trop longtemps et a été retiré; rien n'en est conservé. Renvoyez le fichier.",
    'Die Sendung stand zu lange still und wurde entfernt; nichts davon ist gespeichert. Senden Sie die Datei erneut.',
    'The upload stood still too long and was removed; nothing of it is kept. Send the file again.',
  ]),
  conflict: ziv('conflict', 409, titles.conflict, [
    'Iemand anders wijzigde dit tegelijk. Lees het opnieuw en beslis opnieuw.',
    "Quelqu'un d'autre l'a modifié en même temps. Relisez et décidez à nouveau.",
    'Jemand anderes hat dies gleichzeitig geändert. Lesen und entscheiden Sie erneut.',
    'Somebody else changed this at the same time. Read it again and decide again.',
  ]),
  preconditionFailed: ziv('preconditionFailed', 412, titles.precondition, [
    'De versie in If-Match is niet meer de huidige. Lees opnieuw en gebruik de nieuwe ETag.',
    "La version dans If-Match n'est plus l'actuelle. Relisez et utilisez le nouvel ETag.",
    'Die Version in If-Match ist nicht mehr die aktuelle. Lesen Sie erneut und verwenden Sie den neuen ETag.',
    'The version in If-Match is no longer the current one. Read again and use the new ETag.',
  ]),
  preconditionRequired: ziv('preconditionRequired', 428, titles.needPrecondition, [
    'Stuur in If-Match de ETag mee van wat u las.',
    "Envoyez dans If-Match l'ETag de ce que vous avez lu.",
    'Senden Sie in If-Match den ETag dessen mit, was Sie gelesen haben.',
    'Send in If-Match the ETag of what you read.',
  ]),
  idempotencyKeyReused: ziv('idempotencyKeyReused', 409, titles.keyReused, [
    'Deze Idempotency-Key hoorde bij een andere aanvraag. Neem een nieuwe sleutel.',
    'Cette Idempotency-Key appartenait à une autre demande. Prenez une nouvelle clé.',
    'Dieser Idempotency-Key gehörte zu einer anderen Anfrage. Nehmen Sie einen neuen Schlüssel.',
    'This Idempotency-Key belonged to another request. Take a new key.',
  ]),
  requestInProgress: ziv('requestInProgress', 409, titles.running, [
    'Dezelfde aanvraag loopt nog. Probeer opnieuw na Retry-After seconden.',
    'La même demande est encore en cours. Réessayez après Retry-After secondes.',
    'Dieselbe Anfrage läuft noch. Versuchen Sie es nach Retry-After Sekunden erneut.',
    'The same request is still running. Try again after Retry-After seconds.',
  ]),
} as const satisfies Record<string, StandardProblem>

export type StandardProblemName = keyof typeof standardProblems

export const isStandardProblem = (name: string): name is StandardProblemName => Object.hasOwn(standardProblems, name)
