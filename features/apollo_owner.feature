Feature: Who owns a record in Apollo

  Whoever makes a record owns it in Apollo, linked or not, and no push takes it away.
  Only Apollo itself can tell; it is believed only where a CRM recorded the push.

  @O1 @O2
  Scenario Outline: Whoever saves a <kind> <source> owns it, before and after the push
    Given Dana has linked her <crm> login
    And team sync is connected to <crm> as the integration user
    And colleagues have linked their <crm> logins, the least permitted first
    And Dana has saved a <kind> <source>
    When Dana pushes the <kind> to <crm> <mode>
    Then Apollo records Dana as Owner

    Examples:
      | crm        | kind    | source                         | mode       |
      | Salesforce | contact | by hand                        | on its own |
      | Salesforce | contact | from a CSV upload              | in bulk    |
      | Salesforce | contact | from the extension in Gmail    | on its own |
      | Salesforce | contact | from the extension in LinkedIn | in bulk    |
      | Salesforce | account | from prospecting               | on its own |
      | Salesforce | lead    | from job change enrichment     | in bulk    |
      | HubSpot    | contact | from search                    | on its own |
      | HubSpot    | account | from a CSV upload              | in bulk    |

  @O1 @O2
  Scenario Outline: Not being linked makes no difference in Apollo
    Given Dana has never linked a <crm> login
    And team sync is connected to <crm> as the integration user
    And Dana has saved a <kind> <source>
    When Dana pushes the <kind> to <crm> <mode>
    Then Apollo records Dana as Owner

    Examples:
      | crm        | kind    | source            | mode       |
      | Salesforce | contact | by hand           | on its own |
      | Salesforce | account | from a CSV upload | in bulk    |
      | Salesforce | lead    | from prospecting  | on its own |
      | HubSpot    | contact | from prospecting  | in bulk    |
      | HubSpot    | account | by hand           | on its own |

  @O2
  Scenario: A refused push leaves Apollo's owner alone, too
    Given Lee has linked his Salesforce login
    And team sync is not connected to HubSpot
    And Dana has saved a contact by hand
    And Lee has saved an account by hand
    And Lee has pushed the account to Salesforce on its own
    When Dana pushes the contact to HubSpot on its own
    Then Apollo records Dana as Owner
    And Apollo records Lee as Owner of the account

  @O3
  Scenario Outline: With the switch for assignment rules on, the rule's owner may come back to Apollo
    Given Apollo lets assignment rules choose the owner
    And Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a lead <source>
    When Dana pushes the lead to Salesforce on its own
    Then Apollo records Dana or the assignment rule's user as Owner
    And Salesforce records Dana or the assignment rule's user as Owner

    Examples:
      | source                         |
      | by hand                        |
      | from the extension in LinkedIn |

  @O4 @R06
  Scenario: A job change has no "you", so it is the follower's owner or whoever confirmed it
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And job change enrichment has found a new contact for one of Lee, confirmed by Dana
    When Apollo pushes the contact to Salesforce by itself
    Then Apollo records Lee or Dana as Owner
    And Salesforce records Dana as Owner
    And Salesforce records the integration user as Created By
