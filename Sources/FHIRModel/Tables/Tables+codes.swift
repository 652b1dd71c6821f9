extension Tables {
    /// The codes of value sets with a required binding (FHIR R4 4.0.1, terminologies-valuesets).
    ///
    /// A set whose codes need their system in a `Coding` names it after `@`.
    static let codes = """
        address-type postal physical both
        address-use home work temp old billing
        administrative-gender male female other unknown
        appointmentstatus proposed pending booked arrived fulfilled cancelled noshow \
        entered-in-error checked-in waitlist
        audit-event-action C R U D E
        audit-event-outcome 0 4 8 12
        bundle-type document message transaction transaction-response batch batch-response history \
        searchset collection
        capability-statement-kind instance capability requirements
        care-plan-activity-kind Appointment CommunicationRequest DeviceRequest MedicationRequest \
        NutritionOrder Task ServiceRequest VisionPrescription
        care-plan-activity-status not-started scheduled in-progress on-hold completed cancelled \
        stopped unknown entered-in-error
        care-plan-intent proposal plan order option
        conditional-delete-status not-supported single multiple
        conditional-read-status not-supported modified-since not-match full-support
        condition-clinical@http://terminology.hl7.org/CodeSystem/condition-clinical active \
        recurrence relapse inactive remission resolved
        condition-ver-status@http://terminology.hl7.org/CodeSystem/condition-ver-status \
        unconfirmed provisional differential confirmed refuted entered-in-error
        consent-data-meaning instance related dependents authoredby
        consent-provision-type deny permit
        consent-state-codes draft proposed active rejected inactive entered-in-error
        contact-point-system phone fax email pager url sms other
        contact-point-use home work temp old mobile
        contributor-type author editor reviewer endorser
        days-of-week mon tue wed thu fri sat sun
        document-mode producer consumer
        episode-of-care-status planned waitlist active onhold finished cancelled entered-in-error
        event-capability-mode sender receiver
        event-status preparation in-progress not-done on-hold stopped completed entered-in-error \
        unknown
        event-timing MORN MORN.early MORN.late NOON AFT AFT.early AFT.late EVE EVE.early EVE.late \
        NIGHT PHS HS WAKE C CM CD CV AC ACM ACD ACV PC PCM PCD PCV
        goal-status proposed planned accepted active on-hold completed cancelled entered-in-error \
        rejected
        group-type person animal practitioner device medication substance
        http-verb GET HEAD POST PUT DELETE PATCH
        identifier-use usual official temp secondary old
        issue-severity fatal error warning information
        issue-type invalid structure required value invariant security login unknown expired \
        forbidden suppressed processing not-supported duplicate multiple-matches not-found deleted \
        too-long code-invalid extension too-costly business-rule conflict transient lock-error \
        no-store exception timeout incomplete throttled informational
        item-type group display boolean decimal integer date dateTime time string text url choice \
        open-choice attachment reference quantity
        link-type replaced-by replaces refer seealso
        location-mode instance kind
        location-status active suspended inactive
        name-use usual official temp nickname anonymous old maiden
        narrative-status generated extensions additional empty
        network-type 1 2 3 4 5
        observation-status registered preliminary final amended corrected cancelled \
        entered-in-error unknown
        operation-parameter-use in out
        participantrequired required optional information-only
        participationstatus accepted declined tentative needs-action
        provenance-entity-role derivation revision quotation source removal
        publication-status draft active retired unknown
        quantity-comparator < <= >= >
        questionnaire-answers-status in-progress completed amended entered-in-error stopped
        questionnaire-enable-behavior all any
        questionnaire-enable-operator exists = != > < >= <=
        reference-handling-policy literal logical resolves enforced local
        related-artifact-type documentation justification citation predecessor successor \
        derived-from depends-on composed-of
        request-intent proposal plan directive order original-order reflex-order filler-order \
        instance-order option
        request-priority routine urgent asap stat
        request-status draft active on-hold revoked completed entered-in-error unknown
        response-code ok transient-error fatal-error
        restful-capability-mode client server
        search-entry-mode match include outcome
        search-param-type number date string token reference composite quantity uri special
        sort-direction ascending descending
        subscription-channel-type rest-hook websocket email sms message
        subscription-status requested active error off
        system-restful-interaction transaction batch search-system history-system
        task-intent unknown proposal plan order original-order reflex-order filler-order \
        instance-order option
        task-status draft requested received accepted rejected ready cancelled in-progress on-hold \
        failed completed entered-in-error
        trigger-type named-event periodic data-changed data-added data-modified data-removed \
        data-accessed data-access-ended
        type-restful-interaction read vread update patch delete history-instance history-type \
        create search-type
        units-of-time s min h d wk mo a
        versioning-policy no-version versioned versioned-update
        """

    /// Names for lists of types that references often have.
    static let targets = """
        agent Practitioner|PractitionerRole|Organization|Patient|RelatedPerson|Device
        performer Practitioner|PractitionerRole|Organization|CareTeam|HealthcareService|Patient|\
        Device|RelatedPerson
        reason Condition|Observation|DiagnosticReport|DocumentReference
        """
}
