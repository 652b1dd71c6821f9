extension Tables {
    /// People, organisations, places and services (FHIR R4 4.0.1).
    static let parties = """
        Resource
          id id
          meta Meta
          implicitRules uri
          language code
        DomainResource : Resource
          text Narrative
          contained Resource *
          extension Extension *
          modifierExtension Extension *
        Patient : DomainResource
          identifier Identifier *
          active boolean
          name HumanName *
          telecom ContactPoint *
          gender code=administrative-gender
          birthDate date
          deceased[x] boolean|dateTime
          address Address *
          maritalStatus CodeableConcept
          multipleBirth[x] boolean|integer
          photo Attachment *
          contact BackboneElement *
            relationship CodeableConcept *
            name HumanName
            telecom ContactPoint *
            address Address
            gender code=administrative-gender
            organization Reference(Organization)
            period Period
          communication BackboneElement *
            language CodeableConcept !
            preferred boolean
          generalPractitioner Reference(Organization|Practitioner|PractitionerRole) *
          managingOrganization Reference(Organization)
          link BackboneElement *
            other Reference(Patient|RelatedPerson) !
            type code=link-type !
        Practitioner : DomainResource
          identifier Identifier *
          active boolean
          name HumanName *
          telecom ContactPoint *
          address Address *
          gender code=administrative-gender
          birthDate date
          photo Attachment *
          qualification BackboneElement *
            identifier Identifier *
            code CodeableConcept !
            period Period
            issuer Reference(Organization)
          communication CodeableConcept *
        PractitionerRole : DomainResource
          identifier Identifier *
          active boolean
          period Period
          practitioner Reference(Practitioner)
          organization Reference(Organization)
          code CodeableConcept *
          specialty CodeableConcept *
          location Reference(Location) *
          healthcareService Reference(HealthcareService) *
          telecom ContactPoint *
          availableTime BackboneElement *
            daysOfWeek code=days-of-week *
            allDay boolean
            availableStartTime time
            availableEndTime time
          notAvailable BackboneElement *
            description string !
            during Period
          availabilityExceptions string
          endpoint Reference(Endpoint) *
        Organization : DomainResource
          identifier Identifier *
          active boolean
          type CodeableConcept *
          name string
          alias string *
          telecom ContactPoint *
          address Address *
          partOf Reference(Organization)
          contact BackboneElement *
            purpose CodeableConcept
            name HumanName
            telecom ContactPoint *
            address Address
          endpoint Reference(Endpoint) *
        HealthcareService : DomainResource
          identifier Identifier *
          active boolean
          providedBy Reference(Organization)
          category CodeableConcept *
          type CodeableConcept *
          specialty CodeableConcept *
          location Reference(Location) *
          name string
          comment string
          extraDetails markdown
          photo Attachment
          telecom ContactPoint *
          coverageArea Reference(Location) *
          serviceProvisionCode CodeableConcept *
          eligibility BackboneElement *
            code CodeableConcept
            comment markdown
          program CodeableConcept *
          characteristic CodeableConcept *
          communication CodeableConcept *
          referralMethod CodeableConcept *
          appointmentRequired boolean
          availableTime BackboneElement *
            daysOfWeek code=days-of-week *
            allDay boolean
            availableStartTime time
            availableEndTime time
          notAvailable BackboneElement *
            description string !
            during Period
          availabilityExceptions string
          endpoint Reference(Endpoint) *
        Location : DomainResource
          identifier Identifier *
          status code=location-status
          operationalStatus Coding
          name string
          alias string *
          description string
          mode code=location-mode
          type CodeableConcept *
          telecom ContactPoint *
          address Address
          physicalType CodeableConcept
          position BackboneElement
            longitude decimal !
            latitude decimal !
            altitude decimal
          managingOrganization Reference(Organization)
          partOf Reference(Location)
          hoursOfOperation BackboneElement *
            daysOfWeek code=days-of-week *
            allDay boolean
            openingTime time
            closingTime time
          availabilityExceptions string
          endpoint Reference(Endpoint) *
        Group : DomainResource
          identifier Identifier *
          active boolean
          type code=group-type !
          actual boolean !
          code CodeableConcept
          name string
          quantity unsignedInt
          managingEntity Reference(Organization|RelatedPerson|Practitioner|PractitionerRole)
          characteristic BackboneElement *
            code CodeableConcept !
            value[x] CodeableConcept|boolean|Quantity|Range|Reference !
            exclude boolean !
            period Period
          member BackboneElement *
            entity Reference(Patient|Practitioner|PractitionerRole|Device|Medication|Substance|\
        Group) !
            period Period
            inactive boolean
        """
}
