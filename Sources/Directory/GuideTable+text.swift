extension GuideTable {
    /// The tables of HSDS 3.0 that services in the United Kingdom use.
    ///
    /// A field without a kind is text. `!` must be there. `eligibility_rule` is ours alone: others
    /// pass it over.
    static let text = """
        organization organizations.csv
          id:uuid! name! alternate_name description! email:email website:uri logo:uri uri:uri
          tax_status tax_id year_incorporated:number legal_status parent_organization_id:uuid
          contacts=[contact] phones=[phone] organization_identifiers=[organization_identifier]
          attributes=[attribute]
        service services.csv
          id:uuid! name! alternate_name description url:uri email:email status:status!
          interpretation_services application_process fees fees_description wait_time
          accreditations eligibility_description minimum_age:number maximum_age:number
          assured_date:date assurer_email:email licenses alert last_modified:moment
          eligibility_rule:rule
          phones=[phone] schedules=[schedule] service_areas=[service_area]
          service_at_locations=[service_at_location] languages=[language]
          organization=organization funding=[funding] cost_options=[cost_option]
          required_documents=[required_document] contacts=[contact] attributes=[attribute]
        service_at_location service_at_location.csv
          id:uuid! description
          contacts=[contact] phones=[phone] schedules=[schedule] location=location
          attributes=[attribute]
        location locations.csv
          id:uuid! location_type:place! url:uri name alternate_name description transportation
          latitude:number longitude:number external_identifier external_identifier_type
          languages=[language] addresses=[address] contacts=[contact] accessibility=[accessibility]
          phones=[phone] schedules=[schedule] attributes=[attribute]
        address address.csv
          id:uuid! attention address_1! address_2 city! region state_province! postal_code!
          country:country! address_type:place!
        phone phones.csv
          id:uuid! number! extension:number type description languages=[language]
        contact contacts.csv
          id:uuid! name title department email:email phones=[phone]
        schedule schedule.csv
          id:uuid! valid_from:date valid_to:date dtstart:date timezone:number until:date
          count:number wkst freq:frequency interval:number byday byweekno bymonthday byyearday
          description opens_at:time closes_at:time schedule_link:uri attending_type notes
        service_area service_areas.csv
          id:uuid! name description extent extent_type uri:uri service_area
        language languages.csv
          id:uuid! name code note
        funding funding.csv
          id:uuid! source
        cost_option cost_options.csv
          id:uuid! valid_from:date valid_to:date option currency amount:number amount_description
        required_document required_documents.csv
          id:uuid! document uri:uri
        accessibility accessibility.csv
          id:uuid! description details url:uri accessibility
        organization_identifier organization_identifiers.csv
          id:uuid! identifier_scheme identifier_type! identifier!
        attribute attribute.csv
          id:uuid! link_type value label taxonomy_term=taxonomy_term
        taxonomy_term taxonomy_terms.csv
          id:uuid! code name! description! term parent_id:uuid taxonomy language
          taxonomy_id:uuid term_uri:uri
        taxonomy taxonomies.csv
          id:uuid! name! description! uri:uri version
        """
}
