import type { GroundTexts } from './ground-texts.ts'

export const groundTextsDe: GroundTexts = {
  'start.quarterOfAcquisition': [
    'Als {capacity}, Eigenschaft erworben am {acquiredOn}, beginnt die Versicherung am {from}, dem ersten Tag dieses Quartals.',
    'Nicht erfüllt: als {capacity}, Eigenschaft erworben am {acquiredOn}, beginnt die Versicherung am {from}, dem ersten Tag dieses Quartals.',
  ],
  'start.quarterOfRequest': [
    'Als {capacity}, beantragt am {requestedOn}, beginnt die Versicherung am {from}, dem ersten Tag des Quartals des Antrags.',
    'Nicht erfüllt: als {capacity}, beantragt am {requestedOn}, beginnt die Versicherung am {from}, dem ersten Tag des Quartals des Antrags.',
  ],
  'start.dayOfAcquisition': [
    'Als {capacity} beginnt die Versicherung am Tag des Erwerbs der Eigenschaft selbst, am {acquiredOn}.',
    'Nicht erfüllt: als {capacity} beginnt die Versicherung am Tag des Erwerbs der Eigenschaft selbst, am {acquiredOn}.',
  ],
  'opening.first': [
    'Der Anspruch ist erstmals vom {from} bis einschließlich {until} eröffnet.',
    'Nicht erfüllt: der Anspruch ist erstmals vom {from} bis einschließlich {until} eröffnet.',
  ],
  'opening.waitingPeriod': [
    'Die Eintragung am {registeredOn} öffnet den Anspruch am {opensOn}, ohne Wartezeit von {months} Monaten für {referenceYear}.',
    'Die frühere Eintragung ist erloschen, weil persönliche Beiträge von {referenceYear} nicht bezahlt sind: nach der Eintragung am {registeredOn} gilt eine Wartezeit von {months} Monaten, der Anspruch beginnt am {opensOn}.',
  ],
  'opening.stageMinimum': [
    'Von der Eintragung am {registeredOn} bis einschließlich {stageUntil} ist der Mindestbeitrag der Wartezeit erreicht.',
    'Von der Eintragung am {registeredOn} bis einschließlich {stageUntil} ist der Mindestbeitrag der Wartezeit nicht erreicht: {totalCents} von {requiredCents}.',
    {
      requiredCents:
        'Ob von der Eintragung am {registeredOn} bis einschließlich {stageUntil} der Mindestbeitrag der Wartezeit erreicht ist, lässt sich nicht sagen: der verlangte Betrag hängt von {yearsNotKnown} ab, wofür keine Eigenschaft mit ihren Beiträgen bekannt ist. Bisher sind {totalCents} eingegangen.',
    },
  ],
  'opening.stageRuns': [
    'Die Wartezeit ab der Eintragung am {registeredOn} läuft bis einschließlich {stageUntil}: bisher sind {totalCents} dafür eingegangen, und ob der Mindestbeitrag erreicht ist, wird danach entschieden.',
    'Die Wartezeit ab der Eintragung am {registeredOn} ist seit {stageUntil} vorbei.',
  ],
  'minimum.incomeProof': [
    'Über das Familieneinkommen von {referenceYear} ist entschieden.',
    'Das Familieneinkommen von {referenceYear} ist nicht nachgewiesen (Nachweis angefordert am: {askedOn}): solange darüber nicht entschieden ist, steht nicht fest, dass der volle Beitrag geschuldet ist.',
    {
      askedOn:
        'Das Familieneinkommen von {referenceYear} ist nicht bewiesen, und der Nachweis wurde noch nicht angefordert: solange darüber nicht entschieden ist, steht nicht fest, dass der volle Beitrag geschuldet ist.',
    },
  ],
  'minimum.none': [
    'Für {referenceYear} ist kein Beitrag geschuldet.',
    'Für {referenceYear} ist ein Beitrag geschuldet.',
  ],
  'minimum.unknown': [
    'Eine Eigenschaft von {referenceYear} ist bekannt.',
    'Von {referenceYear} ist keine Eigenschaft bekannt, für die ein Beitrag gilt: was dafür geschuldet ist, lässt sich nicht sagen (bekannt: {wageCents} an Löhnen, {quartersAttested} bescheinigte Quartale, {paidCents} an Zahlungen).',
  ],
  'minimum.surplus': [
    'Für {referenceYear} sind {surplusCents} mehr gezahlt, als geschuldet ist. Dieser Betrag ist nicht verloren: er bleibt für {referenceYear} verbucht und zählt, sobald dieses Jahr mehr verlangt. Für ein anderes Jahr zählt er nicht, und über eine Rückzahlung ist hier nichts entschieden.',
    'Für {referenceYear} ist nicht mehr gezahlt, als geschuldet ist.',
  ],
  'minimum.wage': [
    'Die Löhne auf den Beitragsbescheinigungen von {referenceYear} und der Lohn, für den Beiträge stehen, die auf fehlenden Lohn oder für Quartale gezahlt sind, zusammen {totalCents}, erreichen den Mindestwert von {requiredCents}.',
    'Die Löhne auf den Beitragsbescheinigungen von {referenceYear} und der Lohn, für den Beiträge stehen, die auf fehlenden Lohn oder für Quartale gezahlt sind, zusammen {totalCents}, liegen {shortCents} unter dem Mindestwert von {requiredCents}.',
  ],
  'minimum.runs': [
    'Das Referenzjahr {referenceYear} läuft noch bis einschließlich {until}: ob es erfüllt ist, wird danach entschieden, und jetzt ist nichts dafür geschuldet.',
    'Das Referenzjahr {referenceYear} ist vorbei.',
  ],
  'minimum.soFar': [
    'Bisher sind {totalCents} für {referenceYear} eingegangen; das Jahr verlangt {requiredCents}.',
    'Bisher ist nichts für {referenceYear} eingegangen.',
  ],
  'minimum.soFarQuarters': [
    'Bisher bescheinigt die Sozialversicherungskasse {quartersAttested} der {quartersDue} Quartale von {referenceYear}.',
    'Bisher bescheinigt die Sozialversicherungskasse kein Quartal von {referenceYear}.',
  ],
  'minimum.selfEmployed': [
    'Die Sozialversicherungskasse bescheinigt alle {quartersDue} geschuldeten Quartale von {referenceYear}.',
    'Die Sozialversicherungskasse bescheinigt {quartersAttested} der {quartersDue} geschuldeten Quartale von {referenceYear}.',
  ],
  'minimum.personal': [
    'Die persönlichen Beiträge für {referenceYear} sind gezahlt: {totalCents} von geschuldeten {requiredCents}.',
    'Für {referenceYear} sind {totalCents} an persönlichen Beiträgen von geschuldeten {requiredCents} gezahlt; es fehlen {shortCents}.',
  ],
  'personal.contribution': [
    'Für {quarter} beträgt der persönliche Beitrag als {capacity} {dueCents}.',
    'Nicht erfüllt: für {quarter} beträgt der persönliche Beitrag als {capacity} {dueCents}.',
  ],
  'prolongation.contributions': [
    'Die Beitragspflichten von {referenceYear}, die über den Anspruch von {year} entscheiden, sind erfüllt.',
    'Die Beitragspflichten von {referenceYear}, die über den Anspruch von {year} entscheiden, sind nicht erfüllt; fehlender Betrag: {shortCents}.',
    {
      amountStated:
        'Die Beitragspflichten von {referenceYear}, die über den Anspruch von {year} entscheiden, sind nicht erfüllt: die Sozialversicherungskasse bescheinigt nicht alle Quartale und hat nicht mitgeteilt, welcher Betrag geschuldet ist.',
      yearAssessed:
        'Die Beitragspflichten von {referenceYear}, die über den Anspruch von {year} entscheiden, sind nicht erfüllt: für {referenceYear} ist hier nichts eingegangen, sodass kein fehlender Betrag genannt werden kann. Beitragsbescheinigungen oder Bestätigungen dieses Jahres fehlen.',
      shortCents:
        'Die Beitragspflichten von {referenceYear}, die über den Anspruch von {year} entscheiden, sind nicht erfüllt: es ist keine Eigenschaft von {referenceYear} bekannt, für die ein Beitrag geschuldet ist, sodass kein fehlender Betrag genannt werden kann. Diese Eigenschaft fehlt.',
    },
  ],
  'prolongation.capacity': [
    'Zwischen dem {windowFrom} und dem {windowUntil} bestand eine Eigenschaft als Berechtigter, seit dem {capacityFrom}.',
    'Zwischen dem {windowFrom} und dem {windowUntil} bestand keine Eigenschaft als Berechtigter.',
  ],
  'prolongation.fromQuarter': [
    'Abweichend von der Verlängerung nach Jahren läuft der Anspruch vom {from}, dem ersten Tag des Quartals des neuen Erwerbs der Eigenschaft, bis einschließlich {until}.',
    'Nicht erfüllt: abweichend von der Verlängerung nach Jahren läuft der Anspruch vom {from}, dem ersten Tag des Quartals des neuen Erwerbs der Eigenschaft, bis einschließlich {until}.',
  ],
  'right.provisional': [
    'Dieser Anspruch ist vorläufig: das Jahr {referenceYear} wartet auf den Nachweis des Familieneinkommens und wird nicht wegen eines Betrags abgelehnt, für den kein Nachweis angefordert wurde.',
    'Dieser Anspruch ist nicht vorläufig: über {referenceYear} ist entschieden.',
  ],
  'runOut.lastDay': [
    'Die letzte Eigenschaft endete am {endedOn} ({endQuarter}); der Anspruch läuft bis einschließlich {lastDay} aus.',
    'Die letzte Eigenschaft endete am {endedOn} ({endQuarter}), mangels Beiträgen lief der Anspruch aber nur bis {lastDay}.',
  ],
  'warning.day': [
    'Die Warnung geht spätestens am {until} ab.',
    'Nicht erfüllt: die Warnung geht spätestens am {until} ab.',
  ],
  'dependant.age': [
    'Das Kind ist {ageAtStart} Jahre alt, jünger als {ageLimit}.',
    'Das Kind ist {ageAtStart} Jahre alt; ab {ageLimit} Jahren kann es nicht mehr zu Lasten sein.',
  ],
  'dependant.income': [
    'Das Brutto-Quartalseinkommen von {incomeCents} bleibt innerhalb der Grenze von {ceilingCents}.',
    'Dass das Brutto-Quartalseinkommen ({incomeCents}) innerhalb der Grenze von {ceilingCents} bleibt, steht nicht fest.',
    {
      incomeCents:
        'Das Brutto-Quartalseinkommen ist nicht nachgewiesen: dass es innerhalb der Grenze von {ceilingCents} bleibt, steht nicht fest.',
    },
  ],
  'dependant.ownRight': [
    'Die Person hat keinen eigenen kostenlosen Anspruch.',
    'Die Person hat einen eigenen kostenlosen Anspruch und kann daher nicht zu Lasten sein.',
  ],
  'dependant.onePartner': [
    'Der Berechtigte hat keinen anderen Partner zu Lasten.',
    'Der Berechtigte hat bereits einen Partner zu Lasten oder lebt mit einem Ehepartner, der selbst berechtigt ist.',
  ],
  'dependant.follows': [
    'Ab {from} folgt der Anspruch dem des Berechtigten.',
    'Ab {from} gibt es keinen Anspruch eines Berechtigten, dem er folgen könnte.',
  ],
  'dependant.runOut': [
    'Die Eigenschaft als Person zu Lasten ging am {lostOn} verloren; der Anspruch bleibt bis einschließlich {until}.',
    'Nicht erfüllt: die Eigenschaft als Person zu Lasten ging am {lostOn} verloren; der Anspruch bleibt bis einschließlich {until}.',
  ],
  'proofs.any': ['Ein vorgelegter Nachweis genügt für {capacity}.', 'Kein vorgelegter Nachweis genügt für {capacity}.'],
  'proofs.enrolment': [
    'Die Einschreibung bei einer anerkannten Einrichtung ist nachgewiesen.',
    'Die Einschreibung bei einer anerkannten Einrichtung ist nicht nachgewiesen.',
  ],
  'proofs.residence': [
    'Eintragung oder Aufenthalt ist nachgewiesen.',
    'Eintragung oder Aufenthalt ist nicht nachgewiesen oder wartet auf eine Entscheidung.',
  ],
  'proofs.child': ['Das Verhältnis zum Kind ist nachgewiesen.', 'Das Verhältnis zum Kind ist nicht nachgewiesen.'],
  'proofs.partner': [
    'Das Verhältnis zum Partner ist nachgewiesen.',
    'Das Verhältnis zum Partner ist nicht nachgewiesen.',
  ],
  'price.tariff': [
    'Leistung {code} am {careDate}: Beteiligung {interventionCents}, Eigenanteil {patientShareCents}.',
    'Für die Leistung {code} gibt es am {careDate} keinen Tarif für diese Lage.',
  ],
  'price.nonConventioned': [
    'Der Leistungserbringer ({profession}) ist nicht vertraglich gebunden: die Beteiligung ist je Leistung um {reductionCents} geringer.',
    'Der Leistungserbringer ({profession}) ist nicht vertraglich gebunden; die Beteiligung wird deswegen nicht gekürzt.',
  ],
  'price.agreementTime': [
    'Die Pflege fiel in die Zeiten und Orte des Abkommens, oder nicht.',
    'Es ist nicht gesagt, ob die Pflege in die Zeiten und Orte des Abkommens fiel: darin dürfen höchstens {officialFeeCents} verlangt werden, außerhalb die verlangten {askedCents}.',
  ],
  'price.split': [
    'Auf der Rechnung verlangt der Leistungserbringer vom Patienten nicht mehr als {patientShareCents}; die Versicherung zahlt {paidCents}.',
    'Auf der Rechnung verlangt der Leistungserbringer vom Patienten {patientCents} statt {patientShareCents}: die Zeile wird nicht gezahlt.',
  ],
  'price.supplement': [
    'Ein Zuschlag von {supplementCents} geht zu Lasten des Patienten.',
    'Ein Zuschlag von {supplementCents} wird verlangt, obwohl der Leistungserbringer an die amtlichen Tarife gebunden ist.',
  ],
  'retention.insured': [
    'Der Anspruch endete am {insuredUntil}.',
    'Der Anspruch läuft bis einschließlich {insuredUntil}: so lange bleiben die Daten.',
  ],
  'retention.billing': [
    'Pflege konnte bis einschließlich {billableUntil} abgerechnet werden.',
    'Pflege kann bis einschließlich {billableUntil} abgerechnet werden: so lange bleiben die Daten.',
  ],
  'retention.recovery': [
    'Die Rückforderung dessen, was bis {toldUntil} bezahlt wurde, verjährte am {recoverableUntil}.',
    'Was bis {toldUntil} aufgrund eines Anschlusses bezahlt wurde, der nicht mehr gilt, kann noch bis {recoverableUntil} zurückgefordert werden: die Daten bleiben bis dahin.',
  ],
  'retention.repair': [
    'Die Beiträge von {referenceYear} konnten bis einschließlich {repairableUntil} nachgeholt werden.',
    'Die Beiträge von {referenceYear} können bis einschließlich {repairableUntil} nachgeholt werden: so lange bleiben die Daten.',
  ],
  'claim.timeBar': [
    'Die Forderung für Pflege vom {careDate} ging am {receivedOn} ein, spätestens am {lastDay}.',
    'Die Forderung für Pflege vom {careDate} ging am {receivedOn} ein; sie verjährte am {lastDay}.',
  ],
  'distribution.share': [
    'Das Haushaltsziel {year} von {objectiveCents} ist nach tatsächlichen und normativen Ausgaben verteilt.',
    'Nicht erfüllt: das Haushaltsziel {year} von {objectiveCents} ist nach tatsächlichen und normativen Ausgaben verteilt.',
  ],
  'distribution.borne': [
    'Jeder Versicherungsträger trägt einen begrenzten Teil seines Ergebnisses von {year}.',
    'Nicht erfüllt: jeder Versicherungsträger trägt einen begrenzten Teil seines Ergebnisses von {year}.',
  ],
  'distribution.advances': [
    'Der Haushaltsanteil {year} von {budgetCents} wird in gleichen Vorschüssen gezahlt.',
    'Nicht erfüllt: der Haushaltsanteil {year} von {budgetCents} wird in gleichen Vorschüssen gezahlt.',
  ],
}
