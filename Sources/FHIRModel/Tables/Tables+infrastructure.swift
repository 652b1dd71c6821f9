extension Tables {
    /// What interfaces are made of (FHIR R4 4.0.1).
    static let infrastructure = """
        Bundle : Resource
          identifier Identifier
          type code=bundle-type !
          timestamp instant
          total unsignedInt
          link BackboneElement *
            relation string !
            url uri !
          entry BackboneElement *
            link #Bundle.link *
            fullUrl uri
            resource Resource
            search BackboneElement
              mode code=search-entry-mode
              score decimal
            request BackboneElement
              method code=http-verb !
              url uri !
              ifNoneMatch string
              ifModifiedSince instant
              ifMatch string
              ifNoneExist string
            response BackboneElement
              status string !
              location uri
              etag string
              lastModified instant
              outcome Resource
          signature Signature
        OperationOutcome : DomainResource
          issue BackboneElement +
            severity code=issue-severity !
            code code=issue-type !
            details CodeableConcept
            diagnostics string
            location string *
            expression string *
        Parameters : Resource
          parameter BackboneElement *
            name string !
            value[x] *
            resource Resource
            part #Parameters.parameter *
        Subscription : DomainResource
          status code=subscription-status !
          contact ContactPoint *
          end instant
          reason string !
          criteria string !
          error string
          channel BackboneElement !
            type code=subscription-channel-type !
            endpoint url
            payload code
            header string *
        Provenance : DomainResource
          target Reference +
          occurred[x] Period|dateTime
          recorded instant !
          policy uri *
          location Reference(Location)
          reason CodeableConcept *
          activity CodeableConcept
          agent BackboneElement +
            type CodeableConcept
            role CodeableConcept *
            who Reference(@agent) !
            onBehalfOf Reference(@agent)
          entity BackboneElement *
            role code=provenance-entity-role !
            what Reference !
            agent #Provenance.agent *
          signature Signature *
        AuditEvent : DomainResource
          type Coding !
          subtype Coding *
          action code=audit-event-action
          period Period
          recorded instant !
          outcome code=audit-event-outcome
          outcomeDesc string
          purposeOfEvent CodeableConcept *
          agent BackboneElement +
            type CodeableConcept
            role CodeableConcept *
            who Reference(@agent)
            altId string
            name string
            requestor boolean !
            location Reference(Location)
            policy uri *
            media Coding
            network BackboneElement
              address string
              type code=network-type
            purposeOfUse CodeableConcept *
          source BackboneElement !
            site string
            observer Reference(@agent) !
            type Coding *
          entity BackboneElement *
            what Reference
            type Coding
            role Coding
            lifecycle Coding
            securityLabel Coding *
            name string
            description string
            query base64Binary
            detail BackboneElement *
              type string !
              value[x] string|base64Binary !
        CapabilityStatement : DomainResource
          url uri
          version string
          name string
          title string
          status code=publication-status !
          experimental boolean
          date dateTime !
          publisher string
          contact ContactDetail *
          description markdown
          useContext UsageContext *
          jurisdiction CodeableConcept *
          purpose markdown
          copyright markdown
          kind code=capability-statement-kind !
          instantiates canonical *
          imports canonical *
          software BackboneElement
            name string !
            version string
            releaseDate dateTime
          implementation BackboneElement
            description string !
            url url
            custodian Reference(Organization)
          fhirVersion code !
          format code +
          patchFormat code *
          implementationGuide canonical *
          rest BackboneElement *
            mode code=restful-capability-mode !
            documentation markdown
            security BackboneElement
              cors boolean
              service CodeableConcept *
              description markdown
            resource BackboneElement *
              type code !
              profile canonical
              supportedProfile canonical *
              documentation markdown
              interaction BackboneElement *
                code code=type-restful-interaction !
                documentation markdown
              versioning code=versioning-policy
              readHistory boolean
              updateCreate boolean
              conditionalCreate boolean
              conditionalRead code=conditional-read-status
              conditionalUpdate boolean
              conditionalDelete code=conditional-delete-status
              referencePolicy code=reference-handling-policy *
              searchInclude string *
              searchRevInclude string *
              searchParam BackboneElement *
                name string !
                definition canonical
                type code=search-param-type !
                documentation markdown
              operation BackboneElement *
                name string !
                definition canonical !
                documentation markdown
            interaction BackboneElement *
              code code=system-restful-interaction !
              documentation markdown
            searchParam #CapabilityStatement.rest.resource.searchParam *
            operation #CapabilityStatement.rest.resource.operation *
            compartment canonical *
          messaging BackboneElement *
            endpoint BackboneElement *
              protocol Coding !
              address url !
            reliableCache unsignedInt
            documentation markdown
            supportedMessage BackboneElement *
              mode code=event-capability-mode !
              definition canonical !
          document BackboneElement *
            mode code=document-mode !
            documentation markdown
            profile canonical !
        """
}
