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

    @U1 @U2 @N2 @N4 @N6 @trace-12
    Scenario Outline: Dana changes what she owns and created in <crm>, and nothing but the last change is new, <mode>
      Given Dana has linked her <crm> login
      And team sync is connected to <crm> as the integration user
      And colleagues have linked their <crm> logins, the most permitted first
      And Dana has saved a <kind> by hand
      And Dana has pushed the <kind> to <crm> on its own
      When Dana updates the <kind> and pushes it to <crm> <mode>
      Then <crm> records Dana as Owner
      And <crm> records Dana as Created By
      And <crm> records Dana or the integration user as the last to have changed the <kind>
      And Created By has not changed
      And what was reported is so
      And no other credential has written

      Examples:
        | crm        | kind    | mode       |
        | Salesforce | contact | on its own |
        | Salesforce | lead    | in bulk    |
        | HubSpot    | contact | on its own |
        | HubSpot    | account | in bulk    |

    @U1 @U2 @N3 @N6 @trace-12
    Scenario Outline: Lee changes what Dana owns and created in <crm>, and it stays hers, <mode>
      Given Dana has linked her <crm> login
      And Lee has linked his <crm> login
      And team sync is connected to <crm> as the integration user
      And Dana has saved a <kind> by hand
      And Dana has pushed the <kind> to <crm> on its own
      When Lee updates the <kind> and pushes it to <crm> <mode>
      Then <crm> records Dana as Owner
      And <crm> records Dana as Created By
      And <crm> records Lee or Dana or the integration user as the last to have changed the <kind>
      And each push has made one record
      And no other credential has written

      Examples:
        | crm        | kind    | mode       |
        | Salesforce | contact | on its own |
        | Salesforce | account | in bulk    |
        | Salesforce | lead    | on its own |
        | HubSpot    | contact | on its own |
        | HubSpot    | account | in bulk    |

    @U1 @U3 @trace-12
    Scenario Outline: Kim changes what Dana created and Lee owns in Apollo by now, in <crm>
      Given Dana has linked her <crm> login
      And Lee has linked his <crm> login
      And Kim has linked her <crm> login
      And team sync is connected to <crm> as the integration user
      And Dana has saved a contact by hand
      And Dana has pushed the contact to <crm> on its own
      And Lee has become the owner of the contact in Apollo
      When Kim updates the contact and pushes it to <crm> on its own
      Then <crm> records Dana or Lee as Owner
      And <crm> records Dana as Created By

      Examples:
        | crm        |
        | Salesforce |
        | HubSpot    |

    @U1 @U2 @trace-13
    Scenario Outline: Dana's user of <crm> has been deactivated since, and Lee changes her <kind> on its own
      Given Dana has linked her <crm> login
      And Lee has linked his <crm> login
      And team sync is connected to <crm> as the integration user
      And Dana has saved a <kind> by hand
      And Dana has pushed the <kind> to <crm> on its own
      And Dana's <crm> login belongs to a deactivated user
      When Lee updates the <kind> and pushes it to <crm> on its own
      Then <crm> records Dana as Owner
      And <crm> records Dana as Created By
      And <crm> records Lee or the integration user as the last to have changed the <kind>

      Examples:
        | crm        | kind    |
        | Salesforce | account |
        | HubSpot    | contact |

    @U1 @U2 @trace-13
    Scenario Outline: Dana's user of <crm> has been deactivated since, and Lee changes her <kind> in bulk: in a batch it is Dana's own push
      Given Dana has linked her <crm> login
      And Lee has linked his <crm> login
      And team sync is connected to <crm> as the integration user
      And Dana has saved a <kind> by hand
      And Dana has pushed the <kind> to <crm> on its own
      And Dana's <crm> login belongs to a deactivated user
      When Lee updates the <kind> and pushes it to <crm> in bulk
      Then <crm> records Dana as Owner
      And <crm> records Dana as Created By
      And <crm> records Lee or the integration user as the last to have changed the <kind>, unless the push is refused

      Examples:
        | crm        | kind    |
        | Salesforce | account |
        | HubSpot    | contact |

    @U1 @U2 @N2 @trace-13
    Scenario Outline: Salesforce lets nobody change the contact of a deactivated owner, and it stays as it was, <mode>
      Given Dana has linked her Salesforce login
      And Lee has linked his Salesforce login
      And team sync is connected to Salesforce as the integration user
      And Dana has saved a contact by hand
      And Dana has pushed the contact to Salesforce on its own
      And Dana's Salesforce login belongs to a deactivated user
      When Lee updates the contact and pushes it to Salesforce <mode>
      Then Salesforce records Dana as Owner
      And Salesforce records Dana as Created By
      And what was reported is so

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

    @U1 @U3 @trace-13
    Scenario Outline: Apollo's owner is deactivated in <crm>, known to the client <known>, and Dana changes the contact, <mode>
      Given Dana has linked her <crm> login
      And Lee has linked his <crm> login
      And team sync is connected to <crm> as the integration user
      And Dana has saved a contact by hand
      And Lee has saved an account by hand
      And Dana has pushed the contact to <crm> on its own
      And <who> has pushed the account to <crm> on its own
      And Lee has become the owner of the contact in Apollo
      And Lee's <crm> login belongs to a deactivated user
      When Dana updates the contact and pushes it to <crm> <mode>
      Then <crm> records Dana or Lee as Owner of the contact
      And <crm> records Dana as Created By of the contact
      And <crm> records Dana or the integration user as the last to have changed the contact

      Examples:
        | crm        | known         | who  | mode       |
        | Salesforce | by his record | Dana | on its own |
        | Salesforce | by his push   | Lee  | on its own |
        | HubSpot    | by his record | Dana | on its own |
        | HubSpot    | by his push   | Lee  | on its own |

    @U1 @U3 @trace-13
    Scenario Outline: Apollo's owner is deactivated in <crm>, and Dana changes the contact in bulk: in a batch it is the owner's own push
      Given Dana has linked her <crm> login
      And Lee has linked his <crm> login
      And team sync is connected to <crm> as the integration user
      And Dana has saved a contact by hand
      And Lee has saved an account by hand
      And Dana has pushed the contact to <crm> on its own
      And Lee has pushed the account to <crm> on its own
      And Lee has become the owner of the contact in Apollo
      And Lee's <crm> login belongs to a deactivated user
      When Dana updates the contact and pushes it to <crm> in bulk
      Then <crm> records Dana or Lee as Owner of the contact
      And <crm> records Dana as Created By of the contact
      And <crm> records Dana or the integration user as the last to have changed the contact, unless the push is refused

      Examples:
        | crm        |
        | Salesforce |
        | HubSpot    |

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

    @U6 @trace-10
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

    @U6 @trace-10
    Scenario: Team sync runs as another user from now on, and a linked person prospects
      Given Dana has linked her Salesforce login
      And team sync is connected to Salesforce as the integration user
      And Dana has saved a contact from prospecting
      When team sync is connected to Salesforce as the new integration user instead
      And Dana pushes the contact to Salesforce on its own
      Then Salesforce records Dana as Owner
      And Salesforce records the new integration user as Created By

    @U7 @trace-11
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
