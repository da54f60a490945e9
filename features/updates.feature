Feature: After the first push

  Created By never changes. Owner stays where it is, unless Apollo's owner has changed. New logins are for new records.

  Rule: An update

    @U1 @U2
    Scenario Outline: An update of what Dana owns and created in <crm>, <mode>
      Given Dana has linked her <crm> login
      And team sync is connected to <crm> as the integration user
      And Dana has saved a <kind> by hand
      And Dana has pushed the <kind> to <crm> on its own
      When Dana updates the <kind> and pushes it to <crm> <mode>
      Then <crm> records Dana as Owner
      And <crm> records Dana as Created By

      Examples:
        | crm        | kind    | mode       |
        | Salesforce | contact | on its own |
        | Salesforce | account | in bulk    |
        | Salesforce | lead    | on its own |
        | HubSpot    | contact | on its own |
        | HubSpot    | account | in bulk    |

    @U1 @U2
    Scenario Outline: An update of what team sync created for Dana, pushed <mode>
      Given Dana has linked her Salesforce login
      And team sync is connected to Salesforce as the integration user
      And Dana has saved a contact from prospecting
      And Dana has pushed the contact to Salesforce on its own
      When Dana updates the contact and pushes it to Salesforce <mode>
      Then Salesforce records Dana as Owner
      And Salesforce records the integration user as Created By

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

    @U1 @U3
    Scenario Outline: Apollo's owner has changed since, pushed <mode>
      Given Dana has linked her <crm> login
      And Lee has linked his <crm> login
      And team sync is connected to <crm> as the integration user
      And Dana has saved a contact by hand
      And Dana has pushed the contact to <crm> on its own
      And Lee has become the owner of the contact in Apollo
      When Dana updates the contact and pushes it to <crm> <mode>
      Then <crm> records Dana or Lee as Owner
      And <crm> records Dana as Created By

      Examples:
        | crm        | mode       |
        | Salesforce | on its own |
        | Salesforce | in bulk    |
        | HubSpot    | on its own |

    @U1 @U4
    Scenario: Dana links after team sync has created her contact
      Given Dana has never linked a Salesforce login
      And team sync is connected to Salesforce as the integration user
      And Dana has saved a contact by hand
      And Dana has pushed the contact to Salesforce on its own
      When Dana links her Salesforce login
      And Dana updates the contact and pushes it to Salesforce on its own
      Then Salesforce records the integration user or Dana as Owner
      And Salesforce records the integration user as Created By

    @U1 @U5
    Scenario: Dana unlinks after she has created a contact
      Given Dana has linked her Salesforce login
      And team sync is connected to Salesforce as the integration user
      And Dana has saved a contact by hand
      And Dana has pushed the contact to Salesforce on its own
      When Dana unlinks her Salesforce login
      And Dana updates the contact and pushes it to Salesforce on its own
      Then Salesforce records Dana as Owner
      And Salesforce records Dana as Created By

  Rule: Another login

    @U6
    Scenario Outline: Team sync runs as another user from now on, pushed <mode>
      Given Dana has never linked a Salesforce login
      And team sync is connected to Salesforce as the integration user
      And Dana has saved two contacts by hand
      And Dana has pushed the first contact to Salesforce on its own
      When team sync is connected to Salesforce as the new integration user instead
      And Dana pushes the second contact to Salesforce <mode>
      Then Salesforce records the new integration user as Owner of the second contact
      And Salesforce records the new integration user as Created By of the second contact
      And Salesforce records the integration user as Owner of the first contact
      And Salesforce records the integration user as Created By of the first contact

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

    @U6
    Scenario: Team sync runs as another user from now on, and a linked person prospects
      Given Dana has linked her Salesforce login
      And team sync is connected to Salesforce as the integration user
      And Dana has saved a contact from prospecting
      When team sync is connected to Salesforce as the new integration user instead
      And Dana pushes the contact to Salesforce on its own
      Then Salesforce records Dana as Owner
      And Salesforce records the new integration user as Created By

    @U7
    Scenario Outline: Dana links another user of <crm>
      Given Dana has linked her <crm> login
      And team sync is connected to <crm> as the integration user
      And Dana has saved two contacts by hand
      And Dana has pushed the first contact to <crm> on its own
      When Dana links her second <crm> user instead
      And Dana pushes the second contact to <crm> <mode>
      Then <crm> records Dana's second user as Owner of the second contact
      And <crm> records Dana's second user as Created By of the second contact
      And <crm> records Dana as Owner of the first contact
      And <crm> records Dana as Created By of the first contact

      Examples:
        | crm        | mode       |
        | Salesforce | on its own |
        | Salesforce | in bulk    |
        | HubSpot    | on its own |

  Rule: One pushes what another owns

    @U8
    Scenario Outline: Both are linked, <crm>
      Given Dana has linked her <crm> login
      And Lee has linked his <crm> login
      And team sync is connected to <crm> as the integration user
      And Lee has saved a contact by hand
      When Dana pushes the contact to <crm> on its own
      Then <crm> records Dana or Lee as Owner
      And <crm> records Dana as Created By

      Examples:
        | crm        |
        | Salesforce |
        | HubSpot    |

    @U9
    Scenario: The pusher is linked, the owner is not
      Given Dana has linked her Salesforce login
      And Lee has never linked a Salesforce login
      And team sync is connected to Salesforce as the integration user
      And Lee has saved a contact by hand
      When Dana pushes the contact to Salesforce on its own
      Then Salesforce records Dana or the integration user as Owner
      And Salesforce records Dana or the integration user as Created By

    @U10
    Scenario: The owner is linked, the pusher is not
      Given Dana has never linked a Salesforce login
      And Lee has linked his Salesforce login
      And team sync is connected to Salesforce as the integration user
      And Lee has saved a contact by hand
      When Dana pushes the contact to Salesforce on its own
      Then Salesforce records the integration user or Lee as Owner
      And Salesforce records the integration user as Created By
