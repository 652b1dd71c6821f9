extension Tables {
    /// The datatypes of FHIR R4 (4.0.1, datatypes.html), an element a line.
    ///
    /// How a line is read stands at `TableReader`.
    static let datatypes = """
        Element
          id string
          extension Extension *
        BackboneElement : Element
          modifierExtension Extension *
        Extension : Element
          url uri !
          value[x] *
        Narrative : Element
          status code=narrative-status !
          div xhtml !
        Meta : Element
          versionId id
          lastUpdated instant
          source uri
          profile canonical *
          security Coding *
          tag Coding *
        Identifier : Element
          use code=identifier-use
          type CodeableConcept
          system uri
          value string
          period Period
          assigner Reference(Organization)
        HumanName : Element
          use code=name-use
          text string
          family string
          given string *
          prefix string *
          suffix string *
          period Period
        Address : Element
          use code=address-use
          type code=address-type
          text string
          line string *
          city string
          district string
          state string
          postalCode string
          country string
          period Period
        ContactPoint : Element
          system code=contact-point-system
          value string
          use code=contact-point-use
          rank positiveInt
          period Period
        Coding : Element
          system uri
          version string
          code code
          display string
          userSelected boolean
        CodeableConcept : Element
          coding Coding *
          text string
        Quantity : Element
          value decimal
          comparator code=quantity-comparator
          unit string
          system uri
          code code
        Age : Quantity
        Count : Quantity
        Distance : Quantity
        Duration : Quantity
        Money : Element
          value decimal
          currency code
        Range : Element
          low Quantity
          high Quantity
        Ratio : Element
          numerator Quantity
          denominator Quantity
        Period : Element
          start dateTime
          end dateTime
        SampledData : Element
          origin Quantity !
          period decimal !
          factor decimal
          lowerLimit decimal
          upperLimit decimal
          dimensions positiveInt !
          data string
        Attachment : Element
          contentType code
          language code
          data base64Binary
          url url
          size unsignedInt
          hash base64Binary
          title string
          creation dateTime
        Annotation : Element
          author[x] Reference(Practitioner|Patient|RelatedPerson|Organization)|string
          time dateTime
          text markdown !
        Signature : Element
          type Coding +
          when instant !
          who Reference(@agent) !
          onBehalfOf Reference(@agent)
          targetFormat code
          sigFormat code
          data base64Binary
        Reference : Element
          reference string
          type uri
          identifier Identifier
          display string
        Timing : BackboneElement
          event dateTime *
          repeat Element
            bounds[x] Duration|Range|Period
            count positiveInt
            countMax positiveInt
            duration decimal
            durationMax decimal
            durationUnit code=units-of-time
            frequency positiveInt
            frequencyMax positiveInt
            period decimal
            periodMax decimal
            periodUnit code=units-of-time
            dayOfWeek code=days-of-week *
            timeOfDay time *
            when code=event-timing *
            offset unsignedInt
          code CodeableConcept
        """

    /// Datatypes that only extensions and the values of tasks and parameters may have.
    static let rareDatatypes = """
        ContactDetail : Element
          name string
          telecom ContactPoint *
        Contributor : Element
          type code=contributor-type !
          name string !
          contact ContactDetail *
        DataRequirement : Element
          type code !
          profile canonical *
          subject[x] CodeableConcept|Reference(Group)
          mustSupport string *
          codeFilter Element *
            path string
            searchParam string
            valueSet canonical
            code Coding *
          dateFilter Element *
            path string
            searchParam string
            value[x] dateTime|Period|Duration
          limit positiveInt
          sort Element *
            path string !
            direction code=sort-direction !
        Expression : Element
          description string
          name id
          language code !
          expression string
          reference uri
        ParameterDefinition : Element
          name code
          use code=operation-parameter-use !
          min integer
          max string
          documentation string
          type code !
          profile canonical
        RelatedArtifact : Element
          type code=related-artifact-type !
          label string
          display string
          citation markdown
          url url
          document Attachment
          resource canonical
        TriggerDefinition : Element
          type code=trigger-type !
          name string
          timing[x] Timing|Reference(Schedule)|date|dateTime
          data DataRequirement *
          condition Expression
        UsageContext : Element
          code Coding !
          value[x] CodeableConcept|Quantity|Range|Reference(PlanDefinition|ResearchStudy|\
        InsurancePlan|HealthcareService|Group|Location|Organization) !
        Dosage : BackboneElement
          sequence integer
          text string
          additionalInstruction CodeableConcept *
          patientInstruction string
          timing Timing
          asNeeded[x] boolean|CodeableConcept
          site CodeableConcept
          route CodeableConcept
          method CodeableConcept
          doseAndRate Element *
            type CodeableConcept
            dose[x] Range|Quantity
            rate[x] Ratio|Range|Quantity
          maxDosePerPeriod Ratio
          maxDosePerAdministration Quantity
          maxDosePerLifetime Quantity
        """

    /// The types that `value[x] *` may have (datatypes.html, open types), primitives first.
    static let openTypes = """
        base64Binary boolean canonical code date dateTime decimal id instant integer markdown oid \
        positiveInt string time unsignedInt uri url uuid Address Age Annotation Attachment \
        CodeableConcept Coding ContactPoint Count Distance Duration HumanName Identifier Money \
        Period Quantity Range Ratio Reference SampledData Signature Timing ContactDetail \
        Contributor DataRequirement Expression ParameterDefinition RelatedArtifact \
        TriggerDefinition UsageContext Dosage Meta
        """
}
