extension Tables {
    /// Questionnaires and their answers (FHIR R4 4.0.1).
    static let questionnaires = """
        Questionnaire : DomainResource
          url uri
          identifier Identifier *
          version string
          name string
          title string
          derivedFrom canonical *
          status code=publication-status !
          experimental boolean
          subjectType code *
          date dateTime
          publisher string
          contact ContactDetail *
          description markdown
          useContext UsageContext *
          jurisdiction CodeableConcept *
          purpose markdown
          copyright markdown
          approvalDate date
          lastReviewDate date
          effectivePeriod Period
          code Coding *
          item BackboneElement *
            linkId string !
            definition uri
            code Coding *
            prefix string
            text string
            type code=item-type !
            enableWhen BackboneElement *
              question string !
              operator code=questionnaire-enable-operator !
              answer[x] boolean|decimal|integer|date|dateTime|time|string|Coding|Quantity|\
        Reference !
            enableBehavior code=questionnaire-enable-behavior
            required boolean
            repeats boolean
            readOnly boolean
            maxLength integer
            answerValueSet canonical
            answerOption BackboneElement *
              value[x] integer|date|time|string|Coding|Reference !
              initialSelected boolean
            initial BackboneElement *
              value[x] boolean|decimal|integer|date|dateTime|time|string|uri|Attachment|Coding|\
        Quantity|Reference !
            item #Questionnaire.item *
        QuestionnaireResponse : DomainResource
          identifier Identifier
          basedOn Reference(CarePlan|ServiceRequest) *
          partOf Reference(Observation|Procedure) *
          questionnaire canonical
          status code=questionnaire-answers-status !
          subject Reference
          encounter Reference(Encounter)
          authored dateTime
          author Reference(@agent)
          source Reference(Patient|Practitioner|PractitionerRole|RelatedPerson)
          item BackboneElement *
            linkId string !
            definition uri
            text string
            answer BackboneElement *
              value[x] boolean|decimal|integer|date|dateTime|time|string|uri|Attachment|Coding|\
        Quantity|Reference
              item #QuestionnaireResponse.item *
            item #QuestionnaireResponse.item *
        """
}
