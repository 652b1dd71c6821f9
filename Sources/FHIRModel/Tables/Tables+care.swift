extension Tables {
    /// Consents, conditions, findings, plans and what was done (FHIR R4 4.0.1).
    static let care = """
        Consent : DomainResource
          identifier Identifier *
          status code=consent-state-codes !
          scope CodeableConcept !
          category CodeableConcept +
          patient Reference(Patient)
          dateTime dateTime
          performer Reference(Organization|Patient|Practitioner|RelatedPerson|PractitionerRole) *
          organization Reference(Organization) *
          source[x] Attachment|Reference(Consent|DocumentReference|Contract|QuestionnaireResponse)
          policy BackboneElement *
            authority uri
            uri uri
          policyRule CodeableConcept
          verification BackboneElement *
            verified boolean !
            verifiedWith Reference(Patient|RelatedPerson)
            verificationDate dateTime
          provision BackboneElement
            type code=consent-provision-type
            period Period
            actor BackboneElement *
              role CodeableConcept !
              reference Reference(Device|Group|CareTeam|Organization|Patient|Practitioner|\
        RelatedPerson|PractitionerRole) !
            action CodeableConcept *
            securityLabel Coding *
            purpose Coding *
            class Coding *
            code CodeableConcept *
            dataPeriod Period
            data BackboneElement *
              meaning code=consent-data-meaning !
              reference Reference !
            provision #Consent.provision *
        Condition : DomainResource
          identifier Identifier *
          clinicalStatus CodeableConcept=condition-clinical
          verificationStatus CodeableConcept=condition-ver-status
          category CodeableConcept *
          severity CodeableConcept
          code CodeableConcept
          bodySite CodeableConcept *
          subject Reference(Patient|Group) !
          encounter Reference(Encounter)
          onset[x] dateTime|Age|Period|Range|string
          abatement[x] dateTime|Age|Period|Range|string
          recordedDate dateTime
          recorder Reference(Practitioner|PractitionerRole|Patient|RelatedPerson)
          asserter Reference(Practitioner|PractitionerRole|Patient|RelatedPerson)
          stage BackboneElement *
            summary CodeableConcept
            assessment Reference(ClinicalImpression|DiagnosticReport|Observation) *
            type CodeableConcept
          evidence BackboneElement *
            code CodeableConcept *
            detail Reference *
          note Annotation *
        Observation : DomainResource
          identifier Identifier *
          basedOn Reference(CarePlan|DeviceRequest|ImmunizationRecommendation|MedicationRequest|\
        NutritionOrder|ServiceRequest) *
          partOf Reference(MedicationAdministration|MedicationDispense|MedicationStatement|\
        Procedure|Immunization|ImagingStudy) *
          status code=observation-status !
          category CodeableConcept *
          code CodeableConcept !
          subject Reference(Patient|Group|Device|Location)
          focus Reference *
          encounter Reference(Encounter)
          effective[x] dateTime|Period|Timing|instant
          issued instant
          performer Reference(Practitioner|PractitionerRole|Organization|CareTeam|Patient|\
        RelatedPerson) *
          value[x] Quantity|CodeableConcept|string|boolean|integer|Range|Ratio|SampledData|time|\
        dateTime|Period
          dataAbsentReason CodeableConcept
          interpretation CodeableConcept *
          note Annotation *
          bodySite CodeableConcept
          method CodeableConcept
          specimen Reference(Specimen)
          device Reference(Device|DeviceMetric)
          referenceRange BackboneElement *
            low Quantity
            high Quantity
            type CodeableConcept
            appliesTo CodeableConcept *
            age Range
            text string
          hasMember Reference(Observation|QuestionnaireResponse|MolecularSequence) *
          derivedFrom Reference(DocumentReference|ImagingStudy|Media|QuestionnaireResponse|\
        Observation|MolecularSequence) *
          component BackboneElement *
            code CodeableConcept !
            value[x] Quantity|CodeableConcept|string|boolean|integer|Range|Ratio|SampledData|time|\
        dateTime|Period
            dataAbsentReason CodeableConcept
            interpretation CodeableConcept *
            referenceRange #Observation.referenceRange *
        CarePlan : DomainResource
          identifier Identifier *
          instantiatesCanonical canonical *
          instantiatesUri uri *
          basedOn Reference(CarePlan) *
          replaces Reference(CarePlan) *
          partOf Reference(CarePlan) *
          status code=request-status !
          intent code=care-plan-intent !
          category CodeableConcept *
          title string
          description string
          subject Reference(Patient|Group) !
          encounter Reference(Encounter)
          period Period
          created dateTime
          author Reference(@agent|CareTeam)
          contributor Reference(@agent|CareTeam) *
          careTeam Reference(CareTeam) *
          addresses Reference(Condition) *
          supportingInfo Reference *
          goal Reference(Goal) *
          activity BackboneElement *
            outcomeCodeableConcept CodeableConcept *
            outcomeReference Reference *
            progress Annotation *
            reference Reference(Appointment|CommunicationRequest|DeviceRequest|MedicationRequest|\
        NutritionOrder|Task|ServiceRequest|VisionPrescription|RequestGroup)
            detail BackboneElement
              kind code=care-plan-activity-kind
              instantiatesCanonical canonical *
              instantiatesUri uri *
              code CodeableConcept
              reasonCode CodeableConcept *
              reasonReference Reference(@reason) *
              goal Reference(Goal) *
              status code=care-plan-activity-status !
              statusReason CodeableConcept
              doNotPerform boolean
              scheduled[x] Timing|Period|string
              location Reference(Location)
              performer Reference(@performer) *
              product[x] CodeableConcept|Reference(Medication|Substance)
              dailyAmount Quantity
              quantity Quantity
              description string
          note Annotation *
        Goal : DomainResource
          identifier Identifier *
          lifecycleStatus code=goal-status !
          achievementStatus CodeableConcept
          category CodeableConcept *
          priority CodeableConcept
          description CodeableConcept !
          subject Reference(Patient|Group|Organization) !
          start[x] date|CodeableConcept
          target BackboneElement *
            measure CodeableConcept
            detail[x] Quantity|Range|CodeableConcept|string|boolean|integer|Ratio
            due[x] date|Duration
          statusDate date
          statusReason string
          expressedBy Reference(Patient|Practitioner|PractitionerRole|RelatedPerson)
          addresses Reference(Condition|Observation|MedicationStatement|NutritionOrder|\
        ServiceRequest|RiskAssessment) *
          note Annotation *
          outcomeCode CodeableConcept *
          outcomeReference Reference(Observation) *
        Procedure : DomainResource
          identifier Identifier *
          instantiatesCanonical canonical *
          instantiatesUri uri *
          basedOn Reference(CarePlan|ServiceRequest) *
          partOf Reference(Procedure|Observation|MedicationAdministration) *
          status code=event-status !
          statusReason CodeableConcept
          category CodeableConcept
          code CodeableConcept
          subject Reference(Patient|Group) !
          encounter Reference(Encounter)
          performed[x] dateTime|Period|string|Age|Range
          recorder Reference(Patient|RelatedPerson|Practitioner|PractitionerRole)
          asserter Reference(Patient|RelatedPerson|Practitioner|PractitionerRole)
          performer BackboneElement *
            function CodeableConcept
            actor Reference(@agent) !
            onBehalfOf Reference(Organization)
          location Reference(Location)
          reasonCode CodeableConcept *
          reasonReference Reference(@reason|Procedure) *
          bodySite CodeableConcept *
          outcome CodeableConcept
          report Reference(DiagnosticReport|DocumentReference|Composition) *
          complication CodeableConcept *
          complicationDetail Reference(Condition) *
          followUp CodeableConcept *
          note Annotation *
          focalDevice BackboneElement *
            action CodeableConcept
            manipulated Reference(Device) !
          usedReference Reference(Device|Medication|Substance) *
          usedCode CodeableConcept *
        """
}
