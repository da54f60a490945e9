Feature: A token that is over when the write arrives

  An access token lives for a while, and can end between two requests. A refresh brings a new one, and in Salesforce a new
  refresh token with it, since the one that was used is over. Nobody counts as unlinked for that, and no write is lost.

  @R20 @N3 @N6 @trace-4
  Scenario Outline: Dana's token is over when her <kind> arrives, and again at the next one, pushed <mode>
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And colleagues have linked their Salesforce logins, the least permitted first
    And Dana has saved two <kind>s <source>
    And Dana's Salesforce login needs a refresh when the next write arrives
    When Dana pushes the first <kind> to Salesforce <mode>
    And Dana's Salesforce login needs a refresh when the next write arrives
    And Dana pushes the second <kind> to Salesforce <mode>
    Then Salesforce records Dana as Owner of the first <kind>
    And Salesforce records Dana as Created By of the first <kind>
    And Salesforce records Dana as Owner of the second <kind>
    And Salesforce records Dana as Created By of the second <kind>
    And each push has made one record
    And no other credential has written

    Examples:
      | kind    | source            | mode       |
      | contact | by hand           | on its own |
      | contact | from a CSV upload | in bulk    |
      | account | by hand           | in bulk    |
      | lead    | by hand           | on its own |

  @H6 @N3 @N6 @trace-4
  Scenario Outline: In HubSpot, too, Dana's token is over when her contact arrives, and again, pushed <mode>
    Given Dana has linked her HubSpot login
    And team sync is connected to HubSpot as the integration user
    And Dana has saved two contacts by hand
    And Dana's HubSpot login needs a refresh when the next write arrives
    When Dana pushes the first contact to HubSpot <mode>
    And Dana's HubSpot login needs a refresh when the next write arrives
    And Dana pushes the second contact to HubSpot <mode>
    Then HubSpot records Dana as Owner of the first contact
    And HubSpot records Dana as Created By of the first contact
    And HubSpot records Dana as Owner of the second contact
    And HubSpot records Dana as Created By of the second contact
    And each push has made one record
    And no other credential has written

    Examples:
      | mode       |
      | on its own |
      | in bulk    |

  @R20 @N3 @trace-4
  Scenario Outline: Dana's token is over before her contact is pushed, and the push is not dropped, <mode>
    Given Dana's Salesforce login needs a refresh
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a contact by hand
    When Dana pushes the contact to Salesforce <mode>
    Then Salesforce records Dana as Owner
    And Salesforce records Dana as Created By
    And each push has made one record

    Examples:
      | mode       |
      | on its own |
      | in bulk    |

  @R05 @N3 @trace-4
  Scenario Outline: Team sync's token is over when Dana's contact from prospecting arrives, pushed <mode>
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a contact from prospecting
    And the team sync login of Salesforce needs a refresh when the next write arrives
    When Dana pushes the contact to Salesforce <mode>
    Then Salesforce records Dana as Owner
    And Salesforce records the integration user as Created By
    And each push has made one record

    Examples:
      | mode       |
      | on its own |
      | in bulk    |

  @R10 @N3 @trace-4
  Scenario: Team sync's token is over when an unlinked person's contact arrives
    Given Dana has never linked a Salesforce login
    And team sync is connected to Salesforce as the integration user
    And colleagues have linked their Salesforce logins, the least permitted first
    And Dana has saved a contact by hand
    And the team sync login of Salesforce needs a refresh when the next write arrives
    When Dana pushes the contact to Salesforce on its own
    Then Salesforce records the integration user as Owner
    And Salesforce records the integration user or the most permitted user as Created By
    And each push has made one record
