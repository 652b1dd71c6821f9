extension Tables {
    /// Referrals, tasks, appointments and messages (FHIR R4 4.0.1).
    static let workflow = """
        ServiceRequest : DomainResource
          identifier Identifier *
          instantiatesCanonical canonical *
          instantiatesUri uri *
          basedOn Reference(CarePlan|ServiceRequest|MedicationRequest) *
          replaces Reference(ServiceRequest) *
          requisition Identifier
          status code=request-status !
          intent code=request-intent !
          category CodeableConcept *
          priority code=request-priority
          doNotPerform boolean
          code CodeableConcept
          orderDetail CodeableConcept *
          quantity[x] Quantity|Ratio|Range
          subject Reference(Patient|Group|Location|Device) !
          encounter Reference(Encounter)
          occurrence[x] dateTime|Period|Timing
          asNeeded[x] boolean|CodeableConcept
          authoredOn dateTime
          requester Reference(@agent)
          performerType CodeableConcept
          performer Reference(@performer) *
          locationCode CodeableConcept *
          locationReference Reference(Location) *
          reasonCode CodeableConcept *
          reasonReference Reference(@reason) *
          insurance Reference(Coverage|ClaimResponse) *
          supportingInfo Reference *
          specimen Reference(Specimen) *
          bodySite CodeableConcept *
          note Annotation *
          patientInstruction string
          relevantHistory Reference(Provenance) *
        Task : DomainResource
          identifier Identifier *
          instantiatesCanonical canonical
          instantiatesUri uri
          basedOn Reference *
          groupIdentifier Identifier
          partOf Reference(Task) *
          status code=task-status !
          statusReason CodeableConcept
          businessStatus CodeableConcept
          intent code=task-intent !
          priority code=request-priority
          code CodeableConcept
          description string
          focus Reference
          for Reference
          encounter Reference(Encounter)
          executionPeriod Period
          authoredOn dateTime
          lastModified dateTime
          requester Reference(@agent)
          performerType CodeableConcept *
          owner Reference(@performer)
          location Reference(Location)
          reasonCode CodeableConcept
          reasonReference Reference
          insurance Reference(Coverage|ClaimResponse) *
          note Annotation *
          relevantHistory Reference(Provenance) *
          restriction BackboneElement
            repetitions positiveInt
            period Period
            recipient Reference(Patient|Practitioner|PractitionerRole|RelatedPerson|Group|\
        Organization) *
          input BackboneElement *
            type CodeableConcept !
            value[x] * !
          output BackboneElement *
            type CodeableConcept !
            value[x] * !
        Appointment : DomainResource
          identifier Identifier *
          status code=appointmentstatus !
          cancelationReason CodeableConcept
          serviceCategory CodeableConcept *
          serviceType CodeableConcept *
          specialty CodeableConcept *
          appointmentType CodeableConcept
          reasonCode CodeableConcept *
          reasonReference Reference(Condition|Procedure|Observation|ImmunizationRecommendation) *
          priority unsignedInt
          description string
          supportingInformation Reference *
          start instant
          end instant
          minutesDuration positiveInt
          slot Reference(Slot) *
          created dateTime
          comment string
          patientInstruction string
          basedOn Reference(ServiceRequest) *
          participant BackboneElement +
            type CodeableConcept *
            actor Reference(Patient|Practitioner|PractitionerRole|RelatedPerson|Device|\
        HealthcareService|Location)
            required code=participantrequired
            status code=participationstatus !
            period Period
          requestedPeriod Period *
        Communication : DomainResource
          identifier Identifier *
          instantiatesCanonical canonical *
          instantiatesUri uri *
          basedOn Reference *
          partOf Reference *
          inResponseTo Reference(Communication) *
          status code=event-status !
          statusReason CodeableConcept
          category CodeableConcept *
          priority code=request-priority
          medium CodeableConcept *
          subject Reference(Patient|Group)
          topic CodeableConcept
          about Reference *
          encounter Reference(Encounter)
          sent dateTime
          received dateTime
          recipient Reference(@agent|Group|CareTeam|HealthcareService) *
          sender Reference(@agent|HealthcareService)
          reasonCode CodeableConcept *
          reasonReference Reference(@reason) *
          payload BackboneElement *
            content[x] string|Attachment|Reference !
          note Annotation *
        EpisodeOfCare : DomainResource
          identifier Identifier *
          status code=episode-of-care-status !
          statusHistory BackboneElement *
            status code=episode-of-care-status !
            period Period !
          type CodeableConcept *
          diagnosis BackboneElement *
            condition Reference(Condition) !
            role CodeableConcept
            rank positiveInt
          patient Reference(Patient) !
          managingOrganization Reference(Organization)
          period Period
          referralRequest Reference(ServiceRequest) *
          careManager Reference(Practitioner|PractitionerRole)
          team Reference(CareTeam) *
          account Reference(Account) *
        MessageHeader : DomainResource
          event[x] Coding|uri !
          destination BackboneElement *
            name string
            target Reference(Device)
            endpoint url !
            receiver Reference(Practitioner|PractitionerRole|Organization)
          sender Reference(Practitioner|PractitionerRole|Organization)
          enterer Reference(Practitioner|PractitionerRole)
          author Reference(Practitioner|PractitionerRole)
          source BackboneElement !
            name string
            software string
            version string
            contact ContactPoint
            endpoint url !
          responsible Reference(Practitioner|PractitionerRole|Organization)
          reason CodeableConcept
          response BackboneElement
            identifier id !
            code code=response-code !
            details Reference(OperationOutcome)
          focus Reference *
          definition canonical
        """
}
