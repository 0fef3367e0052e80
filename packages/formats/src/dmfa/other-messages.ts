import type { Words } from '@ziv/kernel'

/** Other RSZ messages that senders put in the wrong box, by root element. */
export const otherMessages: Readonly<Record<string, Words>> = {
  ACRF: { nl: 'een ontvangstbewijs', fr: 'un accusé de réception', de: 'eine Empfangsbestätigung', en: 'a receipt' },
  AVWDDT: {
    nl: 'een aangifte van werken',
    fr: 'une déclaration de travaux',
    de: 'eine Meldung von Arbeiten',
    en: 'a declaration of works',
  },
  Dimona: {
    nl: 'een onmiddellijke aangifte van tewerkstelling',
    fr: "une déclaration immédiate de l'emploi",
    de: 'eine unmittelbare Beschäftigungsmeldung',
    en: 'an immediate declaration of employment',
  },
  DmfAUpdate: {
    nl: 'een wijziging van een kwartaalaangifte',
    fr: "une modification d'une déclaration trimestrielle",
    de: 'eine Änderung einer Quartalsmeldung',
    en: 'a change of a quarterly declaration',
  },
  DmfAUpdateNotification: {
    nl: 'een melding over een gewijzigde kwartaalaangifte',
    fr: 'une notification sur une déclaration trimestrielle modifiée',
    de: 'eine Mitteilung über eine geänderte Quartalsmeldung',
    en: 'a notice about a changed quarterly declaration',
  },
  DmfAPID: {
    nl: 'een vraag naar kenmerken van een aangifte',
    fr: "une demande d'identifiants d'une déclaration",
    de: 'eine Frage nach Kennungen einer Meldung',
    en: 'a request for identifiers of a declaration',
  },
  DmfARequest: {
    nl: 'een raadpleging van een aangifte',
    fr: "une consultation d'une déclaration",
    de: 'eine Abfrage einer Meldung',
    en: 'a consultation of a declaration',
  },
  IDFLUX: {
    nl: 'een melding van identificatiegegevens',
    fr: "un flux de données d'identification",
    de: 'eine Mitteilung von Identifikationsdaten',
    en: 'a notice of identification data',
  },
  NOTIFICATION: {
    nl: 'een melding van anomalieën',
    fr: "une notification d'anomalies",
    de: 'eine Mitteilung von Anomalien',
    en: 'a notice of anomalies',
  },
  ZIMA001: {
    nl: 'een aangifte sociaal risico (arbeidsongeschiktheid)',
    fr: 'une déclaration de risque social (incapacité)',
    de: 'eine Meldung eines Sozialrisikos (Arbeitsunfähigkeit)',
    en: 'a declaration of a social risk (incapacity)',
  },
  ZIMA002: {
    nl: 'een aangifte sociaal risico (aangepast werk)',
    fr: 'une déclaration de risque social (travail adapté)',
    de: 'eine Meldung eines Sozialrisikos (angepasste Arbeit)',
    en: 'a declaration of a social risk (adapted work)',
  },
  ZIMA003: {
    nl: 'een aangifte sociaal risico (borstvoeding)',
    fr: "une déclaration de risque social (pauses d'allaitement)",
    de: 'eine Meldung eines Sozialrisikos (Stillpausen)',
    en: 'a declaration of a social risk (breastfeeding breaks)',
  },
  ZIMA005: {
    nl: 'een aangifte sociaal risico (vakantie)',
    fr: 'une déclaration de risque social (vacances)',
    de: 'eine Meldung eines Sozialrisikos (Urlaub)',
    en: 'a declaration of a social risk (holiday)',
  },
  ZIMA006: {
    nl: 'een aangifte sociaal risico (hervatting)',
    fr: 'une déclaration de risque social (reprise)',
    de: 'eine Meldung eines Sozialrisikos (Wiederaufnahme)',
    en: 'a declaration of a social risk (resumption)',
  },
  TWCT001: {
    nl: 'een mededeling tijdelijke werkloosheid',
    fr: 'une communication de chômage temporaire',
    de: 'eine Mitteilung über zeitweilige Arbeitslosigkeit',
    en: 'a notice of temporary unemployment',
  },
  VBLV001: {
    nl: 'een validatieboek',
    fr: 'un livre de validation',
    de: 'ein Validierungsbuch',
    en: 'a validation book',
  },
  BewareNotification: {
    nl: 'een Beware-melding',
    fr: 'une notification Beware',
    de: 'eine Beware-Mitteilung',
    en: 'a Beware notice',
  },
  BewareControlList: {
    nl: 'een Beware-controlelijst',
    fr: 'une liste de contrôle Beware',
    de: 'eine Beware-Kontrollliste',
    en: 'a Beware control list',
  },
  CareerHistory: {
    nl: 'een loopbaanoverzicht',
    fr: 'un historique de carrière',
    de: 'eine Laufbahnübersicht',
    en: 'a career overview',
  },
  PersonnelFileConsultationAnswer: {
    nl: 'een antwoord uit het personeelsbestand',
    fr: 'une réponse du fichier du personnel',
    de: 'eine Antwort aus der Personaldatei',
    en: 'an answer from the personnel file',
  },
  PersonnelFileConsultationRequest: {
    nl: 'een vraag aan het personeelsbestand',
    fr: 'une demande au fichier du personnel',
    de: 'eine Frage an die Personaldatei',
    en: 'a question to the personnel file',
  },
  GenericXmlDocument: {
    nl: 'een brief in XML',
    fr: 'une lettre en XML',
    de: 'ein Brief in XML',
    en: 'a letter in XML',
  },
}
