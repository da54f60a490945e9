Feature: One at a time, or in bulk

  A single push and a bulk push depend on the same thing: whether a personal login is linked.

  @R25
  Scenario Outline: A <kind> <source> comes out alike in both modes, linked
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And colleagues have linked their Salesforce logins, the least permitted first
    And Dana has saved two <kind>s <source>
    When Dana pushes the first <kind> to Salesforce on its own
    And Dana pushes the second <kind> to Salesforce in bulk
    Then the first <kind> and the second <kind> have the same Owner and the same Created By

    Examples:
      | kind    | source                         |
      | contact | by hand                        |
      | contact | from a CSV upload              |
      | contact | from the extension in Gmail    |
      | contact | from the extension in LinkedIn |
      | contact | from prospecting               |
      | contact | from job change enrichment     |
      | account | by hand                        |
      | account | from prospecting               |
      | lead    | by hand                        |
      | lead    | from prospecting               |

  @R25
  Scenario Outline: A contact <source> comes out alike in both modes, not linked
    Given Dana has never linked a Salesforce login
    And team sync is connected to Salesforce as the integration user
    And colleagues have linked their Salesforce logins, the most permitted first
    And Dana has saved two contacts <source>
    When Dana pushes the first contact to Salesforce on its own
    And Dana pushes the second contact to Salesforce in bulk
    Then the first contact and the second contact have the same Owner and the same Created By

    Examples:
      | source           |
      | by hand          |
      | from prospecting |

  @R25
  Scenario: A contact comes out alike in both modes, with nobody but the most permitted to stand in
    Given Dana has never linked a Salesforce login
    And team sync is not connected to Salesforce
    And colleagues have linked their Salesforce logins, the least permitted first
    And Dana has saved two contacts by hand
    When Dana pushes the first contact to Salesforce on its own
    And Dana pushes the second contact to Salesforce in bulk
    Then the first contact and the second contact have the same Owner and the same Created By

  @H10
  Scenario Outline: In HubSpot a <kind> <source> comes out alike in both modes, linked
    Given Dana has linked her HubSpot login
    And team sync is connected to HubSpot as the integration user
    And Dana has saved two <kind>s <source>
    When Dana pushes the first <kind> to HubSpot on its own
    And Dana pushes the second <kind> to HubSpot in bulk
    Then the first <kind> and the second <kind> have the same Owner and the same Created By

    Examples:
      | kind    | source                         |
      | contact | by hand                        |
      | contact | from the extension in LinkedIn |
      | contact | from prospecting               |
      | account | from a CSV upload              |
      | account | from prospecting               |

  @H10
  Scenario: In HubSpot a contact comes out alike in both modes, not linked
    Given Dana has never linked a HubSpot login
    And team sync is connected to HubSpot as the integration user
    And Dana has saved two contacts by hand
    When Dana pushes the first contact to HubSpot on its own
    And Dana pushes the second contact to HubSpot in bulk
    Then the first contact and the second contact have the same Owner and the same Created By

  @trace-14 @R26
  Scenario Outline: In a batch of several people's records each is its own, pushed by <pusher>
    Given Dana has linked her Salesforce login
    And Kim has linked her Salesforce login
    And Lee has never linked a Salesforce login
    And the Apollo admin has linked their Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a contact by hand
    And Kim has saved a contact from prospecting
    And Lee has saved a contact from a CSV upload
    When <pusher> pushes everything to Salesforce in bulk
    Then Salesforce records Dana or <pusher> as Owner of Dana's contact
    And Salesforce records Dana or <pusher> as Created By of Dana's contact
    And Salesforce records Kim or <pusher> as Owner of Kim's contact
    And Salesforce records the integration user as Created By of Kim's contact
    And Salesforce records the integration user or <pusher> as Owner of Lee's contact
    And Salesforce records the integration user or <pusher> as Created By of Lee's contact

    Examples:
      | pusher           |
      | Dana             |
      | Kim              |
      | the Apollo admin |

  @R26
  Scenario: In HubSpot, too, each record of a batch is its own
    Given Dana has linked her HubSpot login
    And Lee has never linked a HubSpot login
    And the Apollo admin has linked their HubSpot login
    And team sync is connected to HubSpot as the integration user
    And Dana has saved a contact by hand
    And Lee has saved a contact from a CSV upload
    When the Apollo admin pushes everything to HubSpot in bulk
    Then HubSpot records Dana or the Apollo admin as Owner of Dana's contact
    And HubSpot records Dana or the Apollo admin as Created By of Dana's contact
    And HubSpot records the integration user or the Apollo admin or nobody as Owner of Lee's contact
    And HubSpot records the integration user or the Apollo admin as Created By of Lee's contact
