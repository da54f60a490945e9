Feature: What the CRM has already

  A record that is there is not made again, and stays whose it is. Two people who share an address are two people.

  Rule: Somebody else made it, or took it over

    @trace-19 @U1 @U3 @N4
    Scenario Outline: Lee has entered Dana's contact in HubSpot himself, pushed <mode>
      Given Dana has linked her HubSpot login
      And team sync is connected to HubSpot as the integration user
      And Dana has saved a contact by hand
      And Lee has entered the contact in HubSpot already
      When Dana pushes the contact to HubSpot <mode>
      Then HubSpot records Lee or Dana as Owner
      And HubSpot records Lee as Created By
      And Created By has not changed

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

    @trace-19 @U1 @U3
    Scenario Outline: Lee has got Dana's contact in <crm> since, pushed <mode>
      Given Dana has linked her <crm> login
      And team sync is connected to <crm> as the integration user
      And Dana has saved a contact by hand
      And Dana has pushed the contact to <crm> on its own
      And Lee has become the owner of the contact in <crm>
      When Dana updates the contact and pushes it to <crm> <mode>
      Then <crm> records Lee or Dana as Owner
      And <crm> records Dana as Created By

      Examples:
        | crm        | mode       |
        | Salesforce | on its own |
        | Salesforce | in bulk    |
        | HubSpot    | on its own |
        | HubSpot    | in bulk    |

    @trace-23 @N3
    Scenario Outline: A queue has got the lead since, and it is not made again, pushed <mode>
      Given Dana has linked her Salesforce login
      And team sync is connected to Salesforce as the integration user
      And Dana has saved a lead by hand
      And Dana has pushed the lead to Salesforce on its own
      And the lead has been moved to a queue in Salesforce
      When Dana updates the lead and pushes it to Salesforce <mode>
      Then each push has made one record

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

  Rule: Pushed twice, or made twice

    @N2 @N3
    Scenario: HubSpot's answer gets lost, and its search does not know the contact yet
      Given Dana has linked her HubSpot login
      And team sync is connected to HubSpot as the integration user
      And Dana has saved a contact by hand
      And the answer to the next write in HubSpot gets lost
      When Dana pushes the contact to HubSpot on its own
      Then what was reported is so
      And each push has made one record

    @U1 @U2 @N3
    Scenario Outline: An update makes no second record in <crm>, <mode>
      Given Dana has linked her <crm> login
      And team sync is connected to <crm> as the integration user
      And Dana has saved a contact by hand
      And Dana has pushed the contact to <crm> on its own
      When Dana updates the contact and pushes it to <crm> <mode>
      Then <crm> records Dana as Owner
      And <crm> records Dana as Created By
      And each push has made one record

      Examples:
        | crm        | mode       |
        | Salesforce | on its own |
        | Salesforce | in bulk    |
        | HubSpot    | in bulk    |

    @trace-29 @R01
    Scenario Outline: Two people with one address are two contacts in Salesforce, pushed <mode>
      Given Dana has linked her Salesforce login
      And team sync is connected to Salesforce as the integration user
      And Dana has saved two contacts with one e-mail address by hand
      When Dana pushes both contacts to Salesforce <mode>
      Then Salesforce records Dana as Owner of all contacts
      And Salesforce records Dana as Created By of all contacts

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

    @trace-29 @U1 @U2 @N3
    Scenario: HubSpot takes an address once, and two people with one address become one contact
      Given Dana has linked her HubSpot login
      And team sync is connected to HubSpot as the integration user
      And Dana has saved two contacts with one e-mail address by hand
      And Dana has pushed the first contact to HubSpot on its own
      When Dana pushes the second contact to HubSpot on its own
      Then HubSpot records Dana as Owner
      And HubSpot records Dana as Created By
      And each push has made one record
