/** Other RSZ messages that senders put in the wrong box, by root element. */
export const otherMessages: Readonly<Record<string, { readonly nl: string; readonly fr: string }>> = {
  ACRF: { nl: 'een ontvangstbewijs', fr: 'un accusé de réception' },
  AVWDDT: { nl: 'een aangifte van werken', fr: 'une déclaration de travaux' },
  Dimona: { nl: 'een onmiddellijke aangifte van tewerkstelling', fr: "une déclaration immédiate de l'emploi" },
  DmfAUpdate: { nl: 'een wijziging van een kwartaalaangifte', fr: "une modification d'une déclaration trimestrielle" },
  DmfAUpdateNotification: {
    nl: 'een melding over een gewijzigde kwartaalaangifte',
    fr: 'une notification sur une déclaration trimestrielle modifiée',
  },
  DmfAPID: { nl: 'een vraag naar kenmerken van een aangifte', fr: "une demande d'identifiants d'une déclaration" },
  DmfARequest: { nl: 'een raadpleging van een aangifte', fr: "une consultation d'une déclaration" },
  IDFLUX: { nl: 'een melding van identificatiegegevens', fr: "un flux de données d'identification" },
  NOTIFICATION: { nl: 'een melding van anomalieën', fr: "une notification d'anomalies" },
  ZIMA001: {
    nl: 'een aangifte sociaal risico (arbeidsongeschiktheid)',
    fr: 'une déclaration de risque social (incapacité)',
  },
  ZIMA002: {
    nl: 'een aangifte sociaal risico (aangepast werk)',
    fr: 'une déclaration de risque social (travail adapté)',
  },
  ZIMA003: {
    nl: 'een aangifte sociaal risico (borstvoeding)',
    fr: "une déclaration de risque social (pauses d'allaitement)",
  },
  ZIMA005: { nl: 'een aangifte sociaal risico (vakantie)', fr: 'une déclaration de risque social (vacances)' },
  ZIMA006: { nl: 'een aangifte sociaal risico (hervatting)', fr: 'une déclaration de risque social (reprise)' },
  TWCT001: { nl: 'een mededeling tijdelijke werkloosheid', fr: 'une communication de chômage temporaire' },
  VBLV001: { nl: 'een validatieboek', fr: 'un livre de validation' },
  BewareNotification: { nl: 'een Beware-melding', fr: 'une notification Beware' },
  BewareControlList: { nl: 'een Beware-controlelijst', fr: 'une liste de contrôle Beware' },
  CareerHistory: { nl: 'een loopbaanoverzicht', fr: 'un historique de carrière' },
  PersonnelFileConsultationAnswer: {
    nl: 'een antwoord uit het personeelsbestand',
    fr: 'une réponse du fichier du personnel',
  },
  PersonnelFileConsultationRequest: {
    nl: 'een vraag aan het personeelsbestand',
    fr: 'une demande au fichier du personnel',
  },
  GenericXmlDocument: { nl: 'een brief in XML', fr: 'une lettre en XML' },
}
