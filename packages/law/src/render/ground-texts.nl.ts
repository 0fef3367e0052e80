import type { GroundTexts } from './ground-texts.ts'

export const groundTextsNl: GroundTexts = {
  'start.quarterOfAcquisition': [
    'Als {capacity}, hoedanigheid verworven op {acquiredOn}, begint de verzekering op {from}, de eerste dag van dat kwartaal.',
    'Niet vervuld: als {capacity}, hoedanigheid verworven op {acquiredOn}, begint de verzekering op {from}, de eerste dag van dat kwartaal.',
  ],
  'start.quarterOfRequest': [
    'Als {capacity}, aangevraagd op {requestedOn}, begint de verzekering op {from}, de eerste dag van het kwartaal van de aanvraag.',
    'Niet vervuld: als {capacity}, aangevraagd op {requestedOn}, begint de verzekering op {from}, de eerste dag van het kwartaal van de aanvraag.',
  ],
  'start.dayOfAcquisition': [
    'Als {capacity} begint de verzekering op de dag zelf waarop de hoedanigheid verworven is, {acquiredOn}.',
    'Niet vervuld: als {capacity} begint de verzekering op de dag zelf waarop de hoedanigheid verworven is, {acquiredOn}.',
  ],
  'opening.first': [
    'Het recht is een eerste keer geopend van {from} tot en met {until}.',
    'Niet vervuld: het recht is een eerste keer geopend van {from} tot en met {until}.',
  ],
  'opening.waitingPeriod': [
    'De inschrijving op {registeredOn} opent het recht op {opensOn}, zonder wachttijd van {months} maanden voor {referenceYear}.',
    'De vorige inschrijving verviel omdat persoonlijke bijdragen van {referenceYear} niet betaald zijn: na de inschrijving op {registeredOn} geldt een wachttijd van {months} maanden, het recht begint op {opensOn}.',
  ],
  'opening.stageMinimum': [
    'Van de inschrijving op {registeredOn} tot en met {stageUntil} is de minimumbijdrage van de wachttijd bereikt.',
    'Van de inschrijving op {registeredOn} tot en met {stageUntil} is de minimumbijdrage van de wachttijd niet bereikt: {totalCents} op {requiredCents}.',
    {
      requiredCents:
        'Of van de inschrijving op {registeredOn} tot en met {stageUntil} de minimumbijdrage van de wachttijd bereikt is, kan niet gezegd worden: welk bedrag gevraagd wordt, hangt af van {yearsNotKnown}, en daarvan is geen hoedanigheid met haar bijdragen bekend. Tot nu toe is {totalCents} binnen.',
    },
  ],
  'opening.stageRuns': [
    'De wachttijd vanaf de inschrijving op {registeredOn} loopt tot en met {stageUntil}: tot nu toe is er {totalCents} voor binnen, en of de minimumbijdrage bereikt is, wordt daarna beslist.',
    'De wachttijd vanaf de inschrijving op {registeredOn} is voorbij sinds {stageUntil}.',
  ],
  'minimum.incomeProof': [
    'Voor {referenceYear} is over het gezinsinkomen beslist.',
    'Het gezinsinkomen van {referenceYear} is niet bewezen (bewijs gevraagd op: {askedOn}): zolang daarover niet beslist is, staat niet vast dat de volledige bijdrage verschuldigd is.',
    {
      askedOn:
        'Het gezinsinkomen van {referenceYear} is niet bewezen en het bewijs ervan is nog niet gevraagd: zolang over het inkomen niet beslist is, staat niet vast dat de volledige bijdrage verschuldigd is.',
    },
  ],
  'minimum.none': [
    'Voor {referenceYear} is geen bijdrage verschuldigd.',
    'Voor {referenceYear} is wel een bijdrage verschuldigd.',
  ],
  'minimum.unknown': [
    'Er is een hoedanigheid van {referenceYear} bekend.',
    'Van {referenceYear} is geen hoedanigheid bekend waarvoor een bijdrage geldt: wat ervoor verschuldigd is, is niet te zeggen (bekend: {wageCents} aan lonen, {quartersAttested} geattesteerde kwartalen, {paidCents} aan betalingen).',
  ],
  'minimum.surplus': [
    'Voor {referenceYear} is {surplusCents} meer betaald dan verschuldigd is. Dat bedrag is niet verloren: het blijft voor {referenceYear} geboekt en telt zodra dat jaar meer vraagt. Voor een ander jaar telt het niet, en over een terugbetaling is hier niets beslist.',
    'Voor {referenceYear} is niet meer betaald dan verschuldigd is.',
  ],
  'minimum.wage': [
    'De lonen op de bijdragebescheiden van {referenceYear} en het loon waarvoor bijdragen staan die op ontbrekend loon of voor kwartalen betaald zijn, samen {totalCents}, bereiken de minimumwaarde van {requiredCents}.',
    'De lonen op de bijdragebescheiden van {referenceYear} en het loon waarvoor bijdragen staan die op ontbrekend loon of voor kwartalen betaald zijn, samen {totalCents}, blijven {shortCents} onder de minimumwaarde van {requiredCents}.',
  ],
  'minimum.runs': [
    'Het refertejaar {referenceYear} loopt nog tot en met {until}: of het vervuld is, wordt daarna beslist, en er is nu niets voor verschuldigd.',
    'Het refertejaar {referenceYear} is voorbij.',
  ],
  'minimum.soFar': [
    'Tot nu toe is er {totalCents} binnen voor {referenceYear}; het jaar vraagt {requiredCents}.',
    'Tot nu toe is er niets binnen voor {referenceYear}.',
  ],
  'minimum.soFarQuarters': [
    'Tot nu toe bevestigt het sociaal verzekeringsfonds {quartersAttested} van de {quartersDue} kwartalen van {referenceYear}.',
    'Tot nu toe bevestigt het sociaal verzekeringsfonds geen kwartaal van {referenceYear}.',
  ],
  'minimum.selfEmployed': [
    'Het sociaal verzekeringsfonds bevestigt alle {quartersDue} verschuldigde kwartalen van {referenceYear}.',
    'Het sociaal verzekeringsfonds bevestigt {quartersAttested} van de {quartersDue} verschuldigde kwartalen van {referenceYear}.',
  ],
  'minimum.personal': [
    'De persoonlijke bijdragen voor {referenceYear} zijn betaald: {totalCents} op {requiredCents} verschuldigd.',
    'Voor {referenceYear} is {totalCents} aan persoonlijke bijdragen betaald op {requiredCents} verschuldigd; {shortCents} ontbreekt.',
  ],
  'personal.contribution': [
    'Voor {quarter} bedraagt de persoonlijke bijdrage als {capacity} {dueCents}.',
    'Niet vervuld: voor {quarter} bedraagt de persoonlijke bijdrage als {capacity} {dueCents}.',
  ],
  'prolongation.contributions': [
    'De bijdrageverplichtingen van {referenceYear}, die over het recht van {year} beslissen, zijn vervuld.',
    'De bijdrageverplichtingen van {referenceYear}, die over het recht van {year} beslissen, zijn niet vervuld; ontbrekend bedrag: {shortCents}.',
    {
      amountStated:
        'De bijdrageverplichtingen van {referenceYear}, die over het recht van {year} beslissen, zijn niet vervuld: het sociaal verzekeringsfonds bevestigt niet alle kwartalen, en heeft niet meegedeeld welk bedrag verschuldigd is.',
      yearAssessed:
        'De bijdrageverplichtingen van {referenceYear}, die over het recht van {year} beslissen, zijn niet vervuld: voor {referenceYear} is hier niets binnengekomen, zodat geen ontbrekend bedrag gezegd kan worden. Bijdragebescheiden of attesten van dat jaar ontbreken.',
      shortCents:
        'De bijdrageverplichtingen van {referenceYear}, die over het recht van {year} beslissen, zijn niet vervuld: er is geen hoedanigheid van {referenceYear} bekend waarvoor een bijdrage verschuldigd is, zodat geen ontbrekend bedrag gezegd kan worden. Die hoedanigheid ontbreekt.',
    },
  ],
  'prolongation.capacity': [
    'Tussen {windowFrom} en {windowUntil} was er een hoedanigheid van gerechtigde, sinds {capacityFrom}.',
    'Tussen {windowFrom} en {windowUntil} was er geen hoedanigheid van gerechtigde.',
  ],
  'prolongation.fromQuarter': [
    'In afwijking van de verlenging per jaar loopt het recht vanaf {from}, de eerste dag van het kwartaal waarin de hoedanigheid opnieuw verworven is, tot en met {until}.',
    'Niet vervuld: in afwijking van de verlenging per jaar loopt het recht vanaf {from}, de eerste dag van het kwartaal waarin de hoedanigheid opnieuw verworven is, tot en met {until}.',
  ],
  'right.provisional': [
    'Dit recht is voorlopig: het jaar {referenceYear} wacht op het bewijs van het gezinsinkomen, en wordt niet geweigerd om een bedrag waarvoor geen bewijs gevraagd is.',
    'Dit recht is niet voorlopig: over {referenceYear} is beslist.',
  ],
  'runOut.lastDay': [
    'De laatste hoedanigheid eindigde op {endedOn} ({endQuarter}); het recht loopt uit tot en met {lastDay}.',
    'De laatste hoedanigheid eindigde op {endedOn} ({endQuarter}), maar bij gebrek aan bijdragen liep het recht maar tot {lastDay}.',
  ],
  'warning.day': [
    'De verwittiging vertrekt ten laatste op {until}.',
    'Niet vervuld: de verwittiging vertrekt ten laatste op {until}.',
  ],
  'dependant.age': [
    'Het kind is {ageAtStart} jaar, jonger dan {ageLimit}.',
    'Het kind is {ageAtStart} jaar; vanaf {ageLimit} jaar kan het geen persoon ten laste meer zijn.',
  ],
  'dependant.income': [
    'Het bruto kwartaalinkomen van {incomeCents} blijft binnen de grens van {ceilingCents}.',
    'Dat het bruto kwartaalinkomen ({incomeCents}) binnen de grens van {ceilingCents} blijft, staat niet vast.',
    {
      incomeCents:
        'Het bruto kwartaalinkomen is niet bewezen: dat het binnen de grens van {ceilingCents} blijft, staat niet vast.',
    },
  ],
  'dependant.ownRight': [
    'De persoon heeft geen eigen gratis recht.',
    'De persoon heeft een eigen gratis recht en kan daarom niet ten laste zijn.',
  ],
  'dependant.onePartner': [
    'De gerechtigde heeft geen andere partner ten laste.',
    'De gerechtigde heeft al een partner ten laste, of woont samen met een echtgenoot die zelf gerechtigde is.',
  ],
  'dependant.follows': [
    'Vanaf {from} volgt het recht dat van de gerechtigde.',
    'Vanaf {from} is er geen recht van een gerechtigde om te volgen.',
  ],
  'dependant.runOut': [
    'De hoedanigheid van persoon ten laste is verloren op {lostOn}; het recht blijft behouden tot en met {until}.',
    'Niet vervuld: de hoedanigheid van persoon ten laste is verloren op {lostOn}; het recht blijft behouden tot en met {until}.',
  ],
  'proofs.any': ['Een voorgelegd bewijs volstaat voor {capacity}.', 'Geen voorgelegd bewijs volstaat voor {capacity}.'],
  'proofs.enrolment': [
    'De inschrijving bij een erkende instelling is bewezen.',
    'De inschrijving bij een erkende instelling is niet bewezen.',
  ],
  'proofs.residence': [
    'Inschrijving of verblijf is bewezen.',
    'Inschrijving of verblijf is niet bewezen, of wacht op een beslissing.',
  ],
  'proofs.child': ['De band met het kind is bewezen.', 'De band met het kind is niet bewezen.'],
  'proofs.partner': ['De band met de partner is bewezen.', 'De band met de partner is niet bewezen.'],
  'price.tariff': [
    'Verstrekking {code} op {careDate}: tegemoetkoming {interventionCents}, remgeld {patientShareCents}.',
    'Verstrekking {code} heeft op {careDate} geen tarief voor deze situatie.',
  ],
  'price.nonConventioned': [
    'De zorgverlener ({profession}) is niet geconventioneerd: de tegemoetkoming is {reductionCents} lager per verstrekking.',
    'De zorgverlener ({profession}) is niet geconventioneerd; de tegemoetkoming wordt daarom niet verlaagd.',
  ],
  'price.agreementTime': [
    'De zorg viel binnen de tijden en plaatsen van het akkoord, of er buiten.',
    'Er is niet gezegd of de zorg binnen de tijden en plaatsen van het akkoord viel: daarbinnen mag hoogstens {officialFeeCents} gevraagd worden, daarbuiten de gevraagde {askedCents}.',
  ],
  'price.split': [
    'Op de factuur vraagt de zorgverlener de patiënt niet meer dan {patientShareCents}; de verzekering betaalt {paidCents}.',
    'Op de factuur vraagt de zorgverlener de patiënt {patientCents} in plaats van {patientShareCents}: de lijn wordt niet betaald.',
  ],
  'price.supplement': [
    'Een supplement van {supplementCents} is voor rekening van de patiënt.',
    'Een supplement van {supplementCents} is gevraagd terwijl de zorgverlener aan de officiële tarieven gebonden is.',
  ],
  'retention.insured': [
    'Het recht liep af op {insuredUntil}.',
    'Het recht loopt nog tot en met {insuredUntil}: zolang blijven de gegevens.',
  ],
  'retention.billing': [
    'Zorg kon tot en met {billableUntil} aangerekend worden.',
    'Zorg kan nog tot en met {billableUntil} aangerekend worden: zolang blijven de gegevens.',
  ],
  'retention.recovery': [
    'De terugvordering van wat tot en met {toldUntil} betaald werd, verjaarde op {recoverableUntil}.',
    'Wat tot en met {toldUntil} betaald werd op een aansluiting die niet meer geldt, kan nog tot en met {recoverableUntil} teruggevorderd worden: de gegevens blijven tot dan.',
  ],
  'retention.repair': [
    'De bijdragen van {referenceYear} konden tot en met {repairableUntil} hersteld worden.',
    'De bijdragen van {referenceYear} kunnen nog tot en met {repairableUntil} hersteld worden: zolang blijven de gegevens.',
  ],
  'claim.timeBar': [
    'De vordering voor zorg van {careDate} kwam aan op {receivedOn}, ten laatste op {lastDay}.',
    'De vordering voor zorg van {careDate} kwam aan op {receivedOn}; ze verjaarde op {lastDay}.',
  ],
  'distribution.share': [
    'De begrotingsdoelstelling {year} van {objectiveCents} is verdeeld volgens werkelijke en normatieve uitgaven.',
    'Niet vervuld: de begrotingsdoelstelling {year} van {objectiveCents} is verdeeld volgens werkelijke en normatieve uitgaven.',
  ],
  'distribution.borne': [
    'Elke verzekeringsinstelling draagt een begrensd deel van haar resultaat van {year}.',
    'Niet vervuld: elke verzekeringsinstelling draagt een begrensd deel van haar resultaat van {year}.',
  ],
  'distribution.advances': [
    'Het begrotingsaandeel {year} van {budgetCents} wordt in gelijke voorschotten betaald.',
    'Niet vervuld: het begrotingsaandeel {year} van {budgetCents} wordt in gelijke voorschotten betaald.',
  ],
}
